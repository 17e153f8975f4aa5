import type { StrategyConfig, StrategyGate } from "#contracts/strategy.ts";
import type { FeeVenue } from "#quant/backtest/venue-fees.ts";
import { STRATEGIES, type StrategyKind } from "#quant/strategies/strategy-kinds.ts";
import type { ParameterValue } from "#quant/strategies/strategy-parameters.ts";
import {
  fractionOfPercent,
  numberOf,
  optionalNumberOf,
  percentText,
  type WindowFormValues,
  windowOf,
} from "./form-numbers.ts";
import { parametersOf, unreadWhy } from "./parameter-groups.ts";
import { DIVIDEND_BOUNDS, FUNDING_BOUNDS, paymentRows, readPaymentRows } from "./payment-rows.ts";
import { parameterField, typedParameter } from "./typed-parameter.ts";

type Costs = StrategyConfig["costs"];
type Sizing = StrategyConfig["sizing"];
export type AmountKind = "quote" | "equity-share";

/** An amount as typed; of a share the percentage. */
export type AmountFormValues = { kind: AmountKind; value: string };
export type PairFormValues = { y: string; x: string };
/** Payments of an instrument as rows, see readPaymentRows. */
export type PaymentFormValues = { instrumentId: string; text: string };
export type ParameterFormValues = Record<string, string | boolean>;

/**
 * The form as typed: text in every number, and fields of every choice whether it is chosen or not, so that
 * nothing typed is lost to a conversion or to another choice. Shares are percentages. Names are those of
 * the contract where it has the field, so that what it refuses is shown there.
 */
export type StrategyFormValues = {
  kind: StrategyKind;
  /** By name; those of other kinds stay while another kind is looked at. */
  parameters: ParameterFormValues;
  /** Books of a kind for pairs. */
  pairs: PairFormValues[];
  /** The book of a kind for many instruments, in its order. */
  instruments: number[];
  intervalMs: string;
  formation: WindowFormValues;
  trading: WindowFormValues;
  sizing: {
    kind: Sizing["kind"];
    amount: AmountFormValues;
    quantity: string;
    volatilityAnnual: string;
    windowBars: string;
    notionalMax: AmountFormValues;
  };
  pricedAt: StrategyConfig["pricedAt"];
  account: {
    initialEquity: string;
    pairsMax: string;
    grossExposureMax: string;
    margin: {
      isOn: boolean;
      initialRate: string;
      maintenanceRate: string;
      liquidationFeeRate: string;
    };
  };
  costs: {
    fees: {
      kind: Costs["fees"]["kind"];
      venue: FeeVenue;
      makerFeeBps: string;
      takerFeeBps: string;
    };
    slippage: {
      kind: Costs["slippage"]["kind"];
      slippageBps: string;
      bidAskSpreadBps: string;
      impact: string;
      shareMax: string;
    };
    lots: Costs["lots"];
    funding: {
      kind: "none" | "constant" | "series";
      rate: string;
      everyHours: string;
      rates: PaymentFormValues[];
    };
    borrowRateAnnual: string;
    dividends: PaymentFormValues[];
  };
  /** "": none. */
  benchmarkInstrument: string;
  riskFreeRateAnnual: string;
  /** Of every leg, inside bars; "": none. */
  protection: { stopLoss: string; takeProfit: string };
  /** A model that approves or sizes entries; version "": none. */
  gate: { modelVersionId: string; mode: StrategyGate["mode"]; threshold: string };
};

/** The whole form: what the strategy is called, and its settings. */
export type NamedStrategyValues = {
  name: string;
  notes: string;
  tags: string;
  config: StrategyFormValues;
};

/** Whether a kind trades pairs, each by itself. */
export function isOfPairs(kind: StrategyKind): boolean {
  return STRATEGIES[kind].instruments.max === 2;
}

/** What was typed as a candidate for the schema. */
export function strategyCandidate(values: StrategyFormValues) {
  const { kind, account } = values;
  return {
    kind,
    parameters: parameterCandidates(kind, values.parameters),
    books: isOfPairs(kind)
      ? values.pairs.map(({ y, x }) => [numberOf(y), numberOf(x)])
      : values.instruments.length === 0
        ? []
        : [values.instruments],
    intervalMs: numberOf(values.intervalMs),
    formation: windowOf(values.formation),
    trading: windowOf(values.trading),
    sizing: sizingCandidate(values.sizing),
    pricedAt: values.pricedAt,
    account: {
      initialEquity: numberOf(account.initialEquity),
      pairsMax: optionalNumberOf(account.pairsMax),
      grossExposureMax: optionalNumberOf(account.grossExposureMax),
      margin: account.margin.isOn
        ? {
            initialRate: fractionOfPercent(account.margin.initialRate),
            maintenanceRate: fractionOfPercent(account.margin.maintenanceRate),
            liquidationFeeRate: fractionOfPercent(account.margin.liquidationFeeRate),
          }
        : null,
    },
    costs: costsCandidate(values.costs),
    benchmarkInstrument: optionalNumberOf(values.benchmarkInstrument),
    riskFreeRateAnnual: fractionOfPercent(values.riskFreeRateAnnual),
    ...gateCandidate(values.gate),
    ...protectionCandidate(values.protection),
  };
}

/** Without a stop and a limit there is no such field; a draft of an earlier form has none either. */
function protectionCandidate(protection: StrategyFormValues["protection"] | undefined) {
  const { stopLoss = "", takeProfit = "" } = protection ?? {};
  const fractions = [stopLoss, takeProfit].map((text) =>
    text.trim() === "" ? null : fractionOfPercent(text),
  );
  if (fractions.every((one) => one === null)) return {};
  return { protection: { stopLoss: fractions[0], takeProfit: fractions[1] } };
}

/** Without a model there is no such field: a saved strategy from before reads the same. */
function gateCandidate({ modelVersionId, mode, threshold }: StrategyFormValues["gate"]) {
  if (modelVersionId === "") return {};
  return { gate: { modelVersionId, mode, threshold: numberOf(threshold) } };
}

/** The settings of a kind as typed; one that nothing reads and that is no value has its default. */
export function parameterCandidates(
  kind: StrategyKind,
  typed: ParameterFormValues,
): Record<string, ParameterValue> {
  return Object.fromEntries(
    parametersOf(kind).map(({ name, parameter }) => {
      const value = typedParameter(parameter, typed[name]);
      const isNone = typeof value === "number" && !Number.isFinite(value);
      return [name, isNone && unreadWhy(name, typed) !== null ? parameter.default : value];
    }),
  );
}

function sizingCandidate(sizing: StrategyFormValues["sizing"]) {
  const { kind } = sizing;
  switch (kind) {
    case "notional":
    case "hedge-weighted":
    case "dollar-neutral":
      return { kind, amount: amountCandidate(sizing.amount) };
    case "fixed-quantity":
      return { kind, quantity: numberOf(sizing.quantity) };
    case "volatility-target":
      return {
        kind,
        volatilityAnnual: fractionOfPercent(sizing.volatilityAnnual),
        windowBars: numberOf(sizing.windowBars),
        notionalMax: amountCandidate(sizing.notionalMax),
      };
  }
}

function amountCandidate({ kind, value }: AmountFormValues) {
  return { kind, value: kind === "quote" ? numberOf(value) : fractionOfPercent(value) };
}

function feesCandidate({ kind, venue, ...bps }: StrategyFormValues["costs"]["fees"]) {
  switch (kind) {
    case "venue":
      return { kind };
    case "schedule":
      return { kind, venue };
    case "bps":
      return {
        kind,
        makerFeeBps: numberOf(bps.makerFeeBps),
        takerFeeBps: numberOf(bps.takerFeeBps),
      };
  }
}

function costsCandidate(costs: StrategyFormValues["costs"]) {
  const { fees, slippage, funding } = costs;
  return {
    fees: feesCandidate(fees),
    slippage: slippageCandidate(slippage),
    lots: costs.lots,
    funding: fundingCandidate(funding),
    borrowRateAnnual: fractionOfPercent(costs.borrowRateAnnual),
    dividends: costs.dividends.map(({ instrumentId, text }) => ({
      instrumentId: numberOf(instrumentId),
      events: readPaymentRows(text, DIVIDEND_BOUNDS).payments,
    })),
  };
}

function slippageCandidate(slippage: StrategyFormValues["costs"]["slippage"]) {
  const { kind } = slippage;
  switch (kind) {
    case "bps":
      return { kind, slippageBps: numberOf(slippage.slippageBps) };
    case "half-spread":
      return { kind, bidAskSpreadBps: numberOf(slippage.bidAskSpreadBps) };
    case "volume-share":
      return {
        kind,
        impact: numberOf(slippage.impact),
        shareMax: fractionOfPercent(slippage.shareMax),
      };
  }
}

function fundingCandidate(funding: StrategyFormValues["costs"]["funding"]) {
  const { kind } = funding;
  switch (kind) {
    case "none":
      return null;
    case "constant":
      return {
        kind,
        rate: fractionOfPercent(funding.rate),
        everyHours: numberOf(funding.everyHours),
      };
    case "series":
      return {
        kind,
        rates: funding.rates.map(({ instrumentId, text }) => ({
          instrumentId: numberOf(instrumentId),
          events: readPaymentRows(text, FUNDING_BOUNDS).payments,
        })),
      };
  }
}

/** Settings of a kind as the form shows them; other names stay as they are. */
export function parameterFormValues(
  kind: StrategyKind,
  values: Readonly<Record<string, ParameterValue>>,
): ParameterFormValues {
  return Object.fromEntries(
    parametersOf(kind).map(({ name, parameter }) => {
      const value = Object.hasOwn(values, name) ? values[name] : parameter.default;
      return [name, parameterField(value ?? null)];
    }),
  );
}

/** Another kind with what was typed kept: names that both have keep their values. */
export function withKind(values: StrategyFormValues, kind: StrategyKind): StrategyFormValues {
  return {
    ...values,
    kind,
    parameters: { ...parameterFormValues(kind, {}), ...values.parameters },
  };
}

/** What fields of a choice hold that is not chosen. */
const UNCHOSEN: Pick<StrategyFormValues, "sizing" | "account" | "costs"> = {
  sizing: {
    kind: "notional",
    amount: { kind: "quote", value: "10000" },
    quantity: "1",
    volatilityAnnual: "10",
    windowBars: "100",
    notionalMax: { kind: "equity-share", value: "100" },
  },
  account: {
    initialEquity: "",
    pairsMax: "",
    grossExposureMax: "",
    margin: { isOn: false, initialRate: "20", maintenanceRate: "10", liquidationFeeRate: "0.5" },
  },
  costs: {
    fees: { kind: "bps", venue: "binance-spot", makerFeeBps: "5", takerFeeBps: "5" },
    slippage: {
      kind: "bps",
      slippageBps: "2",
      bidAskSpreadBps: "4",
      impact: "0.1",
      shareMax: "10",
    },
    lots: "none",
    funding: { kind: "none", rate: "0.01", everyHours: "8", rates: [] },
    borrowRateAnnual: "0",
    dividends: [],
  },
};

/** What a configuration says of everything but its instruments and dates. */
export type StrategySettings = Omit<
  StrategyConfig,
  "books" | "intervalMs" | "formation" | "trading"
>;

/** Everything but instruments and dates as the form shows it. */
export function settingFormValues(
  config: StrategySettings,
): Omit<StrategyFormValues, "pairs" | "instruments" | "intervalMs" | "formation" | "trading"> {
  return {
    kind: config.kind,
    parameters: parameterFormValues(config.kind, config.parameters),
    sizing: sizingFormValues(config.sizing),
    pricedAt: config.pricedAt,
    account: accountFormValues(config.account),
    costs: costsFormValues(config.costs),
    benchmarkInstrument: textOf(config.benchmarkInstrument),
    riskFreeRateAnnual: percentText(config.riskFreeRateAnnual),
    protection: {
      stopLoss: optionalPercentText(config.protection?.stopLoss),
      takeProfit: optionalPercentText(config.protection?.takeProfit),
    },
    gate: {
      modelVersionId: config.gate?.modelVersionId ?? "",
      mode: config.gate?.mode ?? "approve",
      threshold: String(config.gate?.threshold ?? 0.5),
    },
  };
}

function optionalPercentText(fraction: number | null | undefined): string {
  return fraction === null || fraction === undefined ? "" : percentText(fraction);
}

/** A saved configuration as the form shows it. */
export function strategyFormValues(config: StrategyConfig): StrategyFormValues {
  const isPairs = isOfPairs(config.kind);
  return {
    ...settingFormValues(config),
    pairs: isPairs ? config.books.map(([y, x]) => ({ y: textOf(y), x: textOf(x) })) : [],
    instruments: isPairs ? [] : (config.books[0] ?? []),
    intervalMs: String(config.intervalMs),
    formation: config.formation,
    trading: config.trading,
  };
}

function textOf(value: number | string | null | undefined): string {
  return value === null || value === undefined ? "" : String(value);
}

function amountFormValues({ kind, value }: { kind: AmountKind; value: number }): AmountFormValues {
  return { kind, value: kind === "quote" ? String(value) : percentText(value) };
}

function sizingFormValues(sizing: Sizing): StrategyFormValues["sizing"] {
  const { kind } = sizing;
  switch (kind) {
    case "notional":
    case "hedge-weighted":
    case "dollar-neutral":
      return { ...UNCHOSEN.sizing, kind, amount: amountFormValues(sizing.amount) };
    case "fixed-quantity":
      return { ...UNCHOSEN.sizing, kind, quantity: String(sizing.quantity) };
    case "volatility-target":
      return {
        ...UNCHOSEN.sizing,
        kind,
        volatilityAnnual: percentText(sizing.volatilityAnnual),
        windowBars: String(sizing.windowBars),
        notionalMax: amountFormValues(sizing.notionalMax),
      };
  }
}

function accountFormValues(account: StrategyConfig["account"]): StrategyFormValues["account"] {
  const { margin } = account;
  return {
    initialEquity: String(account.initialEquity),
    pairsMax: textOf(account.pairsMax),
    grossExposureMax: textOf(account.grossExposureMax),
    margin:
      margin === null
        ? UNCHOSEN.account.margin
        : {
            isOn: true,
            initialRate: percentText(margin.initialRate),
            maintenanceRate: percentText(margin.maintenanceRate),
            liquidationFeeRate: percentText(margin.liquidationFeeRate),
          },
  };
}

function feesFormValues(fees: Costs["fees"]): StrategyFormValues["costs"]["fees"] {
  const unchosen = { ...UNCHOSEN.costs.fees, kind: fees.kind };
  switch (fees.kind) {
    case "venue":
      return unchosen;
    case "schedule":
      return { ...unchosen, venue: fees.venue };
    case "bps":
      return {
        ...unchosen,
        makerFeeBps: String(fees.makerFeeBps),
        takerFeeBps: String(fees.takerFeeBps),
      };
  }
}

function costsFormValues(costs: Costs): StrategyFormValues["costs"] {
  return {
    fees: feesFormValues(costs.fees),
    slippage: slippageFormValues(costs.slippage),
    lots: costs.lots,
    funding: fundingFormValues(costs.funding),
    borrowRateAnnual: percentText(costs.borrowRateAnnual),
    dividends: costs.dividends.map(paymentFormValues),
  };
}

function slippageFormValues(slippage: Costs["slippage"]): StrategyFormValues["costs"]["slippage"] {
  const { kind } = slippage;
  const rest = UNCHOSEN.costs.slippage;
  switch (kind) {
    case "bps":
      return { ...rest, kind, slippageBps: String(slippage.slippageBps) };
    case "half-spread":
      return { ...rest, kind, bidAskSpreadBps: String(slippage.bidAskSpreadBps) };
    case "volume-share":
      return {
        ...rest,
        kind,
        impact: String(slippage.impact),
        shareMax: percentText(slippage.shareMax),
      };
  }
}

function fundingFormValues(funding: Costs["funding"]): StrategyFormValues["costs"]["funding"] {
  const rest = UNCHOSEN.costs.funding;
  switch (funding?.kind) {
    case undefined:
      return rest;
    case "constant":
      return {
        ...rest,
        kind: "constant",
        rate: percentText(funding.rate),
        everyHours: String(funding.everyHours),
      };
    case "series":
      return { ...rest, kind: "series", rates: funding.rates.map(paymentFormValues) };
  }
}

function paymentFormValues(payments: Costs["dividends"][number]): PaymentFormValues {
  return {
    instrumentId: String(payments.instrumentId),
    text: paymentRows(payments.events),
  };
}

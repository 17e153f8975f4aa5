import { intervalLabel } from "#contracts/bar-intervals.ts";
import type { GateModelView } from "#contracts/gate-model.ts";
import { firstUnseenMs, gateModelName } from "#contracts/gate-model-words.ts";
import type { ReportConfig, ReportLeg } from "#contracts/report-view.ts";
import type { StrategyConfig } from "#contracts/strategy.ts";
import { STRATEGIES } from "#quant/strategies/strategy-kinds.ts";
import type { ParameterValue, StrategyParameter } from "#quant/strategies/strategy-parameters.ts";
import { formatTime } from "#ui/format.ts";
import {
  AMOUNT_KINDS,
  type ConfigPath,
  configField,
  FEE_KINDS,
  FUNDING_KINDS,
  feeScheduleText,
  LOT_KINDS,
  PRICED_AT,
  SIZING_KINDS,
  SLIPPAGE_KINDS,
} from "./config-fields.ts";
import { percentText } from "./form-numbers.ts";
import { GATE_MODES } from "./gate-words.ts";
import { parameterGroups, unreadWhy } from "./parameter-groups.ts";

/** A setting as text, in full precision. */
export type ConfigRow = {
  readonly label: string;
  readonly unit: string;
  readonly value: string;
  /** What is compared where the text says less than the setting. */
  readonly exact?: string;
};

/** Settings that stand together. */
export type ConfigGroup = { readonly title: string; readonly rows: readonly ConfigRow[] };

/** Everything that a version fixes, in words. */
export type SettingsWords = {
  readonly groups: readonly ConfigGroup[];
  /** null where it is not shared. */
  readonly configHash: string | null;
};

/** Settings with everything named that they name by number. */
export type NamedConfig = {
  readonly config: ReportConfig;
  /** null: a report names its instruments elsewhere. */
  readonly books: readonly (readonly ReportLeg[])[] | null;
  /** Symbol; null: none, or not told. */
  readonly benchmark: string | null;
  /** Payments in full, to be compared; empty where they are not told. */
  readonly payments: string;
  /** The model of the gate; null: none, or not told. */
  readonly gateModel: GateModelView | null;
};

const NOT_SHARED = "not shared";

/** Everything that a configuration fixes, grouped as in its form. */
export function configGroups(named: NamedConfig): readonly ConfigGroup[] {
  const { config } = named;
  return [
    { title: "What is traded", rows: tradedRows(named) },
    ...parameterGroups(config.kind).map(({ title, parameters }) => ({
      title,
      rows: parameters.map(({ name, parameter }) =>
        parameterRow(name, parameter, config.parameters),
      ),
    })),
    { title: "Dates", rows: dateRows(config) },
    { title: "Size and account", rows: [...sizingRows(config), ...accountRows(config)] },
    ...(config.protection === undefined
      ? []
      : [{ title: "Stops and limits inside bars", rows: protectionRows(config.protection) }]),
    { title: "Costs", rows: costRows(named) },
    ...(config.gate === undefined
      ? []
      : [{ title: "Gate", rows: gateRows(config.gate, named.gateModel) }]),
    {
      title: "Held against",
      rows: [
        row("Benchmark", "", named.benchmark ?? "buy and hold, cash"),
        fieldRow("riskFreeRateAnnual", config.riskFreeRateAnnual),
      ],
    },
  ];
}

/** A configuration without the lists that reports only count. */
export function reportConfigOf(config: StrategyConfig): ReportConfig {
  const { gate, protection, ...others } = config;
  const { funding, dividends, ...costs } = config.costs;
  return {
    ...others,
    ...(gate === undefined ? {} : { gate }),
    ...(protection === undefined ? {} : { protection }),
    costs: {
      ...costs,
      funding:
        funding?.kind === "series"
          ? { payments: funding.rates.reduce((sum, { events }) => sum + events.length, 0) }
          : funding,
      dividends: { payments: dividends.reduce((sum, { events }) => sum + events.length, 0) },
    },
  };
}

function gateRows(
  { modelVersionId, mode, threshold }: NonNullable<ReportConfig["gate"]>,
  model: GateModelView | null,
): ConfigRow[] {
  // Compared by the version: a model may be renamed, or move to another stage.
  const exact = modelVersionId ?? model?.modelVersionId;
  return [
    ...(exact === undefined
      ? []
      : [row("Model", "", model === null ? "gone for good" : gateModelName(model), exact)]),
    ...(model === null
      ? []
      : [
          row(
            "Has learned until",
            "UTC",
            formatTime(model.learnedUntilMs, undefined, "utc"),
            exact,
          ),
          row(
            "Single runs trade from",
            "UTC",
            formatTime(firstUnseenMs(model), undefined, "utc"),
            exact,
          ),
        ]),
    row("What it may do", "", GATE_MODES[mode].label),
    row("Threshold", "", numberText(threshold)),
  ];
}

function row(label: string, unit: string, value: string, exact?: string): ConfigRow {
  return { label, unit, value, ...(exact === undefined ? {} : { exact }) };
}

function numberText(value: number): string {
  return value.toLocaleString("en-US", { maximumSignificantDigits: 15 });
}

function fieldRow(path: ConfigPath, value: number | null): ConfigRow {
  const { label, unit, isPercent, emptyMeans } = configField(path);
  if (value === null) return row(label, unit, emptyMeans ?? NOT_SHARED);
  const shown = isPercent === true ? Number(percentText(value)) : value;
  return row(label, unit, numberText(shown));
}

function tradedRows({ config, books }: NamedConfig): ConfigRow[] {
  const kind = row("Kind", "", STRATEGIES[config.kind].label);
  const interval = row("Bar interval", "", intervalLabel(config.intervalMs));
  if (books === null) return [kind, interval];
  const isPairs = STRATEGIES[config.kind].instruments.max === 2;
  const instruments = isPairs
    ? books.map((book, place) =>
        row(
          place === 0 ? "Pair" : `Pair ${place + 1}`,
          "Y / X",
          book.map(({ symbol }) => symbol).join(" / "),
        ),
      )
    : [
        row(
          "Instruments",
          "in order",
          books
            .flat()
            .map(({ symbol }) => symbol)
            .join(", "),
        ),
      ];
  return [kind, ...instruments, interval];
}

function parameterRow(
  name: string,
  parameter: StrategyParameter,
  values: Readonly<Record<string, ParameterValue>>,
): ConfigRow {
  const value = values[name] ?? null;
  const unread = unreadWhy(name, values) === null ? "" : " (not read)";
  const unit = "unit" in parameter && parameter.unit !== "none" ? parameter.unit : "";
  return row(parameter.label, unit, `${parameterText(parameter, value)}${unread}`);
}

/** The value of a setting of a kind as people read it. */
export function parameterText(parameter: StrategyParameter, value: ParameterValue): string {
  if (value === null) return "none";
  if (parameter.kind === "choice") {
    const choices: Readonly<Record<string, string>> = parameter.choices;
    return choices[String(value)] ?? String(value);
  }
  if (typeof value === "boolean") return value ? "yes" : "no";
  return typeof value === "number" ? numberText(value) : value;
}

function dateRows({ formation, trading }: ReportConfig): ConfigRow[] {
  // In UTC, because versions are compared and not lived through.
  const at = (ms: number) => formatTime(ms, undefined, "utc");
  return [
    row("Formation from", "UTC", at(formation.startMs)),
    row("Formation until", "UTC", at(formation.endMs)),
    row("Trading from", "UTC", at(trading.startMs)),
    row("Trading until", "UTC", at(trading.endMs)),
  ];
}

/** Kinds of weights say themselves how much of each instrument is held. */
export function isSizedByRule(kind: StrategyConfig["kind"]): boolean {
  return STRATEGIES[kind].instruments.max === 2;
}

function sizingRows({ kind, sizing, pricedAt }: ReportConfig): ConfigRow[] {
  const priced = row("Units by", "", PRICED_AT[pricedAt]);
  if (!isSizedByRule(kind)) return [priced];
  if (sizing === null) return [row("Size of a pair", "", NOT_SHARED), priced];
  const rule = row("Size of a pair", "", SIZING_KINDS[sizing.kind].label);
  switch (sizing.kind) {
    case "notional":
    case "hedge-weighted":
    case "dollar-neutral":
      return [rule, amountRow("Amount", sizing.amount), priced];
    case "fixed-quantity":
      return [rule, fieldRow("sizing.quantity", sizing.quantity), priced];
    case "volatility-target":
      return [
        rule,
        fieldRow("sizing.volatilityAnnual", sizing.volatilityAnnual),
        fieldRow("sizing.windowBars", sizing.windowBars),
        amountRow("At most", sizing.notionalMax),
        priced,
      ];
  }
}

function amountRow(
  label: string,
  amount: { readonly kind: keyof typeof AMOUNT_KINDS; readonly value: number },
): ConfigRow {
  const value = amount.kind === "quote" ? amount.value : Number(percentText(amount.value));
  return row(label, AMOUNT_KINDS[amount.kind], numberText(value));
}

function accountRows({ account }: ReportConfig): ConfigRow[] {
  const { margin } = account;
  return [
    fieldRow("account.initialEquity", account.initialEquity),
    fieldRow("account.pairsMax", account.pairsMax),
    fieldRow("account.grossExposureMax", account.grossExposureMax),
    ...(margin === null
      ? [row("Margin", "", "none")]
      : [
          fieldRow("account.margin.initialRate", margin.initialRate),
          fieldRow("account.margin.maintenanceRate", margin.maintenanceRate),
          fieldRow("account.margin.liquidationFeeRate", margin.liquidationFeeRate),
        ]),
  ];
}

function protectionRows({
  stopLoss,
  takeProfit,
}: NonNullable<ReportConfig["protection"]>): ConfigRow[] {
  return [fieldRow("protection.stopLoss", stopLoss), fieldRow("protection.takeProfit", takeProfit)];
}

function costRows({ config, payments }: NamedConfig): ConfigRow[] {
  const { fees, lots, borrowRateAnnual, dividends } = config.costs;
  return [
    row("Fees", "", FEE_KINDS[fees.kind]),
    ...(fees.kind === "schedule" ? [row("Venue", "", feeScheduleText(fees.venue))] : []),
    ...(fees.kind !== "bps"
      ? []
      : [
          fieldRow("costs.fees.makerFeeBps", fees.makerFeeBps),
          fieldRow("costs.fees.takerFeeBps", fees.takerFeeBps),
        ]),
    ...slippageRows(config.costs.slippage),
    row("Sizes and prices", "", LOT_KINDS[lots]),
    ...fundingRows(config.costs.funding, payments),
    fieldRow("costs.borrowRateAnnual", borrowRateAnnual),
    row("Dividends", "payments", numberText(dividends.payments), payments),
  ];
}

function slippageRows(slippage: StrategyConfig["costs"]["slippage"]): ConfigRow[] {
  const model = row("Slippage model", "", SLIPPAGE_KINDS[slippage.kind]);
  switch (slippage.kind) {
    case "bps":
      return [model, fieldRow("costs.slippage.slippageBps", slippage.slippageBps)];
    case "half-spread":
      return [model, fieldRow("costs.slippage.bidAskSpreadBps", slippage.bidAskSpreadBps)];
    case "volume-share":
      return [
        model,
        fieldRow("costs.slippage.impact", slippage.impact),
        fieldRow("costs.slippage.shareMax", slippage.shareMax),
      ];
  }
}

function fundingRows(funding: ReportConfig["costs"]["funding"], payments: string): ConfigRow[] {
  if (funding === null) return [row("Funding", "", FUNDING_KINDS.none)];
  if ("payments" in funding) {
    const count = `${numberText(funding.payments)} payments`;
    return [row("Funding", "", `${FUNDING_KINDS.series}: ${count}`, payments)];
  }
  return [
    row("Funding", "", FUNDING_KINDS.constant),
    fieldRow("costs.funding.rate", funding.rate),
    fieldRow("costs.funding.everyHours", funding.everyHours),
  ];
}

import { z } from "zod";
import { FEE_VENUES } from "#quant/backtest/venue-fees.ts";
import {
  openStrategyOfKind,
  STRATEGIES,
  type StrategyKind,
} from "#quant/strategies/strategy-kinds.ts";
import { INSTRUMENTS_MAX, PAIRS_MAX } from "./books-max.ts";
import { GateModelView } from "./gate-model.ts";
import { InstrumentId } from "./instrument-id.ts";
import { IntervalMs, TimeWindow } from "./interval.ts";
import { LegView } from "./leg-view.ts";
import { plainLine } from "./plain-text.ts";

const STRATEGY_KINDS = Object.keys(STRATEGIES) as [StrategyKind, ...StrategyKind[]];

/** The built-in strategies; what each is and reads is in STRATEGIES of quant. */
export const StrategyKindName = z.enum(STRATEGY_KINDS);

const Positive = z.number().gt(0, "Must be above 0");
const Money = Positive.max(1e12);
const Bps = z.number().min(0).max(1_000);

/** An amount in the quote currency, or a fraction of equity at the time. */
export const MoneyAmount = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("quote"), value: Money }),
  z.strictObject({ kind: z.literal("equity-share"), value: Positive.max(100) }),
]);

/** How large a pair is, see SizingRule in quant; `pricedAt`: which prices turn money into units. */
export const Sizing = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("notional"), amount: MoneyAmount }),
  z.strictObject({ kind: z.literal("hedge-weighted"), amount: MoneyAmount }),
  z.strictObject({ kind: z.literal("dollar-neutral"), amount: MoneyAmount }),
  z.strictObject({ kind: z.literal("fixed-quantity"), quantity: Positive.max(1e12) }),
  z.strictObject({
    kind: z.literal("volatility-target"),
    volatilityAnnual: Positive.max(10),
    windowBars: z.number().int().min(3).max(5_000),
    notionalMax: MoneyAmount,
  }),
]);
export type Sizing = z.infer<typeof Sizing>;

/**
 * Fees of the venue that each instrument is of, those of one venue for all (of prices that were uploaded nobody
 * knows where they are traded), or the same rates for all.
 */
export const Fees = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("venue") }),
  z.strictObject({ kind: z.literal("schedule"), venue: z.enum(FEE_VENUES) }),
  z.strictObject({
    kind: z.literal("bps"),
    /** A rebate is negative. */
    makerFeeBps: z.number().min(-100).max(1_000),
    takerFeeBps: Bps,
  }),
]);
export type Fees = z.infer<typeof Fees>;

/** See SlippageModel in quant. */
export const Slippage = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("bps"), slippageBps: Bps }),
  z.strictObject({ kind: z.literal("half-spread"), bidAskSpreadBps: Bps }),
  z.strictObject({
    kind: z.literal("volume-share"),
    impact: z.number().min(0).lt(1, "Must be below 1"),
    shareMax: Positive.max(1),
  }),
]);
export type Slippage = z.infer<typeof Slippage>;

const EVENTS_MAX = 5_000;

/** Payments of one instrument at moments, ascending, UTC ms. */
const PaymentEvents = <Value extends z.ZodType>(value: Value) =>
  z
    .array(
      z.strictObject({
        instrumentId: InstrumentId,
        events: z
          .array(z.strictObject({ timeMs: z.number().int().min(0), value }))
          .min(1)
          .max(EVENTS_MAX)
          .refine(
            (events) =>
              events.every((one, i) => i === 0 || one.timeMs > (events[i - 1]?.timeMs ?? 0)),
            {
              message: "Times must ascend",
            },
          ),
      }),
    )
    .max(500)
    .refine(
      (payments) => {
        const moments = payments.flatMap(({ instrumentId, events }) =>
          events.map(({ timeMs }) => `${instrumentId} ${timeMs}`),
        );
        return new Set(moments).size === moments.length;
      },
      { message: "An instrument pays twice at the same time" },
    );

/** Funding of perpetuals: the same rate every so often, or the rates that were paid; fractions of notional. */
export const Funding = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("constant"),
    rate: z.number().min(-0.1).max(0.1),
    everyHours: z.number().int().min(1).max(168),
  }),
  z.strictObject({ kind: z.literal("series"), rates: PaymentEvents(z.number().min(-1).max(1)) }),
]);
export type Funding = z.infer<typeof Funding>;

/** Everything that trading and holding cost; null switches a cost off. */
export const Costs = z.strictObject({
  fees: Fees,
  slippage: Slippage,
  /** Steps of quantity and price: those of the venue, or any size. */
  lots: z.enum(["venue", "none"]),
  funding: Funding.nullable(),
  /** Fraction of a short position's notional, a year of 365 days. */
  borrowRateAnnual: z.number().min(0).max(10),
  /** Per unit, quote currency; a short position pays them. */
  dividends: PaymentEvents(Positive.max(1e9)),
});
export type Costs = z.infer<typeof Costs>;

/** The account that everything trades on; null switches a rule off. */
export const Account = z.strictObject({
  initialEquity: Money,
  pairsMax: z.number().int().min(1).max(500).nullable(),
  /** Sum of all notionals over equity. */
  grossExposureMax: Positive.max(1_000).nullable(),
  margin: z
    .strictObject({
      initialRate: Positive.max(1),
      maintenanceRate: Positive.max(1),
      liquidationFeeRate: z.number().min(0).lt(1),
    })
    .refine(({ initialRate, maintenanceRate }) => maintenanceRate <= initialRate, {
      message: "Maintenance cannot ask for more than the entry",
      path: ["maintenanceRate"],
    })
    .nullable(),
});
export type Account = z.infer<typeof Account>;

/** A trained model that approves or sizes the entries; see ModelGateSettings in quant. */
export const StrategyGate = z.strictObject({
  /** A version by itself: what is live of its model may change, a backtest may not. */
  modelVersionId: z.uuid(),
  mode: z.enum(["approve", "veto", "size"]),
  threshold: z.number().min(0).max(1e12),
});
export type StrategyGate = z.infer<typeof StrategyGate>;

/**
 * Protective prices of every leg, as fractions of the price that it was entered at, acted on inside bars; see
 * ProtectionRule in quant.
 */
export const StrategyProtection = z
  .strictObject({
    stopLoss: Positive.lt(1, "Must be below 100 %").nullable(),
    takeProfit: Positive.max(10).nullable(),
  })
  .refine(({ stopLoss, takeProfit }) => stopLoss !== null || takeProfit !== null, {
    message: "Give a stop or a limit",
    path: ["stopLoss"],
  });
export type StrategyProtection = z.infer<typeof StrategyProtection>;

/**
 * A strategy with all that a run of it needs: instruments, dates, sizes, costs. The schema is the form:
 * bounds and messages here, and those of the kind's own parameters in quant, are what the person sees.
 * Windows are half-open, UTC ms.
 */
export const StrategyConfig = z
  .strictObject({
    kind: StrategyKindName,
    /** One value a parameter of the kind. */
    parameters: z.record(z.string(), z.union([z.number(), z.string(), z.boolean(), z.null()])),
    /**
     * Groups that trade by themselves on one account: of a kind for pairs each is [leg Y, leg X]; of the
     * others there is one with all instruments.
     */
    books: z
      .array(z.array(InstrumentId).min(1).max(INSTRUMENTS_MAX))
      .min(1, "Choose instruments")
      .max(PAIRS_MAX),
    intervalMs: IntervalMs,
    formation: TimeWindow,
    trading: TimeWindow,
    sizing: Sizing,
    /** Prices that turn money into units: those of the signal, or of the fill. */
    pricedAt: z.enum(["signal", "fill"]),
    account: Account,
    costs: Costs,
    /** Beside buy and hold of its own instruments and cash. */
    benchmarkInstrument: InstrumentId.nullable(),
    riskFreeRateAnnual: z.number().min(-0.1).max(1),
    /** Left out where nothing stands between the strategy and its entries. */
    gate: StrategyGate.optional(),
    /** Left out where nothing acts inside a bar. */
    protection: StrategyProtection.optional(),
  })
  .check((ctx) => {
    const config = ctx.value;
    const refuse = (path: (string | number)[], message: string) =>
      ctx.issues.push({ code: "custom", path, message, input: config });
    const strategy = STRATEGIES[config.kind];
    const opening = openStrategyOfKind(config.kind, config.parameters);
    if (opening.kind === "refused") {
      for (const { field, message } of opening.issues) refuse(["parameters", field], message);
    }
    const { min, max } = strategy.instruments;
    config.books.forEach((instruments, book) => {
      if (instruments.length < min || instruments.length > max) {
        const wanted = min === max ? `${min}` : `${min} to ${max}`;
        refuse(["books", book], `${strategy.label} takes ${wanted} instruments`);
      }
      if (new Set(instruments).size < instruments.length) {
        const words =
          max === 2 ? "The two legs must be different instruments" : "An instrument is there twice";
        refuse(["books", book], words);
      }
    });
    const pairs = config.books.map((instruments) => instruments.toSorted((a, b) => a - b).join());
    if (new Set(pairs).size < pairs.length) refuse(["books"], "A pair is there twice");
    if (max > 2 && config.books.length > 1) {
      refuse(["books"], `${strategy.label} trades all its instruments as one group`);
    }
    if (config.trading.startMs < config.formation.endMs) {
      refuse(["trading"], "Trading must start after the formation period has ended");
    }
  });
export type StrategyConfig = z.infer<typeof StrategyConfig>;

/**
 * A strategy as it is saved: what StrategyConfig allows, without protective prices that cannot act as they read. They
 * are refused here, so that one which was saved before they were can still be read.
 */
export const NewStrategyConfig = StrategyConfig.check((ctx) => {
  const { protection, costs, kind } = ctx.value;
  if (protection === undefined) return;
  const { stopLoss, takeProfit } = protection;
  const refuse = (field: keyof StrategyProtection, message: string) =>
    ctx.issues.push({
      ...{ code: "custom", path: ["protection", field], message, input: ctx.value },
    });
  const slippage = entrySlippage(costs.slippage);
  // A leg sold for its price less the slippage is bought back at its price plus the stop.
  if (stopLoss !== null && stopLoss <= slippage / (1 - slippage)) {
    const percent = Number((100 * slippage).toPrecision(3));
    refuse(
      "stopLoss",
      `Must be wider than the slippage of the entry, ${percent} %: it would act at once`,
    );
  }
  if (takeProfit !== null && takeProfit >= 1 && STRATEGIES[kind].instruments.max === 2) {
    refuse("takeProfit", "Must be below 100 %: the short leg of a pair can gain no more");
  }
});

/** Slippage of an entry as a fraction of its price, as far as the model alone tells it: not that of a share of a volume. */
function entrySlippage(slippage: Slippage): number {
  switch (slippage.kind) {
    case "bps":
      return slippage.slippageBps / 10_000;
    case "half-spread":
      return slippage.bidAskSpreadBps / 20_000;
    case "volume-share":
      return 0;
  }
}

export const StrategyName = plainLine(80).min(1, "Give the strategy a name");

/** A word to find things by; lower case, as it is typed. */
export const Tag = plainLine(30).min(1);
export const Tags = z
  .array(Tag)
  .max(20)
  .refine((tags) => new Set(tags).size === tags.length, "A tag is there twice");

export const StrategyVersionView = z.object({
  id: z.uuid(),
  version: z.number().int(),
  config: StrategyConfig,
  configHash: z.string(),
  /** The instruments of every book, in order: of a pair leg Y and leg X. */
  books: z.array(z.array(LegView)),
  createdAtMs: z.number(),
  backtestCount: z.number().int(),
  /** The model of its gate; null without one, and of one that is gone for good. */
  gateModel: GateModelView.nullable(),
});
export type StrategyVersionView = z.infer<typeof StrategyVersionView>;

/** A strategy with all its versions, newest first. */
export const StrategyView = z.object({
  id: z.uuid(),
  name: z.string(),
  notes: z.string(),
  tags: z.array(z.string()),
  /** Kept, but out of the way. */
  archived: z.boolean(),
  synthetic: z.boolean(),
  createdAtMs: z.number(),
  versions: z.array(StrategyVersionView),
});
export type StrategyView = z.infer<typeof StrategyView>;

/** A strategy as a file: its newest version, instruments by name so that another workspace can read it. */
export const StrategyFile = z.strictObject({
  format: z.literal("pairdesk-strategy"),
  version: z.literal(1),
  name: StrategyName,
  notes: z.string().max(10_000),
  tags: Tags,
  config: z.looseObject({ kind: StrategyKindName }),
  instruments: z.array(
    z.strictObject({ instrumentId: z.number().int(), symbol: z.string(), venue: z.string() }),
  ),
});
export type StrategyFile = z.infer<typeof StrategyFile>;

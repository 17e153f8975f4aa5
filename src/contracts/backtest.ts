import { z } from "zod";
import { BacktestPlan } from "./backtest-plan.ts";
import { JobView } from "./job.ts";
import { LegView } from "./leg-view.ts";
import { Manifest } from "./manifest.ts";
import { ChartSeries } from "./market-data.ts";
import { StrategyVersionView } from "./strategy.ts";

/** Where an order fills: the open of the next common bar, or, for series without opens, its close. */
export const FillConvention = z.enum(["next-open", "next-close"]);
export type FillConvention = z.infer<typeof FillConvention>;

/** Why a trade was left: the strategy's own reason, or what the engine had to do. */
export const ExitReason = z.enum([
  "entry",
  "exit",
  "stop",
  "time",
  "rebalance",
  "gate",
  "reversal",
  "protective-stop",
  "protective-limit",
  "liquidation",
  "delisted",
  "ruin",
  "end",
]);
export type ExitReason = z.infer<typeof ExitReason>;

/**
 * One leg of a round trip, money in the quote currency. `instrument`: place in the report's instruments.
 * Quantities are signed (negative is short). Prices are averages and include slippage; they are null of
 * a leg that was never filled. netPnl = grossPnl − fees + funding − borrow + dividends − liquidationFee.
 */
export const TradeLeg = z.object({
  instrument: z.number().int(),
  quantity: z.number(),
  entryPrice: z.number().nullable(),
  exitPrice: z.number().nullable(),
  grossPnl: z.number(),
  fees: z.number(),
  slippageCost: z.number(),
  funding: z.number(),
  borrow: z.number(),
  dividends: z.number(),
  liquidationFee: z.number(),
  netPnl: z.number(),
});
export type TradeLeg = z.infer<typeof TradeLeg>;

/**
 * One round trip, of a pair or of one instrument of a basket; netPnl is exactly the sum of its legs'.
 * `entryFigure` and `exitFigure`: the strategy's leading figure (a z-score mostly) at the signals.
 */
export const TradeRow = z.object({
  book: z.number().int(),
  side: z.enum(["long", "short"]),
  hedgeRatio: z.number().nullable(),
  entrySignalMs: z.number(),
  entryMs: z.number(),
  exitSignalMs: z.number().nullable(),
  exitMs: z.number(),
  entryFigure: z.number().nullable(),
  exitFigure: z.number().nullable(),
  /**
   * All figures of the strategy at the signals, in the order of the figures of its book; `exit` is null where the
   * strategy asked for none. Older reports, and books without figures, have none.
   */
  signals: z
    .object({
      entry: z.array(z.number().nullable()),
      exit: z.array(z.number().nullable()).nullable(),
    })
    .optional(),
  legs: z.array(TradeLeg),
  netPnl: z.number(),
  barsHeld: z.number().int(),
  exitReason: ExitReason,
});
export type TradeRow = z.infer<typeof TradeRow>;

/** A figure, or why there is none. */
export const Metric = z.object({ value: z.number().nullable(), reason: z.string().nullable() });
export type Metric = z.infer<typeof Metric>;

/** Names of the figures of a report; definitions and formats are in ui/metric-definitions.ts. */
export const MetricName = z.enum([
  "totalReturn",
  "annualisedReturn",
  "annualisedVolatility",
  "sharpeRatio",
  "sortinoRatio",
  "calmarRatio",
  "omegaRatio",
  "drawdownMax",
  "drawdownDurationBars",
  "valueAtRisk95",
  "conditionalValueAtRisk95",
  "winRate",
  "profitFactor",
  "expectancy",
  "averageHoldingBars",
  "turnover",
  "exposure",
  "tradeCount",
]);
export type MetricName = z.infer<typeof MetricName>;
const Metrics = z.record(MetricName, Metric);

/** What a leg, or all together, cost and earned; signs as in TradeLeg. */
export const CostAttribution = z.object({
  grossPnl: z.number(),
  slippage: z.number(),
  fees: z.number(),
  funding: z.number(),
  borrow: z.number(),
  dividends: z.number(),
  liquidationFees: z.number(),
  netPnl: z.number(),
});
export type CostAttribution = z.infer<typeof CostAttribution>;

/** A book of the run: what it traded, what it learned, and if it could not, why. */
export const ReportBook = z.object({
  /** Places in the report's instruments. */
  instruments: z.array(z.number().int()),
  /** What was learned from the formation bars, by name: hedgeRatio, intercept, rSquared, …; null: nothing. */
  fit: z.record(z.string(), z.number()).nullable(),
  refusal: z.string().nullable(),
  /** Figures drawn of it: columns `<name>.<book>` of the series, first the leading one. */
  figures: z.array(z.object({ name: z.string(), label: z.string(), axis: z.string() })),
});
export type ReportBook = z.infer<typeof ReportBook>;

/** Return of a calendar month, UTC; `partial`: the run began or ended inside it. */
export const MonthReturn = z.object({
  year: z.number().int(),
  month: z.number().int(),
  return: z.number(),
  partial: z.boolean(),
});

export const DrawdownEpisode = z.object({
  startMs: z.number(),
  troughMs: z.number(),
  /** null: not recovered by the end. */
  endMs: z.number().nullable(),
  depth: z.number(),
  bars: z.number().int(),
});

export const Histogram = z.object({
  /** One more than counts, ascending. */
  edges: z.array(z.number()),
  counts: z.array(z.number().int()),
});

/** Column `benchmark.<place>` of the series. */
export const BenchmarkResult = z.object({
  kind: z.enum(["buy-and-hold", "equal-weight", "instrument", "cash"]),
  label: z.string(),
  totalReturn: Metric,
  annualisedReturn: Metric,
  annualisedVolatility: Metric,
  sharpeRatio: Metric,
  drawdownMax: Metric,
  /** Of the run against it, returns a bar; alpha a year. */
  alpha: Metric,
  beta: Metric,
  correlation: Metric,
  informationRatio: Metric,
  trackingError: Metric,
});
export type BenchmarkResult = z.infer<typeof BenchmarkResult>;

/** Interval of a figure by the stationary bootstrap of the returns. */
export const FigureInterval = z.object({
  metric: MetricName,
  lower: z.number(),
  upper: z.number(),
  confidence: z.number(),
  resamples: z.number().int(),
  meanBlockBars: z.number(),
});

/** How much the Sharpe ratio proves, given how often it was tried. */
export const Evidence = z.object({
  /** Probability that the true Sharpe ratio is above 0. */
  probabilisticSharpe: Metric,
  /** The same above the best that so many trials would show by chance. */
  deflatedSharpe: Metric,
  /** Bars that would prove a Sharpe ratio above 0 at 95 %. */
  minimumTrackRecordBars: Metric,
  /** Runs and trials on these instruments in overlapping periods, this one included. */
  trials: z.number().int(),
  /** A verdict on how few trades there are; null when there are enough. */
  fewTrades: z.string().nullable(),
});
export type Evidence = z.infer<typeof Evidence>;

/** What came out differently at a cut; "refused": without the bars after it there is no run at all. */
export const LookAheadPart = z.enum(["asks", "fills", "cash", "equity", "figures", "refused"]);
export type LookAheadPart = z.infer<typeof LookAheadPart>;

/** Whether the result depends on bars after it: see lookAheadProof in quant. */
export const LookAheadResult = z.object({
  isPassed: z.boolean(),
  cuts: z.array(z.number()),
  /** How many cuts went on from the one before, instead of from the first bar; older reports have none. */
  continuedCuts: z.number().int().optional(),
  differences: z.array(z.object({ cutMs: z.number(), what: LookAheadPart, barMs: z.number() })),
  shift: z.object({
    kind: z.enum(["passed", "failed", "left-out"]),
    detail: z.string().nullable(),
  }),
  durationMs: z.number(),
});
export type LookAheadResult = z.infer<typeof LookAheadResult>;

/** SHA-256 of what the run did, hexadecimal: the same for the same seed, configuration, data and code. */
export const RunHashes = z.object({ orders: z.string(), fills: z.string(), equity: z.string() });
export type RunHashes = z.infer<typeof RunHashes>;

/** A pair as a window chose it. */
export const WindowPair = z.object({
  /** Places in the report's instruments. */
  instruments: z.array(z.number().int()),
  pValue: z.number().nullable(),
  hedgeRatio: z.number().nullable(),
  halfLifeBars: z.number().nullable(),
  refusal: z.string().nullable(),
  netPnl: z.number(),
  tradeCount: z.number().int(),
  /** Parameters that this window chose; null: those of the strategy. */
  parameters: z
    .record(z.string(), z.union([z.number(), z.string(), z.boolean(), z.null()]))
    .nullable(),
});

/** One step of a walk-forward. */
export const WindowResult = z.object({
  formationStartMs: z.number(),
  formationEndMs: z.number(),
  tradingStartMs: z.number(),
  tradingEndMs: z.number(),
  pairs: z.array(WindowPair),
  candidates: z.number().int(),
  trials: z.number().int(),
  inSample: Metrics,
  outOfSample: Metrics,
});
export type WindowResult = z.infer<typeof WindowResult>;

/** The whole result of a backtest but for its series. Fractions, not percentages; money in the quote currency. */
export const BacktestReport = z.object({
  metrics: Metrics,
  periodsPerYear: z.number(),
  fillConvention: FillConvention,
  instruments: z.array(LegView),
  books: z.array(ReportBook),
  formation: z.object({ startMs: z.number(), endMs: z.number(), bars: z.number().int() }),
  trading: z.object({ startMs: z.number(), endMs: z.number(), bars: z.number().int() }),
  costs: CostAttribution,
  /** One an instrument. */
  instrumentCosts: z.array(CostAttribution),
  initialEquity: z.number(),
  finalEquity: z.number(),
  trades: z.array(TradeRow),
  /** Entries that the account or the market refused, by reason. */
  refusals: z.array(z.object({ reason: z.string(), count: z.number().int() })),
  /** What reports have had since format 2; null in older ones. */
  analysis: z
    .object({
      months: z.array(MonthReturn),
      drawdowns: z.array(DrawdownEpisode),
      tradeProfits: Histogram.nullable(),
      rollingSharpeBars: z.number().int(),
      averageGrossLeverage: z.number(),
      benchmarks: z.array(BenchmarkResult),
      intervals: z.array(FigureInterval),
      evidence: Evidence,
      lookAhead: LookAheadResult,
      hashes: RunHashes,
    })
    .nullable(),
  /** Of a walk-forward. */
  windows: z.array(WindowResult).nullable(),
  warnings: z.array(z.string()),
  /** How many warnings, the first ones, tell of scans, which come and go; older reports do not say it. */
  scanWarnings: z.number().int().optional(),
  manifest: Manifest,
  durationMs: z.number(),
});
export type BacktestReport = z.infer<typeof BacktestReport>;

/**
 * Series of a report within a span. Lines: equity, drawdown, grossExposure, netExposure, rollingSharpe,
 * `close.<instrument>`, `<figure>.<book>`, `benchmark.<place>`.
 */
export const BacktestSeries = ChartSeries;
export type BacktestSeries = ChartSeries;

/** A backtest in a list. */
export const BacktestListItem = z.object({
  id: z.uuid(),
  strategyId: z.uuid(),
  strategyName: z.string(),
  strategyKind: z.string(),
  version: z.number().int(),
  planKind: z.enum(["single", "walk-forward"]),
  /** "BTCUSDT / ETHUSDT", or how many pairs or instruments. */
  subject: z.string(),
  tags: z.array(z.string()),
  notes: z.string(),
  synthetic: z.boolean(),
  metrics: z.partialRecord(MetricName, z.number().nullable()),
  lookAheadPassed: z.boolean().nullable(),
  /** Equity over initial equity at evenly spread bars, for a sparkline; empty without a result. */
  equityShape: z.array(z.number()),
  job: JobView.nullable(),
  createdAtMs: z.number(),
});
export type BacktestListItem = z.infer<typeof BacktestListItem>;

/** What a report page shows, to its owner or through a share link (which has no job). */
export const BacktestView = z.object({
  id: z.uuid(),
  strategyName: z.string(),
  /** null: the strategy was deleted. */
  strategyId: z.uuid().nullable(),
  strategyVersion: StrategyVersionView,
  plan: BacktestPlan,
  tags: z.array(z.string()),
  notes: z.string(),
  synthetic: z.boolean(),
  job: JobView.nullable(),
  report: BacktestReport.nullable(),
  createdAtMs: z.number(),
});
export type BacktestView = z.infer<typeof BacktestView>;

/** Two runs on the bars that both have. */
export const PairedDifference = z.object({
  bars: z.number().int(),
  /** Of the first minus the second; a year. */
  meanReturnDifference: z.number(),
  lower: z.number(),
  upper: z.number(),
  confidence: z.number(),
  /** null: the equity of one of them never moves. */
  sharpeDifference: z.number().nullable(),
  /** Share of resamples in which the first did better. */
  betterShare: z.number(),
});
export type PairedDifference = z.infer<typeof PairedDifference>;

/** Why two runs have no difference: "ruin" is an equity of zero or below, from which there are no returns. */
export const DifferenceRefusal = z.enum([
  ...["different-intervals", "no-common-bars", "ruin", "too-few-bars", "no-difference"],
] as const);
export type DifferenceRefusal = z.infer<typeof DifferenceRefusal>;

/** How a run differs from the first, or why that cannot be said. */
export const RunComparison = z.discriminatedUnion("kind", [
  PairedDifference.extend({ kind: z.literal("difference") }),
  z.object({ kind: z.literal("refused"), reason: DifferenceRefusal }),
]);
export type RunComparison = z.infer<typeof RunComparison>;

/** Bars of a backtest that can be compared: two curves of so many are held in memory at a time. */
export const COMPARED_BARS_MAX = 1_000_000;

/** Up to six backtests side by side; differences are against the first, which has null for itself. */
export const BacktestComparison = z.object({
  backtests: z.array(
    BacktestView.omit({ report: true }).extend({
      metrics: Metrics,
      initialEquity: z.number(),
      trading: z.object({ startMs: z.number(), endMs: z.number(), bars: z.number().int() }),
    }),
  ),
  differences: z.array(RunComparison.nullable()),
});
export type BacktestComparison = z.infer<typeof BacktestComparison>;

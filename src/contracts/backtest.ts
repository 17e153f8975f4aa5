import { z } from "zod";
import { JobView } from "./job.ts";
import { Manifest } from "./manifest.ts";
import { ChartSeries } from "./market-data.ts";
import { StrategyVersionView } from "./strategy.ts";

/** Where an order fills: the open of the next common bar, or, for series without opens, its close. */
export const FillConvention = z.enum(["next-open", "next-close"]);
export type FillConvention = z.infer<typeof FillConvention>;

export const ExitReason = z.enum(["exit", "stop", "time", "end", "ruin"]);
export type ExitReason = z.infer<typeof ExitReason>;

/**
 * One round trip. Prices include slippage; quantities are signed (negative is short); money is in the
 * quote currency. netPnl = pnlY + pnlX − feesY − feesX exactly; slippage is already in the prices and
 * is stated beside them.
 */
export const TradeRow = z.object({
  side: z.enum(["long", "short"]),
  entrySignalMs: z.number(),
  entryMs: z.number(),
  exitSignalMs: z.number().nullable(),
  exitMs: z.number(),
  entryZScore: z.number(),
  exitZScore: z.number().nullable(),
  quantityY: z.number(),
  quantityX: z.number(),
  entryPriceY: z.number(),
  entryPriceX: z.number(),
  exitPriceY: z.number(),
  exitPriceX: z.number(),
  pnlY: z.number(),
  pnlX: z.number(),
  feesY: z.number(),
  feesX: z.number(),
  slippageCost: z.number(),
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

/** The whole result of a backtest but for its series. Fractions, not percentages. */
export const BacktestReport = z.object({
  metrics: z.record(MetricName, Metric),
  periodsPerYear: z.number(),
  fillConvention: FillConvention,
  formation: z.object({
    startMs: z.number(),
    endMs: z.number(),
    bars: z.number().int(),
    intercept: z.number(),
    hedgeRatio: z.number(),
    rSquared: z.number(),
  }),
  trading: z.object({ startMs: z.number(), endMs: z.number(), bars: z.number().int() }),
  costs: z.object({
    feesY: z.number(),
    feesX: z.number(),
    slippage: z.number(),
    grossPnl: z.number(),
    netPnl: z.number(),
  }),
  initialEquity: z.number(),
  finalEquity: z.number(),
  trades: z.array(TradeRow),
  warnings: z.array(z.string()),
  manifest: Manifest,
  durationMs: z.number(),
});
export type BacktestReport = z.infer<typeof BacktestReport>;

/** Lines of a report: keys of ChartSeries.lines. */
export const BacktestLine = z.enum(["closeY", "closeX", "spread", "zScore", "equity", "drawdown"]);
export type BacktestLine = z.infer<typeof BacktestLine>;

/** Series of a report within a span: lines are keyed by BacktestLine. */
export const BacktestSeries = ChartSeries;
export type BacktestSeries = ChartSeries;

/** A backtest in a list. */
export const BacktestListItem = z.object({
  id: z.uuid(),
  strategyId: z.uuid(),
  strategyName: z.string(),
  version: z.number().int(),
  symbolY: z.string(),
  symbolX: z.string(),
  synthetic: z.boolean(),
  netReturn: z.number().nullable(),
  sharpeRatio: z.number().nullable(),
  drawdownMax: z.number().nullable(),
  tradeCount: z.number().int().nullable(),
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
  synthetic: z.boolean(),
  job: JobView.nullable(),
  report: BacktestReport.nullable(),
  createdAtMs: z.number(),
});
export type BacktestView = z.infer<typeof BacktestView>;

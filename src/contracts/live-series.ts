import { z } from "zod";
import { BarProvenance } from "./bar-provenance.ts";
import { TimeWindow } from "./interval.ts";
import { ChartSeries } from "./market-data.ts";

/** Which bars of a watched pair: a span of time, or the newest ones. */
export const LiveSpan = z.strictObject({
  /** Of the watched pair. */
  id: z.uuid(),
  window: TimeWindow.optional(),
  /** The newest bars, when there is no window. */
  bars: z.number().int().min(20).max(20_000).default(500),
});
export type LiveSpan = z.infer<typeof LiveSpan>;

/** How one leg's bar came about; "carried": no trade, the close before stands for it; null: unknown. */
export const LegProvenance = z.enum([...BarProvenance.options, "carried"]).nullable();
export type LegProvenance = z.infer<typeof LegProvenance>;

/** Bars in a row that came about in the same way, from `step` (in bars since the start) on. */
export const ProvenanceRun = z.object({
  step: z.number().int(),
  bars: z.number().int(),
  legY: LegProvenance,
  legX: LegProvenance,
});
export type ProvenanceRun = z.infer<typeof ProvenanceRun>;

/** One bar in numbers. Volumes in base units. */
export const LivePoint = z.object({
  openTimeMs: z.number(),
  closeY: z.number(),
  closeX: z.number(),
  volumeY: z.number().nullable(),
  volumeX: z.number().nullable(),
  spread: z.number().nullable(),
  spreadMean: z.number().nullable(),
  zScore: z.number().nullable(),
  correlation: z.number().nullable(),
  hedgeRatio: z.number().nullable(),
  provenanceY: LegProvenance,
  provenanceX: LegProvenance,
});
export type LivePoint = z.infer<typeof LivePoint>;

/** One minute of a pair (one bar, where bars are longer). */
export const LiveMinute = z.object({
  startMs: z.number(),
  bars: z.number().int(),
  closeY: z.number(),
  closeX: z.number(),
  volumeY: z.number().nullable(),
  volumeX: z.number().nullable(),
  tradesY: z.number().int().nullable(),
  tradesX: z.number().int().nullable(),
  spreadMean: z.number().nullable(),
  /** Sample deviation of the spreads of the minute. */
  spreadDeviation: z.number().nullable(),
  zScoreMin: z.number().nullable(),
  zScoreMax: z.number().nullable(),
  zScoreLast: z.number().nullable(),
});
export type LiveMinute = z.infer<typeof LiveMinute>;

const CandleColumns = z.object({
  open: z.array(z.number()),
  high: z.array(z.number()),
  low: z.array(z.number()),
  close: z.array(z.number()),
});

/** Candles of both legs, each of `barsPerCandle` bars of the pair. */
export const LiveCandles = z.object({
  barsPerCandle: z.number().int(),
  openTimeMs: z.array(z.number()),
  legY: CandleColumns,
  legX: CandleColumns,
});
export type LiveCandles = z.infer<typeof LiveCandles>;

/**
 * Everything that the page of a live pair draws of the past. Lines: closeY, closeX, spread, spreadMean,
 * zScore, volumeY, volumeX, correlation, hedgeRatio; each bar as it looked when it closed.
 */
export const LiveSeries = z.object({
  chart: ChartSeries,
  /** Common bars of the span, and intervals in which one leg alone traded. */
  bars: z.number().int(),
  gapCount: z.number().int(),
  provenance: z.array(ProvenanceRun),
  /** Newest first, at most 60. */
  minutes: z.array(LiveMinute),
  /** The last 20 bars, newest first. */
  points: z.array(LivePoint),
  candles: LiveCandles.nullable(),
});
export type LiveSeries = z.infer<typeof LiveSeries>;

/** A mini backtest of the shown span: in beyond the threshold, out at 0. */
export const LiveBacktestInput = LiveSpan.extend({
  /** Entry threshold of |z|; that of the pair unless told. */
  threshold: z.number().min(0.5).max(5).optional(),
  feeBps: z.number().min(0).max(1_000).default(5),
  slippageBps: z.number().min(0).max(1_000).default(2),
});
export type LiveBacktestInput = z.infer<typeof LiveBacktestInput>;

/** One round trip. Profit in the quote asset. */
export const LiveBacktestTrade = z.object({
  side: z.enum(["long", "short"]),
  entryMs: z.number(),
  exitMs: z.number(),
  entryZScore: z.number(),
  exitZScore: z.number().nullable(),
  barsHeld: z.number().int(),
  grossPnl: z.number(),
  fees: z.number(),
  slippageCost: z.number(),
  netPnl: z.number(),
  exitReason: z.enum(["exit", "end", "ruin"]),
});
export type LiveBacktestTrade = z.infer<typeof LiveBacktestTrade>;

export const LiveBacktest = z.object({
  startMs: z.number(),
  endMs: z.number(),
  /** Bars in which both legs traded: only they give signals and fills. */
  bars: z.number().int(),
  threshold: z.number(),
  feeBps: z.number(),
  slippageBps: z.number(),
  /** Of leg Y in a trade, quote asset. */
  notional: z.number(),
  fillConvention: z.enum(["next-open", "next-close"]),
  tradeCount: z.number().int(),
  winCount: z.number().int(),
  grossPnl: z.number(),
  fees: z.number(),
  slippageCost: z.number(),
  netPnl: z.number(),
  /** Largest fall of the equity from a peak, quote asset, ≥ 0. */
  drawdownMax: z.number(),
  /** Profit after costs so far, one line. */
  equity: ChartSeries,
  /** The last 50, newest first. */
  trades: z.array(LiveBacktestTrade),
  /** What a reader must know, in words. */
  warnings: z.array(z.string()),
});
export type LiveBacktest = z.infer<typeof LiveBacktest>;

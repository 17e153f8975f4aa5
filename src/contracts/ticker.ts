import { z } from "zod";
import { BarProvenance } from "./bar-provenance.ts";
import { InstrumentId } from "./instrument-id.ts";
import { IntervalMs } from "./interval.ts";
import { ChartSeries } from "./market-data.ts";

const PeriodBars = z.number().int().min(2).max(500);

/** An indicator to draw; those without a period have the usual one (MACD 12, 26, 9; bands 20, 2). */
export const TickerIndicator = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("sma"), periodBars: PeriodBars }),
  z.strictObject({ kind: z.literal("ema"), periodBars: PeriodBars }),
  z.strictObject({ kind: z.literal("bollinger") }),
  z.strictObject({ kind: z.literal("rsi"), periodBars: PeriodBars }),
  z.strictObject({ kind: z.literal("macd") }),
  z.strictObject({ kind: z.literal("atr"), periodBars: PeriodBars }),
]);
export type TickerIndicator = z.infer<typeof TickerIndicator>;

export const TickerRequest = z.strictObject({
  instrumentId: InstrumentId,
  intervalMs: IntervalMs,
  /** The newest bars. */
  bars: z.number().int().min(20).max(2_000).default(500),
  indicators: z.array(TickerIndicator).max(8).default([]),
});
export type TickerRequest = z.infer<typeof TickerRequest>;

/**
 * The newest bars of an instrument. `chart` has the lines close and volume, and those of the indicators:
 * sma-N, ema-N, bollinger-middle, -upper, -lower, rsi-N, macd, macd-signal, macd-histogram, atr-N.
 * Columns are by bar, oldest first.
 */
export const TickerChart = z.object({
  chart: ChartSeries,
  openTimeMs: z.array(z.number()),
  open: z.array(z.number()),
  high: z.array(z.number()),
  low: z.array(z.number()),
  close: z.array(z.number()),
  provenance: z.array(BarProvenance.nullable()),
  tradeCount: z.array(z.number().int().nullable()),
  /** Intervals at which the instrument has bars. */
  intervalsMs: z.array(z.number().int()),
});
export type TickerChart = z.infer<typeof TickerChart>;

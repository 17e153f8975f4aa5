import { z } from "zod";
import { TRADE_BAR_INTERVALS_MS } from "./bar-intervals.ts";
import { InstrumentId } from "./instrument-id.ts";
import type { Market } from "./market-data.ts";

/** Symbols of one request, bars of each and of all together; a guest, whom nobody knows, asks for less. */
export const HISTORY_SYMBOLS_MAX = 200;
export const HISTORY_BARS_MAX = 2_000_000;
export const HISTORY_TOTAL_BARS_MAX = 10_000_000;
export const GUEST_HISTORY_BARS_MAX = 20_000;
export const GUEST_HISTORY_TOTAL_BARS_MAX = 100_000;

const SECOND_MS = 1_000;

/** Instruments of a venue whose own bars are to be fetched: those of the last `spanMs`, at one interval. */
export const HistoryRequest = z
  .strictObject({
    instrumentIds: z
      .array(InstrumentId)
      .min(1, "Choose at least one instrument")
      .max(HISTORY_SYMBOLS_MAX, `At most ${HISTORY_SYMBOLS_MAX} instruments at a time`)
      .refine((ids) => new Set(ids).size === ids.length, "An instrument is named twice"),
    intervalMs: z.literal(TRADE_BAR_INTERVALS_MS),
    spanMs: z.number().int().positive(),
  })
  .refine(({ intervalMs, spanMs }) => historyBars(intervalMs, spanMs) <= HISTORY_BARS_MAX, {
    message: `At most ${HISTORY_BARS_MAX.toLocaleString("en-US")} bars of a symbol`,
    path: ["spanMs"],
  })
  .refine(
    ({ instrumentIds, intervalMs, spanMs }) =>
      instrumentIds.length * historyBars(intervalMs, spanMs) <= HISTORY_TOTAL_BARS_MAX,
    {
      message: `At most ${HISTORY_TOTAL_BARS_MAX.toLocaleString("en-US")} bars at a time`,
      path: ["spanMs"],
    },
  );
export type HistoryRequest = z.infer<typeof HistoryRequest>;

/** Bars that a span has. */
export function historyBars(intervalMs: number, spanMs: number): number {
  return Math.ceil(spanMs / intervalMs);
}

/** Whether a market publishes bars of an interval: those of a second are made for spot alone. */
export function hasKlines(market: Market, intervalMs: number): boolean {
  return market === "spot" || (market === "usdm" && intervalMs !== SECOND_MS);
}

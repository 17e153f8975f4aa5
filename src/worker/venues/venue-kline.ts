import { isDecimal, isPositiveDecimal, isVenueTime } from "./agg-trade.ts";

/** A bar as the venue computed it. Prices in the quote asset, volume in the base asset. */
export type VenueKline = {
  readonly openTimeMs: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
  /** Raw trades, of which an aggregated one may have several. */
  readonly rawTradeCount: number;
};

/** Reads one row of klines. @returns null when it is none */
export function parseKline(row: unknown): VenueKline | null {
  if (!Array.isArray(row)) return null;
  const [openTimeMs, open, high, low, close, volume, , , count] = row;
  if (!isVenueTime(openTimeMs) || !isPositiveDecimal(open) || !isPositiveDecimal(high)) return null;
  if (!isPositiveDecimal(low) || !isPositiveDecimal(close) || !isDecimal(volume)) return null;
  if (!Number.isSafeInteger(count) || count < 0) return null;
  return {
    openTimeMs,
    open: Number(open),
    high: Number(high),
    low: Number(low),
    close: Number(close),
    volume: Number(volume),
    rawTradeCount: Number(count),
  };
}

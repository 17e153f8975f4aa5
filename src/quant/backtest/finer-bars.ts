import { lowerBound } from "../series/lower-bound.ts";
import { firstMarketBars, type InstrumentBars, type MarketBars } from "./market-bars.ts";

/**
 * Bars inside the bars of a market, of the same instruments in the same order. A bar of the market lasts
 * `intervalMs`, one inside it `partMs`.
 */
export type FinerBars = {
  readonly bars: MarketBars;
  readonly intervalMs: number;
  readonly partMs: number;
};

/** The finer bars `from` ≤ i < `to` inside a bar, and how many there would be without a hole. */
export type BarInside = { readonly from: number; readonly to: number; readonly count: number };

/**
 * Finer bars that are known when the last bar of a market has ended: those of a proof's cut tell nothing of the bars
 * after it.
 *
 * @param finer all there are
 * @param openTimeMs of the bars of the market, n ≥ 1
 * @returns views of the same memory
 */
export function knownFinerBars(finer: FinerBars, openTimeMs: Float64Array): FinerBars {
  const endMs = openTimeMs.at(-1)! + finer.intervalMs;
  const count = lowerBound(finer.bars.openTimeMs, endMs);
  return { ...finer, bars: firstMarketBars(finer.bars, count) };
}

/** Prices that were stored by different ways may differ by a rounding. */
const RELATIVE_TOLERANCE = 1e-9;

/**
 * Finer bars that lie inside a bar.
 *
 * @param finer the finer bars
 * @param openTimeMs of the bars of the market
 * @param bar index of one of them
 *
 * Cost: O(log bars).
 */
export function insideOf(
  { bars, intervalMs, partMs }: FinerBars,
  openTimeMs: Float64Array,
  bar: number,
): BarInside {
  const startMs = openTimeMs[bar]!;
  const endMs = Math.min(startMs + intervalMs, openTimeMs[bar + 1] ?? Number.POSITIVE_INFINITY);
  return {
    from: lowerBound(bars.openTimeMs, startMs),
    to: lowerBound(bars.openTimeMs, endMs),
    count: (endMs - startMs) / partMs,
  };
}

/**
 * Whether the finer bars of an instrument tell the inside of a bar: where they begin and end at its prices, go exactly
 * as high and as low as it does, and nothing of it is missing, because the bar is full of them or because they have
 * its volume. A stop that the bar reaches and its parts do not would never be hit, and one that only a part reaches was
 * never traded at.
 *
 * @param whole bars of the instrument
 * @param bar index of one that it has
 * @param parts its finer bars; closes alone tell of no inside
 * @param inside which of them are inside the bar
 *
 * Cost: O(parts).
 */
export function tellsInside(
  whole: InstrumentBars,
  bar: number,
  parts: InstrumentBars,
  { from, to, count }: BarInside,
): boolean {
  if (whole.isCloseOnly || parts.isCloseOnly) return false;
  let [highest, lowest] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  let [first, last, known, volume] = [-1, -1, 0, 0];
  for (let at = from; at < to; at++) {
    const close = parts.close[at]!;
    if (Number.isNaN(close)) continue;
    if (first < 0) first = at;
    last = at;
    known += 1;
    volume += parts.volume[at]!;
    highest = Math.max(highest, orElse(parts.high[at]!, close));
    lowest = Math.min(lowest, orElse(parts.low[at]!, close));
  }
  if (known === 0) return false;
  const close = whole.close[bar]!;
  return (
    isSame(highest, orElse(whole.high[bar]!, close)) &&
    isSame(lowest, orElse(whole.low[bar]!, close)) &&
    (known === count ||
      (isSame(parts.open[first]!, whole.open[bar]!) &&
        isSame(parts.close[last]!, close) &&
        isSame(volume, whole.volume[bar]!)))
  );
}

/**
 * Bars whose inside is not told for every instrument that has them.
 *
 * @param market the bars
 * @param finer bars inside them
 * @param startMs open time of the first bar that is asked about
 * @returns their open times, ms, ascending
 *
 * Cost: O(bars of both · log).
 */
export function untoldBars(
  { openTimeMs, instruments }: MarketBars,
  finer: FinerBars,
  startMs: number,
): readonly number[] {
  const untold: number[] = [];
  for (let bar = lowerBound(openTimeMs, startMs); bar < openTimeMs.length; bar++) {
    const inside = insideOf(finer, openTimeMs, bar);
    const isTold = instruments.every(
      (whole, i) =>
        Number.isNaN(whole.close[bar]!) ||
        tellsInside(whole, bar, finer.bars.instruments[i]!, inside),
    );
    if (!isTold) untold.push(openTimeMs[bar]!);
  }
  return untold;
}

function isSame(value: number, other: number): boolean {
  return Math.abs(value - other) <= other * RELATIVE_TOLERANCE;
}

function orElse(value: number, otherwise: number): number {
  return Number.isNaN(value) ? otherwise : value;
}

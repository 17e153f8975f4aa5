import { InvalidInputError } from "../invalid-input-error.ts";
import { lowerBound } from "../series/lower-bound.ts";
import type { BarColumns } from "../strategies/strategy.ts";

/**
 * Bars of one instrument before alignment, struct of arrays, oldest first. `openTimeMs` is strictly
 * ascending (UTC milliseconds). A bar whose close is NaN is a gap. Columns that a source lacks are
 * null: without opens orders fill at the close, without highs and lows the bar has no inside.
 */
export type InstrumentSeries = {
  readonly openTimeMs: Float64Array;
  readonly open: Float64Array | null;
  readonly high: Float64Array | null;
  readonly low: Float64Array | null;
  readonly close: Float64Array;
  readonly volume: Float64Array | null;
};

/**
 * Bars of one instrument on the shared time axis. A close of NaN is a gap; a column that the source
 * lacks is NaN throughout, and `isCloseOnly` says so of the opens. `delistedFromBar` is the first bar after the
 * last one of an instrument that ended before the axis does, else null; one whose market is closed at the end
 * of the axis (no longer than it was between two bars before) has not ended.
 */
export type InstrumentBars = BarColumns & {
  readonly isCloseOnly: boolean;
  readonly delistedFromBar: number | null;
};

/** Aligned bars of many instruments: one value a bar in every column of every instrument. */
export type MarketBars = {
  readonly openTimeMs: Float64Array;
  readonly instruments: readonly InstrumentBars[];
};

/**
 * Market bars: many instruments on the union of their open times; what is missing stays missing.
 *
 * @param series one entry an instrument; the order is the instruments' order everywhere after
 * @returns the aligned bars, NaN where an instrument has none
 * @throws {InvalidInputError} "too-short" without a single bar, "length-mismatch" of columns,
 *   "out-of-range" for times that do not ascend, a price that is not positive, a high or low that does
 *   not contain open and close, or a negative volume; "not-finite" for a price missing beside a close
 *
 * Cost: O(total bars · log instruments) in time, O(bars · instruments) in memory.
 */
export function alignMarketBars(series: readonly InstrumentSeries[]): MarketBars {
  series.forEach(requireInstrumentSeries);
  const openTimeMs = unionOfTimes(series.map(({ openTimeMs: times }) => times));
  if (openTimeMs.length === 0) {
    throw new InvalidInputError("too-short", "no instrument has a bar in the span");
  }
  return { openTimeMs, instruments: series.map((one) => onAxis(one, openTimeMs)) };
}

/**
 * The first bars of a market, as if the rest had not happened: what is proved to change nothing.
 *
 * A delisting is known from its bar on only, so one after the cut is forgotten, and a gap at the cut
 * is not taken for one.
 *
 * @param bars the market
 * @param count bars to keep, 1 … n
 * @returns views of the same memory
 */
export function firstMarketBars(bars: MarketBars, count: number): MarketBars {
  return marketBarsBetween(bars, 0, count);
}

/**
 * The bars of a span, as if neither those before nor those after it existed, but that an instrument which
 * had ended before has ended from the first bar on.
 *
 * @param bars the market
 * @param from first bar
 * @param to bar after the last
 * @returns views of the same memory; bar `from` is bar 0
 */
export function marketBarsBetween(bars: MarketBars, from: number, to: number): MarketBars {
  return {
    openTimeMs: bars.openTimeMs.subarray(from, to),
    instruments: bars.instruments.map((one) => ({
      open: one.open.subarray(from, to),
      high: one.high.subarray(from, to),
      low: one.low.subarray(from, to),
      close: one.close.subarray(from, to),
      volume: one.volume.subarray(from, to),
      isCloseOnly: one.isCloseOnly,
      delistedFromBar:
        one.delistedFromBar !== null && one.delistedFromBar < to
          ? Math.max(one.delistedFromBar - from, 0)
          : null,
    })),
  };
}

/**
 * The same market one bar later: a gap first, then bar i in the place and at the time of bar i + 1.
 *
 * @param bars the market, n ≥ 2 bars
 * @returns n + 1 bars; the last one opens as long after its predecessor as the two before it
 */
export function delayedMarketBars(bars: MarketBars): MarketBars {
  const n = bars.openTimeMs.length;
  const openTimeMs = new Float64Array(n + 1);
  openTimeMs.set(bars.openTimeMs);
  openTimeMs[n] = 2 * bars.openTimeMs[n - 1]! - bars.openTimeMs[n - 2]!;
  const delayed = (column: Float64Array): Float64Array => {
    const later = new Float64Array(n + 1);
    later[0] = Number.NaN;
    later.set(column, 1);
    return later;
  };
  return {
    openTimeMs,
    instruments: bars.instruments.map((one) => ({
      open: delayed(one.open),
      high: delayed(one.high),
      low: delayed(one.low),
      close: delayed(one.close),
      volume: delayed(one.volume),
      isCloseOnly: one.isCloseOnly,
      delistedFromBar: one.delistedFromBar === null ? null : one.delistedFromBar + 1,
    })),
  };
}

function unionOfTimes(times: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(times.reduce((total, { length }) => total + length, 0));
  let at = 0;
  for (const one of times) {
    all.set(one, at);
    at += one.length;
  }
  all.sort();
  let count = 0;
  for (const time of all) {
    if (count === 0 || time !== all[count - 1]) all[count++] = time;
  }
  return all.slice(0, count);
}

function onAxis(series: InstrumentSeries, axis: Float64Array): InstrumentBars {
  const n = axis.length;
  const columns = {
    open: new Float64Array(n).fill(Number.NaN),
    high: new Float64Array(n).fill(Number.NaN),
    low: new Float64Array(n).fill(Number.NaN),
    close: new Float64Array(n).fill(Number.NaN),
    volume: new Float64Array(n).fill(Number.NaN),
  };
  const { openTimeMs: times, open, high, low, volume } = series;
  let bar = times.length === 0 ? n : lowerBound(axis, times[0]!);
  let last = -1;
  let silenceMaxMs = 0;
  for (let i = 0; i < times.length; i++) {
    while (axis[bar] !== times[i]) bar++;
    const close = series.close[i]!;
    if (Number.isNaN(close)) continue;
    columns.close[bar] = close;
    if (open !== null) columns.open[bar] = open[i]!;
    if (high !== null) columns.high[bar] = high[i]!;
    if (low !== null) columns.low[bar] = low[i]!;
    if (volume !== null) columns.volume[bar] = volume[i]!;
    if (last >= 0) silenceMaxMs = Math.max(silenceMaxMs, axis[bar]! - axis[last]!);
    last = bar;
  }
  const hasEnded = last >= 0 && axis[n - 1]! - axis[last]! > silenceMaxMs;
  return {
    ...columns,
    isCloseOnly: series.open === null,
    delistedFromBar: hasEnded ? last + 1 : null,
  };
}

function requireInstrumentSeries(series: InstrumentSeries, instrument: number): void {
  const { openTimeMs, open, high, low, close, volume } = series;
  for (const column of [open, high, low, close, volume]) {
    if (column !== null && column.length !== openTimeMs.length) {
      throw new InvalidInputError(
        "length-mismatch",
        `instrument ${instrument}: columns and open times have different lengths`,
      );
    }
  }
  for (let i = 0; i < openTimeMs.length; i++) {
    const time = openTimeMs[i]!;
    if (!(Number.isFinite(time) && (i === 0 || time > openTimeMs[i - 1]!))) {
      throw new InvalidInputError(
        "out-of-range",
        `instrument ${instrument}: open times must ascend, at bar ${i}`,
      );
    }
    if (!Number.isNaN(close[i]!)) requireBar(series, instrument, i);
  }
}

function requireBar(series: InstrumentSeries, instrument: number, i: number): void {
  const refuse = (code: "out-of-range" | "not-finite", what: string): never => {
    throw new InvalidInputError(
      code,
      `instrument ${instrument}: ${what} of the bar at ${series.openTimeMs[i]} ms`,
    );
  };
  for (const column of [series.open, series.high, series.low, series.close]) {
    if (column === null) continue;
    if (!Number.isFinite(column[i]!)) refuse("not-finite", "a price is not finite");
    if (column[i]! <= 0) refuse("out-of-range", "a price is not positive");
  }
  const close = series.close[i]!;
  const open = series.open === null ? close : series.open[i]!;
  if (series.high !== null && series.high[i]! < Math.max(open, close)) {
    refuse("out-of-range", "the high is below open or close");
  }
  if (series.low !== null && series.low[i]! > Math.min(open, close)) {
    refuse("out-of-range", "the low is above open or close");
  }
  const volume = series.volume === null ? 0 : series.volume[i]!;
  if (!(volume >= 0 && Number.isFinite(volume))) {
    refuse("out-of-range", "the volume is negative or missing");
  }
}

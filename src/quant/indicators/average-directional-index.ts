import { requireWindow } from "../rolling/window.ts";
import { createExponentialSmoothing } from "./exponential-smoothing.ts";
import {
  type Bar,
  type Bars,
  barAt,
  finite,
  gather,
  type Incremental,
  requireBars,
} from "./incremental.ts";
import { trueRange } from "./true-range.ts";

/** Values of one bar, 0 to 100; 0 where nothing moved. */
export type AverageDirectionalIndex = {
  readonly plusDi: number;
  readonly minusDi: number;
  readonly dx: number;
  readonly adx: number;
};

/** See averageDirectionalIndex. */
export type AverageDirectionalIndexOptions = {
  /**
   * How the sums begin, with p the period: "wilder" with the first p values, "talib" (TTR too) with
   * the first p − 1, of which one p-th is taken off before the p-th is added. "wilder" unless told.
   */
  readonly convention?: "wilder" | "talib";
};

/**
 * Average directional index (ADX): how strongly a price trends, whichever way.
 *
 * Wilder's sums of +DM, −DM and the true range: ±DI = 100 ΣDM / ΣTR, DX = 100 |+DI − −DI| / (+DI + −DI),
 * ADX its average (weight 1 / periodBars), begun with the mean of periodBars. +DM is the rise of the
 * high where it exceeds the fall of the low, −DM the reverse; equal moves count for neither.
 *
 * @param bars aligned finite prices, oldest first
 * @param periodBars p, a whole number ≥ 2; 14 is usual
 * @param options.convention how the sums begin
 * @returns four series of n values; NaN before index p (DI and DX) and 2p − 1 (ADX)
 * @throws {InvalidInputError} "length-mismatch", "not-finite"; "out-of-range": periodBars
 *
 * Cost: O(n). Source: Wilder (1978). Checked: golden/indicators.json.
 */
export function averageDirectionalIndex(
  bars: Bars,
  periodBars: number,
  options: AverageDirectionalIndexOptions = {},
): { readonly [Name in keyof AverageDirectionalIndex]: Float64Array } {
  requireBars(bars);
  const next = createAverageDirectionalIndex(periodBars, options);
  const column = (): Float64Array => new Float64Array(bars.close.length);
  const result = { plusDi: column(), minusDi: column(), dx: column(), adx: column() };
  return gather(["plusDi", "minusDi", "dx", "adx"], result, (i) => next(barAt(bars, i)));
}

const NONE: AverageDirectionalIndex = {
  plusDi: Number.NaN,
  minusDi: Number.NaN,
  dx: Number.NaN,
  adx: Number.NaN,
};

/**
 * Incremental form of averageDirectionalIndex.
 *
 * @param periodBars a whole number ≥ 2
 * @param options.convention how the sums begin
 * @returns next bar of finite prices → its values, NaN before each begins
 * @throws {InvalidInputError} "out-of-range": periodBars; the returned function "not-finite"
 *
 * Cost: O(1) a bar.
 */
export function createAverageDirectionalIndex(
  periodBars: number,
  options: AverageDirectionalIndexOptions = {},
): Incremental<Bar, AverageDirectionalIndex> {
  requireWindow(periodBars, 2, "periodBars");
  const { convention = "wilder" } = options;
  const sumOfPlus = createWilderSum(periodBars, convention);
  const sumOfMinus = createWilderSum(periodBars, convention);
  const sumOfRange = createWilderSum(periodBars, convention);
  const average = createExponentialSmoothing({ weight: 1 / periodBars, seedBars: periodBars });
  let previous: Bar | null = null;
  return (bar) => {
    for (const price of [bar.high, bar.low, bar.close]) finite(price);
    const move = previous === null ? null : directionalMove(bar, previous);
    previous = bar;
    if (move === null) return NONE;
    const plus = sumOfPlus(move.plus);
    const minus = sumOfMinus(move.minus);
    const range = sumOfRange(move.range);
    if (Number.isNaN(range)) return NONE;
    const plusDi = shareOf(plus, range);
    const minusDi = shareOf(minus, range);
    const dx = shareOf(Math.abs(plusDi - minusDi), plusDi + minusDi);
    return { plusDi, minusDi, dx, adx: average(dx) };
  };
}

type DirectionalMove = { readonly plus: number; readonly minus: number; readonly range: number };

function directionalMove(bar: Bar, previous: Bar): DirectionalMove {
  const up = bar.high - previous.high;
  const down = previous.low - bar.low;
  return {
    plus: up > down && up > 0 ? up : 0,
    minus: down > up && down > 0 ? down : 0,
    range: trueRange(bar, previous.close),
  };
}

/** Wilder's running sum: a p-th of itself goes as each value comes. */
function createWilderSum(
  periodBars: number,
  convention: "wilder" | "talib",
): Incremental<number, number> {
  const seedBars = convention === "wilder" ? periodBars : periodBars - 1;
  let count = 0;
  let sum = 0;
  return (value) => {
    count++;
    sum = count > seedBars ? sum - sum / periodBars + value : sum + value;
    return count < periodBars ? Number.NaN : sum;
  };
}

function shareOf(part: number, whole: number): number {
  return whole === 0 ? 0 : (100 * part) / whole;
}

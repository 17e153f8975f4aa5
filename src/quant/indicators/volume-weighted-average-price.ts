import { requireWindow } from "../rolling/window.ts";
import {
  finite,
  type Incremental,
  requireBars,
  type VolumeBar,
  type VolumeBars,
  volumeBarAt,
} from "./incremental.ts";
import { createSlidingWindow } from "./sliding-window.ts";

/** See volumeWeightedAveragePrice. */
export type VolumeWeightedOptions = {
  /** A whole number ≥ 1: over the last bars; from the first bar on unless told. */
  readonly periodBars?: number;
};

/**
 * Volume-weighted average price (VWAP): what a unit cost on average, by the typical price of bars.
 *
 * Σ typical · volume / Σ volume with typical = (high + low + close) / 3.
 *
 * @param bars aligned finite prices and volumes ≥ 0, oldest first
 * @param options.periodBars over how many bars
 * @returns one value a bar, unit of the prices; NaN before index periodBars − 1 and where there was
 *   no volume
 * @throws {InvalidInputError} "length-mismatch", "not-finite"; "out-of-range": periodBars
 *
 * Cost: O(n), or O(n · periodBars). Checked: golden/indicators.json.
 */
export function volumeWeightedAveragePrice(
  bars: VolumeBars,
  options: VolumeWeightedOptions = {},
): Float64Array {
  requireBars(bars);
  const next = createVolumeWeightedAveragePrice(options);
  return bars.close.map((_, i) => next(volumeBarAt(bars, i)));
}

/**
 * Incremental form of volumeWeightedAveragePrice.
 *
 * @param options.periodBars over how many bars
 * @returns next bar → the average, NaN for the first periodBars − 1 and without volume
 * @throws {InvalidInputError} "out-of-range": periodBars; the returned function "not-finite"
 *
 * Cost: O(1) a bar, or O(periodBars).
 */
export function createVolumeWeightedAveragePrice(
  options: VolumeWeightedOptions = {},
): Incremental<VolumeBar, number> {
  const { periodBars } = options;
  const add = periodBars === undefined ? createTotal() : createWindowTotal(periodBars);
  return ({ high, low, close, volume }) => {
    const { paid, traded } = add(finite(((high + low + close) / 3) * volume), finite(volume));
    return traded === 0 ? Number.NaN : paid / traded;
  };
}

type Total = { readonly paid: number; readonly traded: number };
type AddBar = (paid: number, traded: number) => Total;

function createTotal(): AddBar {
  let paidTotal = 0;
  let tradedTotal = 0;
  return (paid, traded) => {
    paidTotal += paid;
    tradedTotal += traded;
    return { paid: paidTotal, traded: tradedTotal };
  };
}

/** Summed afresh each bar: a running sum would keep the rounding of all that has left it. */
function createWindowTotal(periodBars: number): AddBar {
  requireWindow(periodBars, 1, "periodBars");
  const paidWindow = createSlidingWindow(periodBars);
  const tradedWindow = createSlidingWindow(periodBars);
  const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
  return (paid, traded) => {
    paidWindow.push(paid);
    if (!tradedWindow.push(traded)) return { paid: Number.NaN, traded: Number.NaN };
    return { paid: sum(paidWindow.values), traded: sum(tradedWindow.values) };
  };
}

import { requireWindow } from "../rolling/window.ts";
import { finite, type Incremental, overSeries } from "./incremental.ts";
import { createSlidingWindow } from "./sliding-window.ts";

/**
 * Rate of change (ROC): by how many percent a value has grown over the last bars.
 *
 * 100 (vₜ / vₜ₋ₚ − 1); percent, as the indicator is known, not a fraction.
 *
 * @param values finite values, oldest first
 * @param periodBars p, a whole number ≥ 1
 * @returns one value a bar, percent; NaN before index p and where the earlier value is 0
 * @throws {InvalidInputError} "not-finite"; "out-of-range": periodBars
 *
 * Cost: O(n). Convention: matches TA-Lib ROC. Checked: golden/indicators.json.
 */
export function rateOfChange(values: Float64Array, periodBars: number): Float64Array {
  return overSeries(values, createRateOfChange(periodBars));
}

/**
 * Incremental form of rateOfChange.
 *
 * @param periodBars a whole number ≥ 1
 * @returns next finite value → its rate, percent, NaN for the first periodBars
 * @throws {InvalidInputError} "out-of-range": periodBars; the returned function "not-finite"
 *
 * Cost: O(periodBars) a bar.
 */
export function createRateOfChange(periodBars: number): Incremental<number, number> {
  requireWindow(periodBars, 1, "periodBars");
  const window = createSlidingWindow(periodBars + 1);
  return (value) => {
    const isFull = window.push(finite(value));
    const earlier = window.values[0]!;
    return isFull && earlier !== 0 ? 100 * (value / earlier - 1) : Number.NaN;
  };
}

import { InvalidInputError } from "../invalid-input-error.ts";

/**
 * Entry check of the length of a window.
 *
 * @param windowBars what the caller was given
 * @param lengthMin fewest bars that the caller can work with
 * @param name how the message calls it; windowBars unless told
 * @throws {InvalidInputError} "out-of-range": not a whole number ≥ lengthMin
 */
export function requireWindow(windowBars: number, lengthMin: number, name = "windowBars"): void {
  if (!(Number.isInteger(windowBars) && windowBars >= lengthMin)) {
    throw new InvalidInputError(
      "out-of-range",
      `${name} must be a whole number of at least ${lengthMin}`,
    );
  }
}

/**
 * One value for each full window of a history.
 *
 * Each window is worked out on its own, so that a value is the same to the bit whatever comes before
 * its window or after it.
 *
 * @param n bars of the history
 * @param windowBars bars of a window, ≥ 1
 * @param measure value of the window start ≤ i < end
 * @returns n values, element i that of the window ending at i; NaN before the first full window
 *
 * Cost: n times that of measure.
 */
export function overWindows(
  n: number,
  windowBars: number,
  measure: (start: number, end: number) => number,
): Float64Array {
  const result = new Float64Array(n).fill(Number.NaN);
  for (let end = windowBars; end <= n; end++) result[end - 1] = measure(end - windowBars, end);
  return result;
}

import type { Incremental } from "./incremental.ts";

/** Where an exponential average begins: at its first value, or at the mean of its first period. */
export type SmoothingSeed = "first-value" | "simple-mean";

/**
 * Exponential smoothing: an average that moves a fixed share of the way to each new value.
 *
 * sₜ = sₜ₋₁ + weight · (vₜ − sₜ₋₁), begun with the mean of the first seedBars values.
 *
 * @param options.weight in (0, 1]: 2 / (period + 1) for an EMA, 1 / period for Wilder's averages
 * @param options.seedBars a whole number ≥ 1
 * @returns next finite value → the average, NaN for the first seedBars − 1
 *
 * Cost: O(1) a bar.
 */
export function createExponentialSmoothing(options: {
  readonly weight: number;
  readonly seedBars: number;
}): Incremental<number, number> {
  const { weight, seedBars } = options;
  let count = 0;
  let sum = 0;
  let average = Number.NaN;
  return (value) => {
    count++;
    if (count > seedBars) average += weight * (value - average);
    else {
      sum += value;
      if (count === seedBars) average = sum / seedBars;
    }
    return average;
  };
}

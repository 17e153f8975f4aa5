import { InvalidInputError } from "../invalid-input-error.ts";
import { isRoundingNoise } from "../stats/is-rounding-noise.ts";
import { mean } from "../stats/mean.ts";

/**
 * A series less its mean, or less its line of best fit in time.
 *
 * @param series n ≥ 3 finite values
 * @param trend "c" mean, "ct" line
 * @returns n values of mean zero
 * @throws {InvalidInputError} "constant": nothing is left
 *
 * Cost: O(n).
 */
export function detrended(series: Float64Array, trend: "c" | "ct"): Float64Array {
  const n = series.length;
  const centre = mean(series);
  const middle = (n - 1) / 2;
  let slope = 0;
  if (trend === "ct") {
    let product = 0;
    for (let i = 0; i < n; i++) product += (i - middle) * (series[i]! - centre);
    // Σ (i − middle)² in closed form.
    slope = (12 * product) / (n * (n * n - 1));
  }
  const rest = series.map((value, i) => value - centre - slope * (i - middle));
  let squares = 0;
  for (const value of rest) squares += value * value;
  if (isRoundingNoise(squares, n, Math.abs(centre) + Math.abs(slope) * n)) {
    throw new InvalidInputError("constant", "the series does not vary about its mean or trend");
  }
  return rest;
}

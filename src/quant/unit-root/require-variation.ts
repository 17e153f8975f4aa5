import { InvalidInputError } from "../invalid-input-error.ts";
import { isRoundingNoise } from "../stats/is-rounding-noise.ts";
import { mean } from "../stats/mean.ts";

/**
 * Entry check of a unit-root test: a constant series neither wanders nor returns.
 *
 * @param series n ≥ 1 finite values
 * @throws {InvalidInputError} "constant": all values are equal but for rounding
 */
export function requireVariation(series: Float64Array): void {
  const centre = mean(series);
  let squares = 0;
  for (const value of series) squares += (value - centre) ** 2;
  if (isRoundingNoise(squares, series.length, centre)) {
    throw new InvalidInputError("constant", "the series is constant");
  }
}

import { requireAlignedSeries } from "../../stats/require-series.ts";

/** What a row of a regression costs: the square of its error, or its size. */
export type ErrorLoss = "squared" | "absolute";

/**
 * Losses of predicted numbers, row by row: their mean is the MSE or the MAE; tests compare models by them.
 *
 * @param actual n ≥ 1 values that came
 * @param predicted aligned with actual
 * @param loss (y − ŷ)² or |y − ŷ|: the mean minimises the first, the median the second
 * @returns one value ≥ 0 a row
 * @throws {InvalidInputError} "too-short", "length-mismatch", "not-finite"
 *
 * Cost: O(n).
 */
export function errorLosses(
  actual: Float64Array,
  predicted: Float64Array,
  loss: ErrorLoss,
): Float64Array {
  requireAlignedSeries(actual, predicted, 1, ["actual", "predicted"]);
  return actual.map((value, i) => {
    const error = value - predicted[i]!;
    return loss === "squared" ? error * error : Math.abs(error);
  });
}

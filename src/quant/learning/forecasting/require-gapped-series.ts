import { InvalidInputError } from "../../invalid-input-error.ts";

/**
 * Entry check of a series that may have gaps: every value is finite or NaN.
 *
 * @param series oldest first
 * @throws {InvalidInputError} "not-finite"; the message names the first bad index
 */
export function requireGappedSeries(series: Float64Array): void {
  for (let t = 0; t < series.length; t++) {
    if (Math.abs(series[t]!) === Number.POSITIVE_INFINITY) {
      throw new InvalidInputError("not-finite", `the series is infinite at index ${t}`);
    }
  }
}

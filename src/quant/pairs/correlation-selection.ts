import { InvalidInputError } from "../invalid-input-error.ts";
import { dotProduct } from "../linalg/dot-product.ts";
import { isRoundingNoise } from "../stats/is-rounding-noise.ts";
import { mean } from "../stats/mean.ts";
import { requireSeries } from "../stats/require-series.ts";
import type { SelectedPair } from "./distance-selection.ts";

/**
 * Correlation selection: the pairs whose series move most alike, the other baseline.
 *
 * @param series of equal length, finite, oldest first: returns, or price levels as the traditional
 *   strategy of published results took them
 * @param count most pairs to return
 * @returns pairs by descending Pearson correlation; a constant series makes none
 * @throws {InvalidInputError} "length-mismatch", "not-finite"
 *
 * Cost: O(n p²), one product a pair. Checked: against correlation in the test.
 */
export function correlationSelection(
  series: readonly Float64Array[],
  count: number,
): SelectedPair[] {
  const standard = series.map((values) => standardised(values, series[0]!.length));
  const pairs: SelectedPair[] = [];
  for (let i = 0; i < standard.length; i++) {
    for (let j = i + 1; j < standard.length; j++) {
      const left = standard[i]!;
      const right = standard[j]!;
      if (left === null || right === null) continue;
      // Rounding may carry two identical series a unit in the last place beyond one.
      const value = Math.max(-1, Math.min(1, dotProduct(left, right)));
      pairs.push({ first: i, second: j, value });
    }
  }
  return pairs.sort((a, b) => b.value - a.value).slice(0, count);
}

/** Of mean zero and length one; null for a series that does not vary. */
function standardised(values: Float64Array, length: number): Float64Array | null {
  if (values.length !== length) {
    throw new InvalidInputError("length-mismatch", "the series differ in length");
  }
  requireSeries(values, { name: "a series", lengthMin: 0 });
  const centre = mean(values);
  const deviations = values.map((value) => value - centre);
  const squares = dotProduct(deviations, deviations);
  if (isRoundingNoise(squares, length, centre)) return null;
  const size = Math.sqrt(squares);
  return deviations.map((deviation) => deviation / size);
}

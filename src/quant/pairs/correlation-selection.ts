import { correlation } from "../stats/correlation.ts";
import { answerOrNull } from "./candidate-figures.ts";
import type { SelectedPair } from "./distance-selection.ts";

/**
 * Correlation selection: the pairs whose series move most alike, the other baseline.
 *
 * @param series of equal length, finite, oldest first: returns, or price levels as the traditional
 *   strategy of published results took them
 * @param count most pairs to return
 * @returns pairs by descending Pearson correlation; a constant series makes none
 *
 * Cost: O(n p²).
 */
export function correlationSelection(
  series: readonly Float64Array[],
  count: number,
): SelectedPair[] {
  const pairs: SelectedPair[] = [];
  for (let i = 0; i < series.length; i++) {
    for (let j = i + 1; j < series.length; j++) {
      const value = answerOrNull(() => correlation(series[i]!, series[j]!));
      if (value !== null) pairs.push({ first: i, second: j, value });
    }
  }
  return pairs.sort((a, b) => b.value - a.value).slice(0, count);
}

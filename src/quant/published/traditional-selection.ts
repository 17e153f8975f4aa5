import { correlationSelection } from "../pairs/correlation-selection.ts";
import type { SelectedPair } from "../pairs/distance-selection.ts";

/** As many pairs as the funnel of the same study left, so that both can be compared. */
export const TRADITIONAL_PAIRS = 19;

/**
 * Selection of the traditional strategy as published: the pairs whose price levels are most correlated.
 *
 * Reads the formation period only, if the caller hands in no other. Levels of prices that trend are
 * correlated whether they belong together or not, which is why this is a baseline and no test.
 *
 * @param closes p series of the formation period, of equal length and without a gap, in the order of the
 *   published columns
 * @param count most pairs
 * @returns pairs by descending correlation; first is leg X, second is leg Y
 * @throws {InvalidInputError} "length-mismatch", "not-finite"
 *
 * Cost: O(n p²). Checked: the 19 published pairs in their order in real-data.test.ts.
 */
export function traditionalSelection(
  closes: readonly Float64Array[],
  count: number = TRADITIONAL_PAIRS,
): SelectedPair[] {
  return correlationSelection(closes, count);
}

import { type ClassPredictions, classProbabilities } from "./class-predictions.ts";

/**
 * Rows in the order of their scores, told as counts: all that ranking scores look at, so that they are
 * counted again, not sorted again, for redrawn rows.
 */
export type RankedScores = {
  /** Of each row 2 r, r the place of its score among the distinct ones, 0 the highest; + 1 if positive. */
  readonly codes: Int32Array;
  /** Distinct scores, highest first. */
  readonly thresholds: Float64Array;
};

/**
 * Ranked scores: one class against the rest, by how probable it was said to be.
 *
 * @param predictions n ≥ 1 rows
 * @param positive the class that counts as positive
 * @returns codes and thresholds; equal scores share a threshold
 * @throws {InvalidInputError} "out-of-range": there is no such class
 *
 * Cost: O(n log n).
 */
export function rankedScores(predictions: ClassPredictions, positive: number): RankedScores {
  const scores = classProbabilities(predictions, positive);
  const thresholds = distinctDescending(scores);
  const codes = new Int32Array(scores.length);
  for (let i = 0; i < scores.length; i++) {
    const rank = placeOf(thresholds, scores[i]!);
    codes[i] = 2 * rank + (predictions.actual[i] === positive ? 1 : 0);
  }
  return { codes, thresholds };
}

/**
 * Counts of negatives and positives at each distinct score.
 *
 * @param ranked of rankedScores
 * @returns 2 a threshold, highest first: negatives, then positives
 *
 * Cost: O(n).
 */
export function rankCounts({ codes, thresholds }: RankedScores): Int32Array {
  const counts = new Int32Array(2 * thresholds.length);
  for (let i = 0; i < codes.length; i++) counts[codes[i]!]! += 1;
  return counts;
}

/**
 * Counts of redrawn rows, as rankCounts.
 *
 * @param ranked of rankedScores
 * @param places rows that were drawn
 * @param counts written to; 2 a threshold
 *
 * Cost: O(places + thresholds).
 */
export function countRanksAt(
  { codes }: RankedScores,
  places: Int32Array,
  counts: Int32Array,
): void {
  counts.fill(0);
  for (let i = 0; i < places.length; i++) counts[codes[places[i]!]!]! += 1;
}

function distinctDescending(scores: Float64Array): Float64Array {
  const sorted = scores.slice().sort().reverse();
  let distinct = 0;
  for (let i = 0; i < sorted.length; i++) {
    if (i > 0 && sorted[i] === sorted[i - 1]) continue;
    sorted[distinct] = sorted[i]!;
    distinct += 1;
  }
  return sorted.slice(0, distinct);
}

/** Place of a value that is among the descending ones. */
function placeOf(descending: Float64Array, value: number): number {
  let low = 0;
  let high = descending.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (descending[middle]! > value) low = middle + 1;
    else high = middle;
  }
  return low;
}

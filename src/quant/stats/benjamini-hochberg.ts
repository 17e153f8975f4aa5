import { InvalidInputError } from "../invalid-input-error.ts";

/**
 * Benjamini–Hochberg q-values: p-values adjusted for how many tests were made.
 *
 * Of the tests with q ≤ level, the expected share of false discoveries is at most level, for
 * independent or positively dependent tests. q₍ᵢ₎ = min over j ≥ i of m p₍ⱼ₎ / j, at most 1.
 *
 * @param pValues m p-values in [0, 1], any order; a test that was refused is left out by the caller
 * @returns m q-values in [0, 1], in the order of pValues
 * @throws {InvalidInputError} "out-of-range": a p-value is not in [0, 1]
 *
 * Cost: O(m log m). Convention: matches statsmodels multipletests(method="fdr_bh").
 * Source: Benjamini and Hochberg (1995). Checked: golden/clustering.json.
 */
export function benjaminiHochberg(pValues: Float64Array): Float64Array {
  const m = pValues.length;
  for (let i = 0; i < m; i++) {
    const p = pValues[i]!;
    if (!(p >= 0 && p <= 1)) {
      throw new InvalidInputError("out-of-range", `the p-value at index ${i} is not in [0, 1]`);
    }
  }
  const order = Uint32Array.from({ length: m }, (_, i) => i).sort(
    (i, j) => pValues[i]! - pValues[j]!,
  );
  const qValues = new Float64Array(m);
  let smallest = 1;
  for (let rank = m; rank >= 1; rank--) {
    const index = order[rank - 1]!;
    // p / (rank / m), not p · m / rank: the same rounding as the reference, so ties stay ties.
    smallest = Math.min(smallest, pValues[index]! / (rank / m));
    qValues[index] = smallest;
  }
  return qValues;
}

/**
 * How many tests are rejected at a level.
 *
 * @param qValues p- or q-values
 * @param level significance level, a fraction such as 0.05
 * @returns the count of values ≤ level
 */
export function rejectionCount(qValues: Float64Array, level: number): number {
  let count = 0;
  for (const q of qValues) if (q <= level) count++;
  return count;
}

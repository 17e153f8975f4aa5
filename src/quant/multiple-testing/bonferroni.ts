import { requirePValues } from "./require-p-values.ts";

/**
 * Bonferroni-adjusted p-values: the chance of even one false rejection among all tests.
 *
 * m p, at most 1. Holds for any dependence of the tests; Holm rejects at least as many.
 *
 * @param pValues m p-values in [0, 1], any order
 * @returns m adjusted p-values in [0, 1], in the order of pValues
 * @throws {InvalidInputError} "out-of-range": a p-value is not in [0, 1]
 *
 * Cost: O(m). Convention: matches statsmodels multipletests(method="bonferroni").
 * Source: Dunn (1961). Checked: golden/clustering.json.
 */
export function bonferroni(pValues: Float64Array): Float64Array {
  requirePValues(pValues);
  const m = pValues.length;
  return pValues.map((p) => Math.min(1, p * m));
}

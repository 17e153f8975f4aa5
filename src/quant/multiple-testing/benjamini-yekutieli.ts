import { benjaminiHochberg } from "../stats/benjamini-hochberg.ts";

/**
 * Benjamini–Yekutieli q-values: the false discovery rate under any dependence of the tests.
 *
 * Benjamini–Hochberg's times Σ 1/i, i = 1 … m, at most 1. Pairs of a scan share their legs, so their
 * tests depend on each other; this is the bound that needs no assumption about how.
 *
 * @param pValues m p-values in [0, 1], any order
 * @returns m q-values in [0, 1], in the order of pValues
 * @throws {InvalidInputError} "out-of-range": a p-value is not in [0, 1]
 *
 * Cost: O(m log m). Convention: matches statsmodels multipletests(method="fdr_by").
 * Source: Benjamini and Yekutieli (2001), theorem 1.3. Checked: golden/clustering.json.
 */
export function benjaminiYekutieli(pValues: Float64Array): Float64Array {
  let harmonic = 0;
  for (let i = pValues.length; i >= 1; i--) harmonic += 1 / i;
  return benjaminiHochberg(pValues).map((q) => Math.min(1, q * harmonic));
}

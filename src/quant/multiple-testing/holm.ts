import { requirePValues } from "./require-p-values.ts";

/**
 * Holm-adjusted p-values: the chance of even one false rejection, without Bonferroni's waste.
 *
 * Of the ascending p₍ᵢ₎ the adjusted is max over j ≤ i of (m − j + 1) p₍ⱼ₎, at most 1. Holds for any
 * dependence of the tests.
 *
 * @param pValues m p-values in [0, 1], any order
 * @returns m adjusted p-values in [0, 1], in the order of pValues
 * @throws {InvalidInputError} "out-of-range": a p-value is not in [0, 1]
 *
 * Cost: O(m log m). Convention: matches statsmodels multipletests(method="holm").
 * Source: Holm (1979). Checked: golden/clustering.json.
 */
export function holm(pValues: Float64Array): Float64Array {
  requirePValues(pValues);
  const m = pValues.length;
  const order = Uint32Array.from({ length: m }, (_, i) => i).sort(
    (i, j) => pValues[i]! - pValues[j]!,
  );
  const adjusted = new Float64Array(m);
  let largest = 0;
  order.forEach((index, rank) => {
    largest = Math.max(largest, Math.min(1, pValues[index]! * (m - rank)));
    adjusted[index] = largest;
  });
  return adjusted;
}

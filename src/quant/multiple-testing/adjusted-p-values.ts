import { benjaminiHochberg } from "../stats/benjamini-hochberg.ts";
import { benjaminiYekutieli } from "./benjamini-yekutieli.ts";
import { bonferroni } from "./bonferroni.ts";
import { holm } from "./holm.ts";

const ADJUSTMENTS = {
  bonferroni,
  holm,
  "benjamini-hochberg": benjaminiHochberg,
  "benjamini-yekutieli": benjaminiYekutieli,
} as const;

/** How p-values are adjusted: the first two bound any false rejection, the others their share. */
export type PValueAdjustment = keyof typeof ADJUSTMENTS;

/**
 * Adjusted p-values by the name of the method.
 *
 * @param pValues m p-values in [0, 1], any order
 * @param method see PValueAdjustment
 * @returns m values in [0, 1], in the order of pValues
 * @throws {InvalidInputError} "out-of-range": a p-value is not in [0, 1]
 *
 * Cost: O(m log m).
 */
export function adjustedPValues(pValues: Float64Array, method: PValueAdjustment): Float64Array {
  return ADJUSTMENTS[method](pValues);
}

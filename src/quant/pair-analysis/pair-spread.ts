import type { HedgeFit } from "./hedge-fit.ts";

/**
 * Spread of a pair with the line of each bar: yₜ − αₜ − βₜ xₜ.
 *
 * @param y n finite values, oldest first
 * @param x n finite values, aligned with y
 * @param fit see hedgeFit
 * @returns one value a bar, unit of y; NaN before the first line
 *
 * Cost: O(n).
 */
export function pairSpread(
  y: Float64Array,
  x: Float64Array,
  { path }: Pick<HedgeFit, "path">,
): Float64Array {
  const { intercept, hedgeRatio } = path;
  const spread = new Float64Array(y.length);
  for (let t = 0; t < y.length; t++) spread[t] = y[t]! - intercept[t]! - hedgeRatio[t]! * x[t]!;
  return spread;
}

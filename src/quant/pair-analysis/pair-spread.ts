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
export function pairSpread(y: Float64Array, x: Float64Array, { path }: HedgeFit): Float64Array {
  return y.map((value, t) => value - path.intercept[t]! - path.hedgeRatio[t]! * x[t]!);
}

import { mean } from "../stats/mean.ts";
import { requireSeries } from "../stats/require-series.ts";

/**
 * Mean crossings: how often a series passes from one side of its mean to the other.
 *
 * Sign changes of x − mean(x); a value on the mean belongs to neither side and is passed over.
 *
 * @param series n ≥ 2 finite values, oldest first, any unit
 * @param options.compat "thesis" counts a bar i < n − 1 where d(i) d(i+1) < 0 or d(i) = 0, as the
 *   preset of that name does: a value on the mean counts by itself
 * @returns a count, 0 … n − 1
 * @throws {InvalidInputError} n < 2 or a value is not finite
 *
 * Cost: O(n). Checked: golden/mean-reversion.json.
 */
export function meanCrossings(
  series: Float64Array,
  options: { readonly compat?: "thesis" } = {},
): number {
  requireSeries(series, { name: "series", lengthMin: 2 });
  const centre = mean(series);
  const deviations = series.map((value) => value - centre);
  return options.compat === "thesis" ? thesisCrossings(deviations) : signChanges(deviations);
}

function signChanges(deviations: Float64Array): number {
  let side = 0;
  let count = 0;
  for (const deviation of deviations) {
    const sign = Math.sign(deviation);
    if (sign === 0) continue;
    if (sign === -side) count++;
    side = sign;
  }
  return count;
}

function thesisCrossings(deviations: Float64Array): number {
  let count = 0;
  for (let i = 0; i + 1 < deviations.length; i++) {
    if (deviations[i]! * deviations[i + 1]! < 0 || deviations[i] === 0) count++;
  }
  return count;
}

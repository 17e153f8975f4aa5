import { InvalidInputError } from "../../invalid-input-error.ts";
import { requireAlignedSeries } from "../../stats/require-series.ts";

/** How often a predicted change had the right sign. */
export type DirectionalAccuracy = {
  /** Share of the calls whose sign came true, in [0, 1]; null without a call. */
  readonly share: number | null;
  /** Rows for which a change was predicted. */
  readonly callCount: number;
};

/**
 * Directional accuracy: how often the predicted change from the last value known has the sign of the
 * change that came.
 *
 * sign(ŷ − last) against sign(y − last). A row that predicts no change is no call; a change that did not
 * come is a miss, as in trendAccuracy.
 *
 * @param actual n ≥ 1 values that came
 * @param predicted aligned with actual
 * @param lastValues the last value known when the row was predicted; zeros of a target that is a change
 * @returns share and number of calls
 * @throws {InvalidInputError} "too-short", "length-mismatch", "not-finite"
 *
 * Cost: O(n).
 */
export function directionalAccuracy(
  actual: Float64Array,
  predicted: Float64Array,
  lastValues: Float64Array,
): DirectionalAccuracy {
  const calls = directionHits(actual, predicted, lastValues).filter((hit) => !Number.isNaN(hit));
  const hits = calls.reduce((sum, hit) => sum + hit, 0);
  return { share: calls.length === 0 ? null : hits / calls.length, callCount: calls.length };
}

/**
 * Direction hits: of every row whether the predicted change had the sign of the change that came.
 *
 * @param actual, predicted, lastValues as directionalAccuracy
 * @returns 1 or 0 of a call, NaN of none
 * @throws {InvalidInputError} as directionalAccuracy
 *
 * Cost: O(n).
 */
export function directionHits(
  actual: Float64Array,
  predicted: Float64Array,
  lastValues: Float64Array,
): Float64Array {
  requireAlignedSeries(actual, predicted, 1, ["actual", "predicted"]);
  if (lastValues.length !== actual.length) {
    throw new InvalidInputError("length-mismatch", "each row needs the last value known");
  }
  return actual.map((value, i) => {
    const call = Math.sign(predicted[i]! - lastValues[i]!);
    if (Number.isNaN(call)) throw new InvalidInputError("not-finite", "a last value is missing");
    if (call === 0) return Number.NaN;
    return Math.sign(value - lastValues[i]!) === call ? 1 : 0;
  });
}

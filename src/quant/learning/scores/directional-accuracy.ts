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
  requireAlignedSeries(actual, predicted, 1, ["actual", "predicted"]);
  if (lastValues.length !== actual.length) {
    throw new InvalidInputError("length-mismatch", "each row needs the last value known");
  }
  let callCount = 0;
  let hits = 0;
  for (let i = 0; i < actual.length; i++) {
    const call = Math.sign(predicted[i]! - lastValues[i]!);
    if (Number.isNaN(call)) throw new InvalidInputError("not-finite", "a last value is missing");
    if (call === 0) continue;
    callCount += 1;
    if (Math.sign(actual[i]! - lastValues[i]!) === call) hits += 1;
  }
  return { share: callCount === 0 ? null : hits / callCount, callCount };
}

import { type InvalidInputCode, InvalidInputError } from "../invalid-input-error.ts";
import { type HalfLife, halfLife } from "../mean-reversion/half-life.ts";
import { correlation } from "../stats/correlation.ts";
import { differences } from "../stats/differences.ts";
import { type EngleGranger, type EngleGrangerOptions, engleGranger } from "./engle-granger.ts";

/** An Engle–Granger test without its spread: what a table of pairs keeps of one direction. */
export type DirectionResult = Omit<EngleGranger, "residuals">;

/** What a scan says about one pair: its figures, or why there are none. */
export type PairScreen =
  | {
      readonly kind: "tested";
      /** The test of y on x; its hedge ratio and intercept define the spread of the pair. */
      readonly yOnX: DirectionResult;
      /** The test of x on y: the test is not symmetric. */
      readonly xOnY: DirectionResult;
      /** Half-life of the spread of yOnX. */
      readonly halfLife: HalfLife;
      /** Pearson correlation of the log returns, in [−1, 1]. */
      readonly returnsCorrelation: number;
      readonly observations: number;
    }
  | { readonly kind: "refused"; readonly reason: InvalidInputCode; readonly message: string };

/**
 * Pair screen: everything that one row of a scan shows.
 *
 * A pair without an answer (too short, constant, collinear …) is refused with a reason, so that one
 * bad symbol does not end a scan.
 *
 * @param logY natural-log prices of leg Y, n ≥ 30, oldest first
 * @param logX natural-log prices of leg X, aligned with logY
 * @param options how both Engle–Granger tests are made
 * @returns "tested" with both directions, half-life and correlation, or "refused"
 *
 * Cost: O(n · lags). Checked: golden/engle-granger.json through its parts.
 */
export function screenPair(
  logY: Float64Array,
  logX: Float64Array,
  options: EngleGrangerOptions = {},
): PairScreen {
  try {
    const { residuals, ...yOnX } = engleGranger(logY, logX, options);
    const { residuals: _, ...xOnY } = engleGranger(logX, logY, options);
    return {
      kind: "tested",
      yOnX,
      xOnY,
      halfLife: halfLife(residuals),
      returnsCorrelation: correlation(differences(logY), differences(logX)),
      observations: logY.length,
    };
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    return { kind: "refused", reason: error.code, message: error.message };
  }
}

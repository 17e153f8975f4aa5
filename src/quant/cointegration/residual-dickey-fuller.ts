import type { DickeyFullerRegression } from "./adf.ts";
import { dickeyFullerRegression } from "./adf.ts";
import { dickeyFullerFromMoments } from "./dickey-fuller-from-moments.ts";
import type { LagOption } from "./lag-selection.ts";

/**
 * Dickey–Fuller regression without deterministic terms, from moments: the inner loop of a scan.
 *
 * The same answer as dickeyFullerRegression(residuals, "n", lags), to which it falls back where the
 * moments would lose digits.
 *
 * @param residuals n finite values, oldest first, of mean zero, not constant
 * @param lags number of lagged differences, or the criterion that selects it
 * @returns statistic, coefficient and standard error of the level, lags, observations
 * @throws {InvalidInputError} "too-short", "out-of-range", "constant" or "collinear"
 *
 * Cost: O(n · lags + lags³). Checked: against dickeyFullerRegression in the test.
 */
export function residualDickeyFuller(
  residuals: Float64Array,
  lags: LagOption,
): DickeyFullerRegression {
  return (
    dickeyFullerFromMoments(residuals, lags, "n") ?? dickeyFullerRegression(residuals, "n", lags)
  );
}

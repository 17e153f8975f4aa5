import type { EngleGrangerOptions } from "#quant/cointegration/engle-granger.ts";
import { type PairScreen, screenPair } from "#quant/cointegration/pair-screen.ts";

/** Why a pair was not tested. "no-common-bars": the legs never traded at the same time. */
export type PairRefusal = Extract<PairScreen, { kind: "refused" }>["reason"] | "no-common-bars";

/** A pair's screen over the bars that both legs have, and how many these are. */
export type ScreenedPair = {
  readonly observations: number;
  readonly screen: PairScreen | { readonly kind: "refused"; readonly reason: "no-common-bars" };
};

/**
 * Screens pairs of instruments on a common grid of time.
 *
 * @param grid.logCloses log closes, instrument by instrument, NaN where there is no bar
 * @param pairs rows of the grid: y and x of each pair in turn
 */
export function screenPairs(
  grid: { readonly logCloses: Float64Array; readonly length: number },
  pairs: Uint32Array,
  options: EngleGrangerOptions,
): ScreenedPair[] {
  const rowOf = (row: number) =>
    grid.logCloses.subarray(row * grid.length, (row + 1) * grid.length);
  const screened: ScreenedPair[] = [];
  for (let i = 0; i + 1 < pairs.length; i += 2) {
    const common = commonBars(rowOf(pairs[i] ?? 0), rowOf(pairs[i + 1] ?? 0));
    const observations = common.y.length;
    screened.push({
      observations,
      screen:
        observations === 0
          ? { kind: "refused", reason: "no-common-bars" }
          : screenPair(common.y, common.x, options),
    });
  }
  return screened;
}

/** The inner join: a bar that one leg lacks is left out of both, never filled. */
function commonBars(
  y: Float64Array,
  x: Float64Array,
): { readonly y: Float64Array; readonly x: Float64Array } {
  const commonY = new Float64Array(y.length);
  const commonX = new Float64Array(y.length);
  let n = 0;
  for (let t = 0; t < y.length; t++) {
    const valueY = y[t] ?? Number.NaN;
    const valueX = x[t] ?? Number.NaN;
    if (Number.isNaN(valueY) || Number.isNaN(valueX)) continue;
    commonY[n] = valueY;
    commonX[n] = valueX;
    n += 1;
  }
  return { y: commonY.subarray(0, n), x: commonX.subarray(0, n) };
}

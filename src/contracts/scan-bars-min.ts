import { ENGLE_GRANGER_BARS_MIN } from "#quant/cointegration/engle-granger.ts";
import type { ScanConfig } from "./scan.ts";

type Test = Pick<ScanConfig, "lags" | "funnel">;

/**
 * Fewest bars with which the test of a scan can say anything: every lag takes a bar and a coefficient, one
 * degree of freedom must be left, and Engle–Granger p-values are not stated below their own least.
 */
export function scanBarsMin({ lags, funnel }: Test): number {
  const fixed = lags.kind === "fixed" ? lags.lags : 0;
  return funnel?.test.kind === "naive"
    ? 2 * fixed + 4
    : Math.max(ENGLE_GRANGER_BARS_MIN, 2 * fixed + 3);
}

/**
 * What is wrong with a formation period of so many bars; undefined when nothing is.
 *
 * @param bars of the window, or those that it really has
 */
export function tooFewBarsMessage(bars: number, test: Test): string | undefined {
  const least = scanBarsMin(test);
  if (bars >= least) return undefined;
  return `The window has ${bars === 1 ? "1 bar" : `${bars} bars`}; this test needs at least ${least}`;
}

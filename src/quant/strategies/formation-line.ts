import { answered } from "../pair-analysis/answered.ts";
import { type SimpleOls, simpleOls } from "../stats/ols.ts";
import type { FitOutcome, FormationBars } from "./strategy.ts";

/** Whether a pair is fitted on natural logarithms of its prices or on the prices. */
export type PriceForm = "log" | "level";

/** Fewest bars of a line; below, it says nothing: the house minimum of a regression. */
export const FORMATION_BARS_MIN = 30;

/** Legs with 1 − R² below this are one instrument twice; see fitPairFormation. */
const UNEXPLAINED_MIN = 1.5e-6;

/**
 * Price as a pair is fitted on it.
 *
 * @param prices log or level
 * @param close a price; NaN at a gap
 * @returns finite, or NaN where there is no price (or, on logs, none that is positive)
 */
export function priceIn(prices: PriceForm, close: number): number {
  if (prices === "level") return Number.isFinite(close) ? close : Number.NaN;
  return close > 0 && close < Number.POSITIVE_INFINITY ? Math.log(close) : Number.NaN;
}

/**
 * Formation line: leg Y on leg X by least squares over the bars that both legs have.
 *
 * @param formation bars of two instruments, leg Y first
 * @param prices log or level
 * @returns the regression with its residuals, or the reason why there is none
 *
 * Cost: O(n). Convention: matches statsmodels OLS(y, [1, x]).
 */
export function formationLine(formation: FormationBars, prices: PriceForm): FitOutcome<SimpleOls> {
  const [legY, legX] = formation.instruments;
  const y: number[] = [];
  const x: number[] = [];
  for (let i = 0; i < formation.openTimeMs.length; i++) {
    const priceY = priceIn(prices, legY?.close[i] ?? Number.NaN);
    const priceX = priceIn(prices, legX?.close[i] ?? Number.NaN);
    if (Number.isNaN(priceY) || Number.isNaN(priceX)) continue;
    y.push(priceY);
    x.push(priceX);
  }
  if (y.length < FORMATION_BARS_MIN) {
    return refused("too-short", `${y.length} common formation bars, ${FORMATION_BARS_MIN} needed`);
  }
  return lineOf(Float64Array.from(y), Float64Array.from(x));
}

function lineOf(y: Float64Array, x: Float64Array): FitOutcome<SimpleOls> {
  // Lengths and finiteness hold by construction: only a leg that stands still is refused.
  const { value: line } = answered(() => simpleOls(y, x));
  if (line === null) return refused("constant", "over the formation bars a leg stands still");
  if (1 - line.rSquared < UNEXPLAINED_MIN) {
    return refused("collinear", "over the formation bars the legs are one instrument twice");
  }
  return { kind: "fitted", fit: line };
}

function refused(
  code: "too-short" | "collinear" | "constant",
  message: string,
): FitOutcome<SimpleOls> {
  return { kind: "refused", code, message };
}

import { simpleReturns } from "../performance/simple-returns.ts";
import { completePrices } from "./complete-prices.ts";
import { correlationSelection } from "./correlation-selection.ts";
import { distanceSelection, type SelectedPair } from "./distance-selection.ts";

/** How the literature's baselines choose pairs, without a test. */
export const BASELINE_KINDS = ["distance", "correlation"] as const;
export type BaselineKind = (typeof BASELINE_KINDS)[number];

/** Fewest common bars on which a baseline means anything. */
const BARS_MIN = 30;

/**
 * Baseline selection: the pairs that a method without a test would trade.
 *
 * "distance": smallest Σ (p/p₀ − q/q₀)²; "correlation": largest correlation of simple returns. Both over
 * the bars that all series have, so that the pairs can be compared.
 *
 * @param prices p ≥ 2 series of positive prices on a common axis, NaN where there is none
 * @param options.kind see BASELINE_KINDS
 * @param options.count most pairs to return
 * @returns pairs of places in prices, first < second, the best first
 * @throws {InvalidInputError} "too-short": fewer than 30 common bars
 *
 * Cost: O(n p²).
 */
export function baselineSelection(
  prices: readonly Float64Array[],
  options: { readonly kind: BaselineKind; readonly count: number },
): SelectedPair[] {
  const { kind, count } = options;
  const complete = completePrices(prices, BARS_MIN);
  return kind === "distance"
    ? distanceSelection(complete, count)
    : correlationSelection(
        complete.map((series) => simpleReturns(series.subarray(1), series[0]!)),
        count,
      );
}

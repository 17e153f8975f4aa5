import { augmentedDickeyFuller } from "../cointegration/adf.ts";
import { fastAugmentedDickeyFuller } from "../cointegration/fast-adf.ts";
import type { LagOption } from "../cointegration/lag-selection.ts";
import type { InvalidInputCode } from "../invalid-input-error.ts";
import { InvalidInputError } from "../invalid-input-error.ts";
import { differences } from "../stats/differences.ts";

/** What the unit-root check of one leg says; only "one" makes a leg of a cointegrated pair. */
export type IntegrationOrder =
  | { readonly kind: "one" }
  | { readonly kind: "zero" }
  | { readonly kind: "two" }
  | { readonly kind: "refused"; readonly reason: InvalidInputCode };

const SIGNIFICANCE = 0.05;

/** A p-value this near to the significance is computed with care: the fast test agrees to eight digits. */
const CARE = 1e-6;

/**
 * Integration order of a price: a random walk (one), stationary (zero), or a walk of walks (two).
 *
 * ADF with a constant at 5 %: "zero" where it rejects a unit root of the price, "two" where it does not
 * reject one of the change. The fast test decides where its digits suffice, so that the answer is that of
 * augmentedDickeyFuller.
 *
 * @param price n finite values, oldest first
 * @param options.lags AIC by default
 * @returns the order, or why there is no answer
 *
 * Cost: O(n · lags + lags³). Source: Engle and Granger (1987): both legs must be I(1).
 */
export function integrationOrder(
  price: Float64Array,
  options: { readonly lags?: LagOption } = {},
): IntegrationOrder {
  const { lags = { kind: "aic" } } = options;
  try {
    if (isStationary(price, lags)) return { kind: "zero" };
    return { kind: isStationary(differences(price), lags) ? "one" : "two" };
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    return { kind: "refused", reason: error.code };
  }
}

function isStationary(series: Float64Array, lags: LagOption): boolean {
  const { pValue } = fastAugmentedDickeyFuller(series, lags);
  const isClear = Math.abs(pValue - SIGNIFICANCE) > CARE;
  return (isClear ? pValue : augmentedDickeyFuller(series, { lags }).pValue) < SIGNIFICANCE;
}

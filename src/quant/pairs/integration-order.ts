import { augmentedDickeyFuller } from "../cointegration/adf.ts";
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

/**
 * Integration order of a price: a random walk (one), stationary (zero), or a walk of walks (two).
 *
 * ADF with a constant at 5 %: "zero" where it rejects a unit root of the price, "two" where it does not
 * reject one of the change.
 *
 * @param price n finite values, oldest first
 * @param options.lags AIC by default
 * @returns the order, or why there is no answer
 *
 * Cost: O(n · lags²). Source: Engle and Granger (1987): both legs must be I(1).
 */
export function integrationOrder(
  price: Float64Array,
  options: { readonly lags?: LagOption } = {},
): IntegrationOrder {
  try {
    if (augmentedDickeyFuller(price, options).pValue < SIGNIFICANCE) return { kind: "zero" };
    const change = augmentedDickeyFuller(differences(price), options);
    return { kind: change.pValue < SIGNIFICANCE ? "one" : "two" };
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    return { kind: "refused", reason: error.code };
  }
}

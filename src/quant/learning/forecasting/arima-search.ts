import { InvalidInputError } from "../../invalid-input-error.ts";
import { requireSeries } from "../../stats/require-series.ts";
import { requireVariation } from "../../unit-root/require-variation.ts";
import { type ArimaModel, type ArimaRefusal, fitArima } from "./arima.ts";
import { firstValueLogDensity } from "./arima-forecasts.ts";
import { type ArimaOrder, arimaBarsMin } from "./arima-order.ts";

/** Which orders are tried, and how they are compared. */
export type ArimaSearchSettings = {
  /** p and q in 0 … orderMax, itself in 0 … 5. */
  readonly orderMax: number;
  /** Values of d, each 0 or 1. */
  readonly differences: readonly ArimaOrder["d"][];
  /**
   * "own-values": the AIC of each model on its own values, as published comparisons do, although the
   * differences are one fewer; "common-values": the likelihood of the first value is taken off where d = 0,
   * so that all models are judged on the same bars given the first.
   */
  readonly comparison: "own-values" | "common-values";
};

/** An order that was tried. */
export type ArimaCandidate = {
  readonly order: ArimaOrder;
  /** As compared; null where there is no model. */
  readonly aic: number | null;
  /** Why there is none. */
  readonly refusal: ArimaRefusal | null;
};

/** The model chosen, and all that were tried. */
export type ArimaSearch = {
  /** Null where no order has a model. */
  readonly model: ArimaModel | null;
  readonly candidates: readonly ArimaCandidate[];
};

const ORDER_MAX = 5;

/**
 * ARIMA model by AIC: the order that is worth its coefficients.
 *
 * The least AIC of all p, q and d; the first among equals, d first, then p, then q.
 *
 * @param series n ≥ 30 + 4 orderMax finite values, oldest first, not constant
 * @param settings see ArimaSearchSettings
 * @param onProgress called at every evaluation of a likelihood with the share done; throws to cancel
 * @returns the model and the candidates
 * @throws {InvalidInputError} "too-short", "not-finite", "constant"; "out-of-range": settings
 *
 * Cost: |differences| (orderMax + 1)² fits. Source: Akaike (1974).
 */
export function arimaByAic(
  series: Float64Array,
  settings: ArimaSearchSettings,
  onProgress: (share: number) => void = () => undefined,
): ArimaSearch {
  const { comparison } = settings;
  const orders = ordersOf(settings);
  requireSeries(series, { name: "series", lengthMin: arimaBarsMin(orders[orders.length - 1]!) });
  requireVariation(series);
  const candidates: ArimaCandidate[] = [];
  let model: ArimaModel | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const [done, order] of orders.entries()) {
    const fit = fitArima(series, order, {
      onProgress: (share) => onProgress((done + share) / orders.length),
    });
    if (fit.kind === "refused") {
      candidates.push({ order, aic: null, refusal: fit.reason });
      continue;
    }
    const aic = comparison === "own-values" ? fit.model.aic : commonAic(fit.model, series[0]!);
    candidates.push({ order, aic, refusal: null });
    if (aic < least) {
      least = aic;
      model = fit.model;
    }
  }
  onProgress(1);
  return { model, candidates };
}

/** AIC of the values after the first, given the first. */
function commonAic(model: ArimaModel, first: number): number {
  return model.order.d === 1 ? model.aic : model.aic + 2 * firstValueLogDensity(model, first);
}

function ordersOf({ orderMax, differences }: ArimaSearchSettings): readonly ArimaOrder[] {
  if (!(Number.isInteger(orderMax) && orderMax >= 0 && orderMax <= ORDER_MAX)) {
    throw new InvalidInputError(
      "out-of-range",
      `orderMax must be a whole number in 0 … ${ORDER_MAX}`,
    );
  }
  if (differences.length === 0) throw new InvalidInputError("out-of-range", "there is no d to try");
  const lags = Array.from({ length: orderMax + 1 }, (_, lag) => lag);
  return differences.flatMap((d) => lags.flatMap((p) => lags.map((q) => ({ p, d, q }))));
}

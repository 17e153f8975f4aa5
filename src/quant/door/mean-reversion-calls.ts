import {
  bertramReturnThresholds,
  bertramSharpeThresholds,
} from "../mean-reversion/bertram-thresholds.ts";
import { halfLife } from "../mean-reversion/half-life.ts";
import { halfLifeFromZero } from "../mean-reversion/half-life-from-zero.ts";
import { ornsteinUhlenbeck } from "../mean-reversion/ornstein-uhlenbeck.ts";
import { optional } from "./arguments.ts";
import { type DoorResult, doorCall } from "./door-call.ts";
import { number, oneOf } from "./readers.ts";
import { series } from "./series-readers.ts";

/** How a series returns to its mean, and what trading that earns. */
export const MEAN_REVERSION_CALLS = {
  halfLife: doorCall({ series }, ({ series: values }) => halfLifeResult(values)),
  ornsteinUhlenbeck: doorCall(
    { series, dt: optional(number, 1) },
    ({ series: values, dt }) => {
      const fit = ornsteinUhlenbeck(values, dt);
      if (fit.kind === "fitted") {
        const { kind: _, ...parameters } = fit;
        return parameters;
      }
      const { slope, reason } = fit;
      return { kappa: null, theta: null, sigma: null, halfLife: null, slope, reason };
    },
    "singular",
  ),
  bertram: doorCall(
    {
      kappa: number,
      theta: number,
      sigma: number,
      cost: number,
      riskFree: optional(number, 0),
      objective: optional(oneOf("return", "sharpe"), "return"),
    },
    ({ objective, ...problem }) => {
      const found =
        objective === "return"
          ? bertramReturnThresholds(problem)
          : bertramSharpeThresholds(problem);
      if (found.kind === "refused") return { ...NO_THRESHOLDS, reason: found.reason };
      const { kind: _, ...thresholds } = found;
      return thresholds;
    },
  ),
} as const;

const NO_THRESHOLDS = {
  entry: null,
  exit: null,
  expectedTradeLength: null,
  varianceTradeLength: null,
  expectedReturn: null,
  varianceReturn: null,
  sharpe: null,
} as const;

function halfLifeResult(values: Float64Array): DoorResult {
  const { linearBars, exactBars, reason, ...regression } = halfLife(values);
  return {
    linear: linearBars,
    exact: exactBars,
    fromZero: halfLifeFromZero(values).linearBars,
    ...regression,
    ...(reason === null ? {} : { reason }),
  };
}

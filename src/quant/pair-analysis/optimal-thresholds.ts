import type { InvalidInputCode } from "../invalid-input-error.ts";
import {
  type BertramProblem,
  bertramReturnThresholds,
  bertramSharpeThresholds,
} from "../mean-reversion/bertram-thresholds.ts";
import { answered } from "./answered.ts";
import type { FittedProcess } from "./reversion-figures.ts";

/** Where to enter and leave, for one objective. */
export type OptimalThresholds = {
  readonly objective: "return" | "sharpe";
  /** Levels of the spread; null with a reason. */
  readonly entry: number | null;
  readonly exit: number | null;
  /** Distance of the levels from the mean in stationary deviations, > 0. */
  readonly deviations: number | null;
  readonly expectedTradeBars: number | null;
  /** After costs, per bar, unit of the spread. */
  readonly expectedReturnPerBar: number | null;
  readonly sharpePerRootBar: number | null;
  readonly reason: InvalidInputCode | "no-process" | "no-cost" | "no-interior-optimum" | null;
};

/**
 * Optimal thresholds of a fitted spread after costs, for the largest return and for the best ratio of
 * return to risk.
 *
 * @param process see reversionFigures; null: the spread does not come back
 * @param costs.cost of a round trip, unit of the spread
 * @param costs.riskFree return that a round trip must beat, unit of the spread
 * @returns one set an objective, null with its reason where there is none
 *
 * Cost: O(1). Source: Bertram (2010), Physica A 389.
 */
export function optimalThresholds(
  process: FittedProcess | null,
  costs: { readonly cost: number; readonly riskFree: number },
): readonly OptimalThresholds[] {
  return [
    solved("return", process, costs, bertramReturnThresholds),
    solved("sharpe", process, costs, bertramSharpeThresholds),
  ];
}

function solved(
  objective: OptimalThresholds["objective"],
  process: FittedProcess | null,
  costs: { readonly cost: number; readonly riskFree: number },
  solve: (problem: BertramProblem) => ReturnType<typeof bertramSharpeThresholds>,
): OptimalThresholds {
  if (process === null) return unsolved(objective, "no-process");
  // Without costs the best distance is none at all, and the number of trades has no bound.
  if (!(costs.cost > 0)) return unsolved(objective, "no-cost");
  const { kappa, theta, sigma, stationaryDeviation } = process;
  const { value, reason } = answered(() => solve({ kappa, theta, sigma, ...costs }));
  if (value === null) return unsolved(objective, reason);
  if (value.kind === "refused") return unsolved(objective, value.reason);
  return {
    objective,
    entry: value.entry,
    exit: value.exit,
    deviations: (theta - value.entry) / stationaryDeviation,
    expectedTradeBars: value.expectedTradeLength,
    expectedReturnPerBar: value.expectedReturn,
    sharpePerRootBar: value.sharpe,
    reason: null,
  };
}

function unsolved(
  objective: OptimalThresholds["objective"],
  reason: NonNullable<OptimalThresholds["reason"]>,
): OptimalThresholds {
  return {
    objective,
    entry: null,
    exit: null,
    deviations: null,
    expectedTradeBars: null,
    expectedReturnPerBar: null,
    sharpePerRootBar: null,
    reason,
  };
}

import { conditionalValueAtRisk } from "../performance/conditional-value-at-risk.ts";
import { simpleReturns } from "../performance/simple-returns.ts";
import { valueAtRisk } from "../performance/value-at-risk.ts";

/** Trials whose figures that need sorting are worked out: the best ones. */
export const TAIL_TRIALS = 100;

/** Losses of a bar, fractions; null after a ruin, when returns have no base. */
export type TrialTails = {
  readonly valueAtRisk: number | null;
  readonly conditionalValueAtRisk: number | null;
};

/**
 * The figures of a trial that need its returns in order.
 *
 * @param equity after each bar
 * @param initialEquity before the first, positive
 *
 * Cost: O(n log n). Convention: as valueAtRisk and conditionalValueAtRisk, 5 % of the bars.
 */
export function trialTails(equity: Float64Array, initialEquity: number): TrialTails {
  if (equity.some((value) => value <= 0)) {
    return { valueAtRisk: null, conditionalValueAtRisk: null };
  }
  const returns = simpleReturns(equity, initialEquity);
  return {
    valueAtRisk: valueAtRisk(returns),
    conditionalValueAtRisk: conditionalValueAtRisk(returns),
  };
}

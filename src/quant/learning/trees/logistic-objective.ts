import {
  type BoostingObjective,
  type ObjectiveRows,
  startOfDescent,
} from "./boosting-objective.ts";
import { classShares } from "./class-shares.ts";

/** Probabilities nearer to 0 lose no more than this one. */
const PROBABILITY_MIN = 1e-300;

/**
 * Log loss of two classes, 0 and 1: −ln p of the class that came.
 *
 * p = 1 / (1 + exp(−score)); gradient w (p − y), hessian w p (1 − p); baseline is the log-odds of
 * class 1.
 *
 * @param rows with classCount 2
 * @returns the objective at its baseline
 *
 * Cost: O(rows) a step. Source: Friedman (2001), section 4.5.
 */
export function logisticObjective(rows: ObjectiveRows): BoostingObjective {
  const { target, weights } = rows;
  const shares = classShares(rows);
  const start = startOfDescent(target.length, Float64Array.of(Math.log(shares[1]! / shares[0]!)));
  const scores = start.scores[0]!;
  const gradient = start.gradients[0]!;
  const hessian = start.hessians[0]!;
  return {
    ...start,
    link: "logistic",
    loss: (of) => {
      let sum = 0;
      let total = 0;
      for (let i = 0; i < of.length; i++) {
        const row = of[i]!;
        const p = 1 / (1 + Math.exp(-scores[row]!));
        const come = target[row]! === 1 ? p : 1 - p;
        sum -= weights[row]! * Math.log(Math.max(come, PROBABILITY_MIN));
        total += weights[row]!;
      }
      return sum / total;
    },
    descend: (of) => {
      let sum = 0;
      let total = 0;
      for (let i = 0; i < of.length; i++) {
        const row = of[i]!;
        const y = target[row]!;
        const weight = weights[row]!;
        const p = 1 / (1 + Math.exp(-scores[row]!));
        gradient[row] = weight * (p - y);
        hessian[row] = weight * p * (1 - p);
        sum -= weight * Math.log(Math.max(y === 1 ? p : 1 - p, PROBABILITY_MIN));
        total += weight;
      }
      return sum / total;
    },
  };
}

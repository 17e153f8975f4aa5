import {
  type BoostingObjective,
  type ObjectiveRows,
  startOfDescent,
} from "./boosting-objective.ts";
import { classShares } from "./class-shares.ts";

/** Probabilities nearer to 0 lose no more than this one. */
const PROBABILITY_MIN = 1e-100;

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
  const come = new Float64Array(target.length);
  return {
    ...start,
    link: "logistic",
    loss: (of) => {
      for (let i = 0; i < of.length; i++) {
        const p = 1 / (1 + Math.exp(-scores[of[i]!]!));
        come[i] = target[of[i]!]! === 1 ? p : 1 - p;
      }
      return meanLoss(come, weights, of);
    },
    descend: (of) => {
      for (let i = 0; i < of.length; i++) {
        const row = of[i]!;
        const y = target[row]!;
        const weight = weights[row]!;
        const p = 1 / (1 + Math.exp(-scores[row]!));
        gradient[row] = weight * (p - y);
        hessian[row] = weight * p * (1 - p);
        come[i] = y === 1 ? p : 1 - p;
      }
      return meanLoss(come, weights, of);
    },
  };
}

/**
 * Mean of −ln of probabilities, by weight.
 *
 * The logarithm of a product of as many as stand for rows of one weight: it is the slowest part.
 */
function meanLoss(probabilities: Float64Array, weights: Float64Array, rows: Int32Array): number {
  let sum = 0;
  let total = 0;
  let product = 1;
  let weightOfProduct = weights[rows[0]!]!;
  for (let i = 0; i < rows.length; i++) {
    const weight = weights[rows[i]!]!;
    if (weight !== weightOfProduct || product < PROBABILITY_MIN) {
      sum -= weightOfProduct * Math.log(product);
      product = 1;
      weightOfProduct = weight;
    }
    product *= Math.max(probabilities[i]!, PROBABILITY_MIN);
    total += weight;
  }
  return (sum - weightOfProduct * Math.log(product)) / total;
}

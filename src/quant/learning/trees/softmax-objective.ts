import {
  type BoostingObjective,
  type ObjectiveRows,
  startOfDescent,
} from "./boosting-objective.ts";
import { classShares } from "./class-shares.ts";

/**
 * Log loss of more than two classes: −ln p of the class that came, one score a class.
 *
 * pₖ = exp(scoreₖ) / Σ exp(scoreⱼ); gradient w (pₖ − [y = k]), hessian w pₖ (1 − pₖ); baselines are
 * the logarithms of the classes' shares.
 *
 * @param rows with classCount > 2
 * @returns the objective at its baseline
 *
 * Cost: O(rows · classes) a step. Source: Friedman (2001), section 4.6.
 */
export function softmaxObjective(rows: ObjectiveRows): BoostingObjective {
  const { target, classCount, weights } = rows;
  const start = startOfDescent(target.length, classShares(rows).map(Math.log));
  const { scores, gradients, hessians } = start;
  const exponentials = new Float64Array(classCount);
  // Fills the exponentials of a row, whose largest is 1, and gives −ln p of its class.
  const rowLoss = (row: number): { readonly loss: number; readonly total: number } => {
    let largest = Number.NEGATIVE_INFINITY;
    for (let k = 0; k < classCount; k++) largest = Math.max(largest, scores[k]![row]!);
    let total = 0;
    for (let k = 0; k < classCount; k++) {
      const exponential = Math.exp(scores[k]![row]! - largest);
      exponentials[k] = exponential;
      total += exponential;
    }
    return { loss: Math.log(total) + largest - scores[target[row]!]![row]!, total };
  };
  return {
    ...start,
    link: "softmax",
    loss: (of) => {
      let sum = 0;
      let weightTotal = 0;
      for (const row of of) {
        sum += weights[row]! * rowLoss(row).loss;
        weightTotal += weights[row]!;
      }
      return sum / weightTotal;
    },
    descend: (of) => {
      let sum = 0;
      let weightTotal = 0;
      for (const row of of) {
        const weight = weights[row]!;
        const { loss, total } = rowLoss(row);
        for (let k = 0; k < classCount; k++) {
          const p = exponentials[k]! / total;
          gradients[k]![row] = weight * (target[row] === k ? p - 1 : p);
          hessians[k]![row] = weight * p * (1 - p);
        }
        sum += weight * loss;
        weightTotal += weight;
      }
      return sum / weightTotal;
    },
  };
}

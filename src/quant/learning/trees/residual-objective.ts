import {
  type BoostingObjective,
  type ObjectiveRows,
  startOfDescent,
} from "./boosting-objective.ts";

/**
 * Squared loss: (score − y)² / 2, whose baseline is the mean.
 *
 * Gradient w (score − y), hessian w.
 *
 * @param rows with a real target
 * @returns the objective at its baseline
 *
 * Cost: O(rows) a step. Source: Friedman (2001), section 4.1.
 */
export function squaredObjective(rows: ObjectiveRows): BoostingObjective {
  let sum = 0;
  let total = 0;
  for (const row of rows.training) {
    sum += rows.weights[row]! * rows.target[row]!;
    total += rows.weights[row]!;
  }
  return residualObjective(rows, sum / total, Number.POSITIVE_INFINITY);
}

/**
 * Huber loss: squared for residuals up to δ, linear beyond, so that few large moves do not decide.
 *
 * r = score − y: r² / 2 for |r| ≤ δ, else δ (|r| − δ / 2); gradient w · clip(r, ±δ), hessian w. The
 * baseline is the median, δ a quantile of |y − median|; both by weight, on the training rows. δ is
 * kept, unlike in Friedman's M-regression, so that losses of different rounds can be compared.
 *
 * @param rows with a real target
 * @param quantile which one, in (0, 1)
 * @returns the objective at its baseline
 *
 * Cost: O(rows log rows), then O(rows) a step. Source: Huber (1964); Friedman (2001), section 4.4.
 */
export function huberObjective(rows: ObjectiveRows, quantile: number): BoostingObjective {
  const { target, training } = rows;
  const median = weightedQuantile(rows, target, 0.5);
  const distances = target.map((y) => Math.abs(y - median));
  const delta = weightedQuantile(rows, distances, quantile);
  // Where so many targets equal the median that the quantile is 0, the largest distance does.
  const widest = training.reduce((largest, row) => Math.max(largest, distances[row]!), 0);
  return residualObjective(rows, median, delta > 0 ? delta : widest);
}

function residualObjective(rows: ObjectiveRows, centre: number, delta: number): BoostingObjective {
  const { target, weights } = rows;
  const start = startOfDescent(target.length, Float64Array.of(centre));
  const scores = start.scores[0]!;
  const gradient = start.gradients[0]!;
  const hessian = start.hessians[0]!;
  const loss = (of: Int32Array): number => {
    let sum = 0;
    let total = 0;
    for (let i = 0; i < of.length; i++) {
      const row = of[i]!;
      const size = Math.abs(scores[row]! - target[row]!);
      sum += weights[row]! * (size <= delta ? (size * size) / 2 : delta * (size - delta / 2));
      total += weights[row]!;
    }
    return sum / total;
  };
  return {
    ...start,
    link: "identity",
    loss,
    descend: (of) => {
      for (let i = 0; i < of.length; i++) {
        const row = of[i]!;
        const residual = scores[row]! - target[row]!;
        gradient[row] = weights[row]! * Math.max(-delta, Math.min(delta, residual));
        hessian[row] = weights[row]!;
      }
      return loss(of);
    },
  };
}

/** Smallest value that at least `share` of the weight of the training rows does not exceed. */
function weightedQuantile(rows: ObjectiveRows, values: Float64Array, share: number): number {
  const ascending = rows.training.toSorted((a, b) => values[a]! - values[b]! || a - b);
  const total = ascending.reduce((sum, row) => sum + rows.weights[row]!, 0);
  let sum = 0;
  for (const row of ascending) {
    sum += rows.weights[row]!;
    if (sum >= share * total) return values[row]!;
  }
  return values[ascending[ascending.length - 1]!]!;
}

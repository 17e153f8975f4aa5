import { dotProduct } from "../../linalg/dot-product.ts";
import { choleskySolution } from "../linear/cholesky-solution.ts";

/** Where a search for the least sum of squares ended. */
export type LeastSquaresMinimum = {
  readonly point: Float64Array;
  readonly sumOfSquares: number;
  /** Whether nothing more was to be gained there; false where the steps ran out. */
  readonly isConverged: boolean;
};

const STEPS_MAX = 300;
/** The search ends when the next step promises less than this share of the sum of squares. */
const GAIN_TOLERANCE = 1e-13;
/** It also ends when so many steps have together taken off less than such a share: in a flat valley. */
const PATIENCE_STEPS = 10;
const PATIENCE_GAIN = 1e-9;
/** Share of the diagonal that is added to it at the start. */
const DAMPING_START = 1e-3;
const DAMPING_MIN = 1e-12;
/** Step of the differences, in units of 1 + |x|. */
const DIFFERENCE_STEP = 1e-6;
/** Smallest cosine between a step and what it adds to the bend. */
const UPDATE_SHARE_MIN = 1e-8;
/** A pivot below this share has lost its digits: more damping is needed. */
const PIVOT_SHARE_MIN = 1e-14;

/**
 * Levenberg–Marquardt search: a point where a sum of squares is least, from residuals alone.
 *
 * (JᵀJ + B + λ diag JᵀJ) δ = −Jᵀr, with J by forward differences; λ falls while the sum does what its
 * model says, and rises otherwise. B stands for the second derivatives of the residuals and is learned from the
 * steps by rank-one updates: without it a flat valley takes hundreds of them. No component moves by more than
 * 1 + |x| in a step.
 *
 * @param residuals fills in m residuals at a point of k numbers and answers the sum of their squares; a
 *   point where that is not finite is not gone to
 * @param start k ≥ 0 numbers
 * @param residualCount m
 * @returns the point; a local minimum in general
 *
 * Cost: a dozen steps as a rule, 300 at most, of k + 2 calls and O(m k²).
 * Source: Marquardt (1963), Journal of the SIAM 11; λ as Nielsen (1999), IMM-REP-1999-05; B as Dennis, Gay and
 * Welsch (1981), ACM Transactions on Mathematical Software 7, with the symmetric rank-one formula.
 */
export function levenbergMarquardt(
  residuals: (point: Float64Array, into: Float64Array) => number,
  start: Float64Array,
  residualCount: number,
): LeastSquaresMinimum {
  const k = start.length;
  let point = start.slice();
  let trial = new Float64Array(k);
  let current = new Float64Array(residualCount);
  let next = new Float64Array(residualCount);
  const model = createLinearModel(k, residualCount);
  let sumOfSquares = residuals(point, current);
  if (k === 0 || !Number.isFinite(sumOfSquares)) {
    return { point, sumOfSquares, isConverged: Number.isFinite(sumOfSquares) };
  }
  let damping = DAMPING_START;
  let growth = 2;
  let before = Number.POSITIVE_INFINITY;
  linearise(model, residuals, point, current);
  for (let step = 0; step < STEPS_MAX; step++) {
    if (step % PATIENCE_STEPS === 0) {
      if (before - sumOfSquares <= PATIENCE_GAIN * sumOfSquares) {
        return { point, sumOfSquares, isConverged: true };
      }
      before = sumOfSquares;
    }
    const gainPromised = moveOf(model, point, damping);
    if (gainPromised !== null && gainPromised <= GAIN_TOLERANCE * sumOfSquares) {
      return { point, sumOfSquares, isConverged: true };
    }
    if (gainPromised !== null) {
      for (let j = 0; j < k; j++) trial[j] = point[j]! + model.move[j]!;
      const sum = residuals(trial, next);
      const ratio = (sumOfSquares - sum) / gainPromised;
      if (ratio > 0) {
        [point, trial] = [trial, point];
        [current, next] = [next, current];
        sumOfSquares = sum;
        damping = Math.max(DAMPING_MIN, damping * Math.max(1 / 3, 1 - (2 * ratio - 1) ** 3));
        growth = 2;
        linearise(model, residuals, point, current);
        learnBend(model);
        continue;
      }
    }
    damping *= growth;
    growth *= 2;
  }
  return { point, sumOfSquares, isConverged: false };
}

/** The residuals about a point, as if they were linear, and how far they are not. */
type LinearModel = {
  /** A column a number of the point. */
  readonly jacobian: readonly Float64Array[];
  /** JᵀJ, row-major. */
  readonly moments: Float64Array;
  /** Jᵀr. */
  readonly gradient: Float64Array;
  /** What the bend of the residuals adds to JᵀJ, as far as the steps so far have shown; row-major. */
  readonly bend: Float64Array;
  /** What the last step says that the bend times that step is. */
  readonly bendSeen: Float64Array;
  readonly move: Float64Array;
  readonly factor: Float64Array;
  readonly shifted: Float64Array;
};

function createLinearModel(k: number, residualCount: number): LinearModel {
  return {
    jacobian: Array.from({ length: k }, () => new Float64Array(residualCount)),
    moments: new Float64Array(k * k),
    gradient: new Float64Array(k),
    bend: new Float64Array(k * k),
    bendSeen: new Float64Array(k),
    move: new Float64Array(k),
    factor: new Float64Array(k * k),
    shifted: new Float64Array(k),
  };
}

function linearise(
  { jacobian, moments, gradient, bendSeen, shifted }: LinearModel,
  residuals: (point: Float64Array, into: Float64Array) => number,
  point: Float64Array,
  current: Float64Array,
): void {
  const k = point.length;
  shifted.set(point);
  for (let j = 0; j < k; j++) {
    const column = jacobian[j]!;
    bendSeen[j] = -dotProduct(column, current);
    shifted[j] = point[j]! + DIFFERENCE_STEP * (1 + Math.abs(point[j]!));
    // What was added, rounded as it was.
    const share = 1 / (shifted[j]! - point[j]!);
    residuals(shifted, column);
    shifted[j] = point[j]!;
    let product = 0;
    for (let i = 0; i < column.length; i++) {
      const slope = (column[i]! - current[i]!) * share;
      column[i] = slope;
      product += slope * current[i]!;
    }
    gradient[j] = product;
    bendSeen[j]! += product;
    for (let m = 0; m <= j; m++) {
      const other = jacobian[m]!;
      let sum = 0;
      for (let i = 0; i < column.length; i++) sum += column[i]! * other[i]!;
      moments[j * k + m] = sum;
      moments[m * k + j] = sum;
    }
  }
}

/** Symmetric rank-one update: the least change of the bend that explains the last step. */
function learnBend({ bend, bendSeen, move }: LinearModel): void {
  const k = move.length;
  let product = 0;
  let size = 0;
  let length = 0;
  for (let i = 0; i < k; i++) {
    for (let j = 0; j < k; j++) bendSeen[i]! -= bend[i * k + j]! * move[j]!;
    product += bendSeen[i]! * move[i]!;
    size += bendSeen[i]! * bendSeen[i]!;
    length += move[i]! * move[i]!;
  }
  if (!(Math.abs(product) > UPDATE_SHARE_MIN * Math.sqrt(size * length))) return;
  for (let i = 0; i < k; i++) {
    for (let j = 0; j < k; j++) bend[i * k + j]! += (bendSeen[i]! * bendSeen[j]!) / product;
  }
}

/** Fills in the move; answers what it promises to take off the sum of squares, null without an answer. */
function moveOf(model: LinearModel, point: Float64Array, damping: number): number | null {
  const { moments, bend, gradient, move, factor } = model;
  const k = point.length;
  for (let i = 0; i < factor.length; i++) factor[i] = moments[i]! + bend[i]!;
  for (let j = 0; j < k; j++) {
    const own = moments[j * k + j]!;
    // What does not move the residuals does not move.
    if (own > 0) factor[j * k + j]! += own * damping;
    else factor[j * k + j] = 1;
    move[j] = -gradient[j]!;
  }
  if (!choleskySolution(factor, move, PIVOT_SHARE_MIN)) return null;
  let share = 1;
  for (let j = 0; j < k; j++) {
    share = Math.min(share, (1 + Math.abs(point[j]!)) / Math.abs(move[j]!));
  }
  let gain = 0;
  for (let j = 0; j < k; j++) move[j]! *= share;
  for (let j = 0; j < k; j++) {
    gain -= 2 * gradient[j]! * move[j]!;
    for (let m = 0; m < k; m++)
      gain -= move[j]! * (moments[j * k + m]! + bend[j * k + m]!) * move[m]!;
  }
  return gain;
}

import { assert } from "../../assert.ts";
import { choleskySolution } from "./cholesky-solution.ts";

/** A convex function with two derivatives. */
export type ConvexFunction = {
  /** Value at a point; leaves the gradient in `gradient`. */
  readonly value: (point: Float64Array) => number;
  readonly gradient: Float64Array;
  /** Second derivatives at the last point that was valued, n × n, row-major. */
  readonly fillCurvature: (matrix: Float64Array) => void;
};

/** Where a search ended. */
export type NewtonMinimum = {
  readonly point: Float64Array;
  readonly value: number;
  /** False when the steps ran out, or rounding left no step that leads down. */
  readonly hasConverged: boolean;
};

const STEPS_MAX = 100;
const HALVINGS_MAX = 30;
/** A step that promises less than this share of the value is the last: the error after it is its square. */
const PROMISE_SHARE_MIN = 1e-12;
/** Share of the promise that a step must keep. Source: Nocedal and Wright, Numerical Optimization, 3.1. */
const ARMIJO = 1e-4;
const PIVOT_SHARE_MIN = 1e-14;
/** By then a matrix of finite numbers is all diagonal. */
const HELP_MAX = 1e20;

/**
 * Newton's method with halved steps: the minimum of a convex function.
 *
 * x − t H⁻¹ g, t the first of 1, ½, ¼ … that keeps what the step promises. A curvature that rounding
 * has made indefinite is helped on its diagonal.
 *
 * @param problem the function
 * @param start n numbers
 * @returns the point; see NewtonMinimum
 *
 * Cost: about 8 values and curvatures, and n³ / 3 each. Source: Boyd and Vandenberghe, Convex
 * Optimization, 9.5.
 */
export function newtonMinimum(problem: ConvexFunction, start: Float64Array): NewtonMinimum {
  const n = start.length;
  const point = start.slice();
  const candidate = new Float64Array(n);
  const step = new Float64Array(n);
  const curvature = new Float64Array(n * n);
  let value = problem.value(point);
  for (let steps = 0; steps < STEPS_MAX; steps++) {
    problem.fillCurvature(curvature);
    const promise = solveStep(step, curvature, problem.gradient);
    const isLast = promise <= PROMISE_SHARE_MIN * value;
    let length = 1;
    for (let halvings = 0; ; halvings++) {
      for (let i = 0; i < n; i++) candidate[i] = point[i]! - length * step[i]!;
      const next = problem.value(candidate);
      // The last step changes the last bits of the value, which are rounding.
      if (isLast || next <= value - ARMIJO * length * promise) {
        value = next;
        break;
      }
      if (halvings === HALVINGS_MAX) {
        return { point, value: problem.value(point), hasConverged: false };
      }
      length /= 2;
    }
    point.set(candidate);
    if (isLast) return { point, value, hasConverged: true };
  }
  return { point, value, hasConverged: false };
}

/** Fills the step H⁻¹ g; returns gᵀ H⁻¹ g, twice what it promises. */
function solveStep(step: Float64Array, curvature: Float64Array, gradient: Float64Array): number {
  const n = step.length;
  const factor = curvature.slice();
  step.set(gradient);
  for (let help = 1e-12; !choleskySolution(factor, step, PIVOT_SHARE_MIN); help *= 100) {
    assert(help < HELP_MAX, "a convex function has a curvature that is not negative");
    factor.set(curvature);
    step.set(gradient);
    for (let i = 0; i < n; i++) factor[i * n + i]! += help * (factor[i * n + i]! + help);
  }
  let promise = 0;
  for (let i = 0; i < n; i++) promise += gradient[i]! * step[i]!;
  return promise;
}

import { InvalidInputError } from "../invalid-input-error.ts";
import { dawson } from "./dawson.ts";
import { roundTripTime } from "./first-passage.ts";

/** The process that is traded (see ornsteinUhlenbeck) and what trading it costs. */
export type BertramProblem = {
  /** Speed of mean reversion, per unit of time, > 0. */
  readonly kappa: number;
  /** Long-run mean, in the unit of the spread. */
  readonly theta: number;
  /** Diffusion, unit of the spread per square root of time, > 0. */
  readonly sigma: number;
  /** Cost of a round trip, in the unit of the spread (log price: a fraction), > 0. */
  readonly cost: number;
  /** Risk-free rate charged to each round trip, in the unit of the spread; 0 unless told. */
  readonly riskFree?: number;
};

/** Thresholds symmetric about θ: enter at `entry` < θ, leave at `exit` > θ, and the other way round. */
export type BertramThresholds = {
  readonly kind: "solved";
  /** Levels, in the unit of the spread. */
  readonly entry: number;
  readonly exit: number;
  /** Time of a round trip, mean and variance, in units of time. */
  readonly expectedTradeLength: number;
  readonly varianceTradeLength: number;
  /** Return per unit of time after costs, mean and variance, in the unit of the spread. */
  readonly expectedReturn: number;
  readonly varianceReturn: number;
  /** (expectedReturn − riskFree / expectedTradeLength) / √varianceReturn. */
  readonly sharpe: number;
};

/** Without a risk-free rate the Sharpe ratio only grows as the thresholds close in on break-even. */
export type BertramRefusal = { readonly kind: "refused"; readonly reason: "no-interior-optimum" };

/**
 * Largest distance of a threshold, in units of σ/√κ (25 stationary deviations). Beyond it the
 * variance of the waiting time leaves the range of a double.
 */
const DISTANCE_MAX = 18;
/** Golden section to this share of its interval: the optimum is flat, more digits are noise. */
const SEARCH_STEPS = 60;
const GOLDEN_SECTION = (Math.sqrt(5) - 1) / 2;

/**
 * Bertram thresholds for return: the entry and exit that earn most per unit of time after costs.
 *
 * Maximises (2d − c) / E[T] over the distance d = θ − entry: with u = d√κ/σ the condition of the
 * source is u − D(u) = c√κ/(2σ), D Dawson's integral, which has one root.
 *
 * @param problem the process and its costs, all finite; see BertramProblem
 * @returns levels, trade length, return and Sharpe ratio; see BertramThresholds
 * @throws {InvalidInputError} "not-finite"; "out-of-range": kappa, sigma or cost is not positive,
 *   or the cost is so many deviations that no waiting time pays it
 *
 * Cost: O(1). Source: Bertram (2010), Physica A 389. Checked: golden/mean-reversion.json.
 */
export function bertramReturnThresholds(problem: BertramProblem): BertramThresholds {
  requireProblem(problem);
  const target = (problem.cost * Math.sqrt(problem.kappa)) / (2 * problem.sigma);
  // D lies in [0, 0.5411], so the root of u − D(u) = target lies in [target, target + 1].
  let low = target;
  let high = target + 1;
  let u = high;
  for (let i = 0; i < 200 && high - low > Number.EPSILON * high; i++) {
    const excess = u - dawson(u) - target;
    if (excess > 0) high = u;
    else low = u;
    // Newton's step, the derivative is 2 u D(u); a bisection where it leaves the bracket.
    const next = u - excess / (2 * u * dawson(u));
    if (next === u) break;
    u = next > low && next < high ? next : (low + high) / 2;
  }
  return thresholdsAt(u, problem);
}

/**
 * Bertram thresholds for the Sharpe ratio: the entry and exit with the best return for its risk.
 *
 * Maximises (μ − r / E[T]) / σ_μ = (1 − r / (2d − c)) √(E[T] / Var[T]) over the distance d, with
 * σ_μ² = (2d − c)² Var[T] / E[T]³.
 *
 * @param problem the process, its costs and the risk-free rate, all finite; see BertramProblem
 * @returns the thresholds, or a refusal when riskFree ≤ 0: then no distance is best
 * @throws {InvalidInputError} as bertramReturnThresholds
 *
 * Cost: O(1), a search of 60 steps. Source: Bertram (2010), Physica A 389.
 * Checked: golden/mean-reversion.json.
 */
export function bertramSharpeThresholds(
  problem: BertramProblem,
): BertramThresholds | BertramRefusal {
  requireProblem(problem);
  const { kappa, sigma, cost, riskFree = 0 } = problem;
  if (riskFree <= 0) return { kind: "refused", reason: "no-interior-optimum" };
  const breakEven = ((cost + riskFree) * Math.sqrt(kappa)) / (2 * sigma);
  if (breakEven >= DISTANCE_MAX) throw tooDear();
  const sharpeAt = (u: number): number => thresholdsAt(u, problem).sharpe;
  return thresholdsAt(maximum(sharpeAt, breakEven, DISTANCE_MAX), problem);
}

function requireProblem(problem: BertramProblem): void {
  const { kappa, theta, sigma, cost, riskFree = 0 } = problem;
  for (const [name, value] of Object.entries({ kappa, theta, sigma, cost, riskFree })) {
    if (!Number.isFinite(value)) throw new InvalidInputError("not-finite", `${name} is not finite`);
  }
  for (const [name, value] of Object.entries({ kappa, sigma, cost })) {
    if (value <= 0) throw new InvalidInputError("out-of-range", `${name} must be positive`);
  }
  if ((cost * Math.sqrt(kappa)) / (2 * sigma) >= DISTANCE_MAX - 1) throw tooDear();
}

function tooDear(): InvalidInputError {
  return new InvalidInputError("out-of-range", "the cost is beyond all deviations of the process");
}

function thresholdsAt(u: number, problem: BertramProblem): BertramThresholds {
  const { kappa, theta, sigma, cost, riskFree = 0 } = problem;
  const distance = (u * sigma) / Math.sqrt(kappa);
  const time = roundTripTime(u, kappa);
  const profit = 2 * distance - cost;
  const expectedReturn = profit / time.mean;
  // Variance over mean² first: the cube of a long mean leaves the range of a double.
  const varianceReturn = (profit * profit * (time.variance / time.mean ** 2)) / time.mean;
  return {
    kind: "solved",
    entry: theta - distance,
    exit: theta + distance,
    expectedTradeLength: time.mean,
    varianceTradeLength: time.variance,
    expectedReturn,
    varianceReturn,
    sharpe: (expectedReturn - riskFree / time.mean) / Math.sqrt(varianceReturn),
  };
}

/** Golden-section search of a function with one maximum in [low, high]. */
function maximum(f: (u: number) => number, low: number, high: number): number {
  let a = low;
  let b = high;
  let left = b - GOLDEN_SECTION * (b - a);
  let right = a + GOLDEN_SECTION * (b - a);
  let leftValue = f(left);
  let rightValue = f(right);
  for (let i = 0; i < SEARCH_STEPS; i++) {
    if (leftValue > rightValue) {
      b = right;
      right = left;
      rightValue = leftValue;
      left = b - GOLDEN_SECTION * (b - a);
      leftValue = f(left);
    } else {
      a = left;
      left = right;
      leftValue = rightValue;
      right = a + GOLDEN_SECTION * (b - a);
      rightValue = f(right);
    }
  }
  return (a + b) / 2;
}

import { InvalidInputError } from "../invalid-input-error.ts";
import { orthonormaliseColumns, removeComponents } from "../linalg/orthonormal-columns.ts";
import { mean } from "../stats/mean.ts";

/** With less than this share of the target left, a regression fits it exactly but for rounding. */
const RESIDUAL_SHARE_MIN = 1e-12;

/** A dummy of which less than this share is left by the other terms is one of them. */
const REMAINING_SHARE_MIN = 1e-9;

/**
 * t statistics of the level in a Dickey–Fuller regression with a break, for every break.
 *
 * Constant, trend and lagged changes are projected off once. A step or ramp that begins at bar z then
 * needs only its sums with the remaining columns, which follow from those of the bar beside it. In
 * the first half the step and the ramp are those before the break: the span with constant and trend
 * is the same, and no digits are lost near the ends.
 *
 * @param series n values, oldest first, not constant
 * @param changes their n − 1 differences
 * @param options.model step ("c"), ramp ("t") or both ("ct")
 * @param options.lags number of lagged changes
 * @returns n values: element z is of the break before bar z; NaN where the break is not one
 * @throws {InvalidInputError} "collinear": the past, or the past and one break, explain the series
 *   without error
 *
 * Cost: O(n · lags²).
 */
export function breakStatistics(
  series: Float64Array,
  changes: Float64Array,
  options: { readonly model: "c" | "t" | "ct"; readonly lags: number },
): Float64Array {
  const { model, lags } = options;
  const target = changes.slice(lags);
  const rows = target.length;
  const centre = mean(series);
  const level = series.slice(lags, -1).map((value) => value - centre);
  const basis = [
    level.map(() => 1),
    level.map((_, i) => (2 * i - (rows - 1)) / rows),
    ...Array.from({ length: lags }, (_, j) => changes.slice(lags - 1 - j, changes.length - 1 - j)),
  ];
  const own = sumOfSquares(level);
  const independent = orthonormaliseColumns(basis);
  if (independent) {
    removeComponents(level, basis);
    removeComponents(target, basis);
  }
  if (!independent || sumOfSquares(level) <= 1e-20 * own) {
    throw new InvalidInputError("collinear", "the series is explained exactly by its own past");
  }
  const columns = [...basis, target, level];
  const parameters = basis.length + 1 + (model === "ct" ? 2 : 1);
  const solver: Solver = {
    model,
    terms: basis.length,
    targetSquares: sumOfSquares(target),
    cross: product(target, level),
    levelSquares: sumOfSquares(level),
    degreesOfFreedom: rows - parameters,
  };
  const statistics = new Float64Array(series.length).fill(Number.NaN);
  const steps = new Float64Array(columns.length);
  const ramps = new Float64Array(columns.length);
  const half = rows >> 1;
  // A break before row r of the regression is one before bar r + lags + 1.
  for (let r = rows - 1; r > half; r--) {
    columns.forEach((column, j) => {
      steps[j]! += column[r]!;
      ramps[j]! += steps[j]!;
    });
    const size = rows - r;
    statistics[r + lags + 1] = levelStatistic(solver, { steps, ramps, size, after: true });
  }
  steps.fill(0);
  ramps.fill(0);
  for (let r = 1; r <= half; r++) {
    columns.forEach((column, j) => {
      ramps[j]! += steps[j]!;
      steps[j]! += column[r - 1]!;
    });
    statistics[r + lags + 1] = levelStatistic(solver, { steps, ramps, size: r, after: false });
  }
  return statistics;
}

type Solver = {
  readonly model: "c" | "t" | "ct";
  readonly terms: number;
  readonly targetSquares: number;
  readonly cross: number;
  readonly levelSquares: number;
  readonly degreesOfFreedom: number;
};

/** Sums of the columns with the step and the ramp of one break, which cover `size` rows. */
type Break = {
  readonly steps: Float64Array;
  readonly ramps: Float64Array;
  readonly size: number;
  /** After the break the ramp is 1 … size; before it, size − 1 … 0. */
  readonly after: boolean;
};

function levelStatistic(solver: Solver, { steps, ramps, size, after }: Break): number {
  const { terms } = solver;
  const rampEnd = after ? size : size - 1;
  const rampSquares = (rampEnd * (rampEnd + 1) * (2 * rampEnd + 1)) / 6;
  let stepRest = size;
  let rampRest = rampSquares;
  let both = (rampEnd * (rampEnd + 1)) / 2;
  for (let j = 0; j < terms; j++) {
    stepRest -= steps[j]! * steps[j]!;
    rampRest -= ramps[j]! * ramps[j]!;
    both -= steps[j]! * ramps[j]!;
  }
  let { targetSquares, cross, levelSquares } = solver;
  let rampTarget = ramps[terms]!;
  let rampLevel = ramps[terms + 1]!;
  if (solver.model !== "t") {
    if (!(stepRest > REMAINING_SHARE_MIN * size)) return Number.NaN;
    const stepTarget = steps[terms]!;
    const stepLevel = steps[terms + 1]!;
    targetSquares -= (stepTarget * stepTarget) / stepRest;
    cross -= (stepTarget * stepLevel) / stepRest;
    levelSquares -= (stepLevel * stepLevel) / stepRest;
    rampTarget -= (both * stepTarget) / stepRest;
    rampLevel -= (both * stepLevel) / stepRest;
    rampRest -= (both * both) / stepRest;
  }
  if (solver.model !== "c") {
    if (!(rampRest > REMAINING_SHARE_MIN * rampSquares)) return Number.NaN;
    targetSquares -= (rampTarget * rampTarget) / rampRest;
    cross -= (rampTarget * rampLevel) / rampRest;
    levelSquares -= (rampLevel * rampLevel) / rampRest;
  }
  if (!(levelSquares > REMAINING_SHARE_MIN * solver.levelSquares)) return Number.NaN;
  const residual = targetSquares - (cross * cross) / levelSquares;
  if (!(residual > RESIDUAL_SHARE_MIN * solver.targetSquares)) {
    throw new InvalidInputError(
      "collinear",
      "the series is explained exactly by its past and a break",
    );
  }
  return cross / Math.sqrt((levelSquares * residual) / solver.degreesOfFreedom);
}

function sumOfSquares(values: Float64Array): number {
  return product(values, values);
}

function product(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

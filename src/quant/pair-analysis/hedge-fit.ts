import { johansen } from "../cointegration/johansen.ts";
import { InvalidInputError } from "../invalid-input-error.ts";
import { expandingOls } from "../regression/expanding-ols.ts";
import { huberRegression } from "../regression/huber-regression.ts";
import { ordinaryLeastSquares } from "../regression/ordinary-least-squares.ts";
import { type RollingFit, rollingFit } from "../regression/rolling-fit.ts";
import { theilSen } from "../regression/theil-sen.ts";
import { totalLeastSquares } from "../regression/total-least-squares.ts";
import { type HedgePath, kalmanHedgeFit } from "./kalman-hedge-fit.ts";
import type { HedgeMethod } from "./pair-analysis-options.ts";

/** Bars before an expanding regression says anything. */
const EXPANDING_BARS_MIN = 30;

/** A hedge ratio with its spread. */
export type HedgeFit = {
  /** Of the last bar; β in y − α − β x. */
  readonly hedgeRatio: number;
  readonly intercept: number;
  /** Standard errors; null where the method has none. */
  readonly hedgeRatioError: number | null;
  readonly interceptError: number | null;
  /** 95 % interval of the hedge ratio, of the methods that have one without a standard error. */
  readonly hedgeRatioInterval: readonly [number, number] | null;
  /** 1 − residual / total sum of squares; null where the method does not minimise it. */
  readonly rSquared: number | null;
  /** β and α of every bar, NaN before the first; constant for the methods without a path. */
  readonly path: HedgePath;
  /** First bar with a line. */
  readonly firstBar: number;
  /** Whether the line of a bar was known at that bar: no later bar has a part in it. */
  readonly isCausal: boolean;
};

/**
 * Hedge fit: what of leg X stands against one of leg Y, by the method that was chosen.
 *
 * @param y n ≥ 30 finite values, oldest first, log prices or prices
 * @param x n finite values, aligned with y
 * @param method see HedgeMethod
 * @returns hedge ratio, errors, path and spread; see HedgeFit
 * @throws {InvalidInputError} as the method: too short, constant, collinear, out of range
 *
 * Cost: that of the method. Checked: each method beside its own function.
 */
export function hedgeFit(y: Float64Array, x: Float64Array, method: HedgeMethod): HedgeFit {
  switch (method.kind) {
    case "ols":
    case "ols-no-intercept":
      return olsFit(y, x, method.kind === "ols");
    case "tls":
      return stillFit(y.length, totalLeastSquares(y, x));
    case "huber":
      return huberFit(y, x);
    case "theil-sen":
      return theilSenFit(y, x);
    case "johansen":
      return johansenFit(y, x);
    case "rolling-ols":
      return rollingOlsFit(y, x, method.windowBars);
    case "expanding-ols":
      return expandingFit(y, x);
    case "kalman":
    case "kalman-ml":
      return kalmanHedgeFit(y, x, method);
  }
}

function olsFit(y: Float64Array, x: Float64Array, hasIntercept: boolean): HedgeFit {
  const { coefficients, standardErrors, rSquared } = ordinaryLeastSquares(y, [x], {
    intercept: hasIntercept,
  });
  const slopeAt = hasIntercept ? 1 : 0;
  const line = { slope: coefficients[slopeAt]!, intercept: hasIntercept ? coefficients[0]! : 0 };
  return {
    ...stillFit(y.length, line),
    hedgeRatioError: standardErrors[slopeAt]!,
    interceptError: hasIntercept ? standardErrors[0]! : null,
    rSquared,
  };
}

function huberFit(y: Float64Array, x: Float64Array): HedgeFit {
  const { standardErrors, ...line } = huberRegression(y, x);
  return {
    ...stillFit(y.length, line),
    hedgeRatioError: standardErrors.slope,
    interceptError: standardErrors.intercept,
  };
}

function theilSenFit(y: Float64Array, x: Float64Array): HedgeFit {
  const line = theilSen(y, x);
  return { ...stillFit(y.length, line), hedgeRatioInterval: [line.slopeLow, line.slopeHigh] };
}

function johansenFit(y: Float64Array, x: Float64Array): HedgeFit {
  const [ofY, ofX, constant] = johansen([y, x]).eigenvectors[0]!;
  const slope = -ofX! / ofY!;
  const intercept = -constant! / ofY!;
  if (!(Number.isFinite(slope) && Number.isFinite(intercept))) {
    throw new InvalidInputError("collinear", "the cointegrating vector leaves the first leg out");
  }
  return stillFit(y.length, { slope, intercept });
}

function rollingOlsFit(y: Float64Array, x: Float64Array, windowBars: number): HedgeFit {
  const fit: RollingFit = rollingFit(y, x, { windowBars });
  const last = y.length - 1;
  const error = fit.slopeErrors[last]!;
  const rSquared = fit.rSquared[last]!;
  return {
    ...pathFit(y, { hedgeRatio: fit.slopes, intercept: fit.intercepts }),
    hedgeRatioError: Number.isFinite(error) ? error : null,
    rSquared: Number.isFinite(rSquared) ? rSquared : null,
  };
}

function expandingFit(y: Float64Array, x: Float64Array): HedgeFit {
  const lines = expandingOls(y, x, { barsMin: EXPANDING_BARS_MIN });
  const whole = olsFit(y, x, true);
  return {
    ...pathFit(y, { hedgeRatio: lines.slopes, intercept: lines.intercepts }),
    hedgeRatioError: whole.hedgeRatioError,
    interceptError: whole.interceptError,
    rSquared: whole.rSquared,
  };
}

const WITHOUT_ERRORS = {
  hedgeRatioError: null,
  interceptError: null,
  hedgeRatioInterval: null,
  rSquared: null,
} as const;

/** One line for all bars, fitted on all of them. */
function stillFit(
  bars: number,
  line: { readonly slope: number; readonly intercept: number },
): HedgeFit {
  return {
    ...WITHOUT_ERRORS,
    hedgeRatio: line.slope,
    intercept: line.intercept,
    path: {
      hedgeRatio: new Float64Array(bars).fill(line.slope),
      intercept: new Float64Array(bars).fill(line.intercept),
    },
    firstBar: 0,
    isCausal: false,
  };
}

/** A line a bar; where a window has none (x stood still) the last known one holds. */
function pathFit(y: Float64Array, lines: HedgePath): HedgeFit {
  const hedgeRatio = lines.hedgeRatio.slice();
  const intercept = lines.intercept.slice();
  const firstBar = hedgeRatio.findIndex(Number.isFinite);
  if (firstBar < 0) throw new InvalidInputError("constant", "x does not vary in any window");
  for (let t = firstBar + 1; t < y.length; t++) {
    if (Number.isFinite(hedgeRatio[t]!)) continue;
    hedgeRatio[t] = hedgeRatio[t - 1]!;
    intercept[t] = intercept[t - 1]!;
  }
  return {
    ...WITHOUT_ERRORS,
    hedgeRatio: hedgeRatio.at(-1)!,
    intercept: intercept.at(-1)!,
    path: { hedgeRatio, intercept },
    firstBar,
    isCausal: true,
  };
}

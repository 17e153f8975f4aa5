import { neweyWestErrors } from "../regression/newey-west-errors.ts";
import { ordinaryLeastSquares } from "../regression/ordinary-least-squares.ts";
import { ridge } from "../regression/ridge.ts";
import { rollingOls } from "../regression/rolling-ols.ts";
import { optional } from "./arguments.ts";
import { doorCall } from "./door-call.ts";
import { DoorError } from "./door-error.ts";
import { flag, number } from "./readers.ts";
import { series, seriesOneOrSeveral } from "./series-readers.ts";

/** Regressions. */
export const REGRESSION_CALLS = {
  ols: doorCall(
    { y: series, x: seriesOneOrSeveral, intercept: optional(flag, true) },
    ({ y, x, intercept }) => ordinaryLeastSquares(y, x, { intercept }),
    "singular",
  ),
  neweyWest: doorCall(
    { y: series, x: seriesOneOrSeveral, lags: number, intercept: optional(flag, true) },
    ({ y, x, lags, intercept }) => ({
      coefficients: ordinaryLeastSquares(y, x, { intercept }).coefficients,
      standardErrors: neweyWestErrors(y, x, { lags, intercept }),
    }),
    "singular",
  ),
  ridge: doorCall(
    { y: series, x: seriesOneOrSeveral, penalty: number },
    ({ y, x, penalty }) => ridge(y, x, penalty),
    "singular",
  ),
  rollingOls: doorCall(
    { y: series, x: seriesOneOrSeveral, window: number, intercept: optional(flag, true) },
    ({ y, x, window, intercept }) => {
      const [regressor] = x;
      if (regressor === undefined || x.length > 1) {
        throw new DoorError("bad-argument", "x must be one series");
      }
      const { slopes, intercepts } = rollingOls(y, regressor, { windowBars: window, intercept });
      const coefficients = Array.from(slopes, (slope, t) =>
        intercept ? [intercepts[t], slope] : [slope],
      );
      return { coefficients };
    },
    "singular",
  ),
} as const;

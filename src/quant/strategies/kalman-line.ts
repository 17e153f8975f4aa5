import type { KalmanModel } from "../kalman/kalman-hedge-ratio.ts";

/** What the filter of kalmanHedgeRatio knows after a bar, as plain data. */
export type KalmanLine = {
  hedgeRatio: number;
  intercept: number;
  hedgeRatioVariance: number;
  covariance: number;
  interceptVariance: number;
  /** Bars seen. */
  bars: number;
  /** Of the last bar: y less its forecast from the bars before, and the variance of that. */
  innovation: number;
  innovationVariance: number;
};

/**
 * The filter before its first bar.
 *
 * @param model noise and start; see kalmanHedgeRatio
 */
export function createKalmanLine(model: KalmanModel): KalmanLine {
  return {
    hedgeRatio: model.initialState?.hedgeRatio ?? 0,
    intercept: model.initialState?.intercept ?? 0,
    hedgeRatioVariance: model.initialVariance?.hedgeRatio ?? 0,
    covariance: model.initialCovariance ?? 0,
    interceptVariance: model.initialVariance?.intercept ?? 0,
    bars: 0,
    innovation: Number.NaN,
    innovationVariance: Number.NaN,
  };
}

/**
 * One bar of the Kalman hedge ratio.
 *
 * @param line what was known after the bar before; written to
 * @param model noise; see kalmanHedgeRatio
 * @param y finite value of leg Y
 * @param x finite value of leg X
 *
 * Cost: O(1). Convention: equals kalmanHedgeRatio to the bit. Checked: against it in the test.
 */
export function stepKalmanLine(line: KalmanLine, model: KalmanModel, y: number, x: number): void {
  if (line.bars > 0) {
    line.hedgeRatioVariance += model.processVariance.hedgeRatio;
    line.interceptVariance += model.processVariance.intercept;
  }
  const toBeta = line.hedgeRatioVariance * x + line.covariance;
  const toAlpha = line.covariance * x + line.interceptVariance;
  const innovation = y - line.hedgeRatio * x - line.intercept;
  const variance = x * toBeta + toAlpha + model.observationVariance;
  const precision = 1 / variance;
  const gainBeta = toBeta * precision;
  const gainAlpha = toAlpha * precision;
  line.hedgeRatio += gainBeta * innovation;
  line.intercept += gainAlpha * innovation;
  line.hedgeRatioVariance -= gainBeta * toBeta;
  line.covariance -= gainBeta * toAlpha;
  line.interceptVariance -= gainAlpha * toAlpha;
  line.innovation = innovation;
  line.innovationVariance = variance;
  line.bars++;
}

import { cointegratedPair } from "../cointegration/cointegrated-pair.ts";
import type { EngleGranger } from "../cointegration/engle-granger.ts";
import { johansen } from "../cointegration/johansen.ts";
import type { LagOption } from "../cointegration/lag-selection.ts";
import { InvalidInputError } from "../invalid-input-error.ts";
import { halfLife } from "../mean-reversion/half-life.ts";
import { meanCrossings } from "../mean-reversion/mean-crossings.ts";
import { simplifiedRescaledRange } from "../mean-reversion/rescaled-range.ts";
import { correlation } from "../stats/correlation.ts";
import { differences } from "../stats/differences.ts";
import {
  answerOrNull,
  type CandidateFigures,
  type DirectionFigures,
  refusedFigures,
} from "./candidate-figures.ts";

/**
 * Calibrated screen: a candidate tested with laws that know what was fitted and chosen.
 *
 * Engle–Granger in both directions with the combined p-value; for pairs below the significance also
 * the trace p-value of Johansen (restricted constant) and the spread's Hurst exponent and crossings.
 *
 * @param y n aligned finite prices, oldest first
 * @param x n finite prices
 * @param options.lags of the tests
 * @param options.significance above it the later figures are not needed, and null
 * @returns figures; pValue is the combined one; hedge ratio, half-life (exact) and spread of y on x
 *
 * Cost: O(n · lags). Convention: cointegratedPair, johansen, halfLife.
 */
export function calibratedScreen(
  y: Float64Array,
  x: Float64Array,
  options: { readonly lags: LagOption; readonly significance: number },
): CandidateFigures {
  try {
    const pair = cointegratedPair(y, x, { lags: options.lags });
    const { hedgeRatio, intercept, residuals } = pair.aOnB;
    const isLikely = pair.combinedPValue < options.significance;
    return {
      refusal: null,
      observations: y.length,
      hedgeRatio,
      intercept,
      yOnX: directionOf(pair.aOnB),
      xOnY: directionOf(pair.bOnA),
      pValue: pair.combinedPValue,
      combinedPValue: pair.combinedPValue,
      johansenPValue: isLikely ? johansenPValue(y, x) : null,
      hurst: isLikely ? answerOrNull(() => simplifiedRescaledRange(residuals).exponent) : null,
      halfLifeBars: answerOrNull(() => halfLife(residuals).exactBars),
      meanCrossings: isLikely ? meanCrossings(residuals) : null,
      correlation: answerOrNull(() => correlation(differences(y), differences(x))),
    };
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    return refusedFigures(error.code, y.length);
  }
}

function directionOf({ statistic, pValue, lags }: EngleGranger): DirectionFigures {
  return { statistic, pValue, lags };
}

/** Of the hypothesis that no combination stands still. */
function johansenPValue(y: Float64Array, x: Float64Array): number | null {
  return answerOrNull(() => johansen([y, x]).trace.pValues[0] ?? null);
}

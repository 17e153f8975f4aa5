import { combinedPValue } from "#quant/cointegration/combined-p-value.ts";
import type { LagOption } from "#quant/cointegration/lag-selection.ts";
import { PAIR_REFUSALS, type PairResults } from "#quant/kernels/pair-results.ts";
import { type CandidateFigures, refusedFigures } from "#quant/pairs/candidate-figures.ts";

/**
 * What the kernel found of a pair, as figures of the calibrated screen. Those that only a likely pair
 * needs are null.
 */
export function kernelFigures(
  results: PairResults,
  index: number,
  lags: LagOption,
): CandidateFigures {
  const observations = results.observations[index] ?? 0;
  const refusal = PAIR_REFUSALS[results.refusal[index] ?? 0] ?? null;
  if (refusal !== null) {
    return refusedFigures(refusal === "no-common-bars" ? "too-short" : refusal, observations);
  }
  const at = (column: Float64Array | Int32Array) => column[index] ?? Number.NaN;
  const yOnX = {
    statistic: at(results.statisticYx),
    pValue: at(results.pValueYx),
    lags: at(results.lagsYx),
  };
  const xOnY = {
    statistic: at(results.statisticXy),
    pValue: at(results.pValueXy),
    lags: at(results.lagsXy),
  };
  const pValue = combinedPValue(Math.min(yOnX.pValue, xOnY.pValue), {
    trend: "c",
    criterion: lags.kind,
    bars: observations,
  });
  return {
    ...refusedFigures("constant", observations),
    refusal: null,
    hedgeRatio: at(results.hedgeRatio),
    intercept: at(results.intercept),
    yOnX,
    xOnY,
    pValue,
    combinedPValue: pValue,
    halfLifeBars: numberOrNull(at(results.halfLifeBars)),
    correlation: numberOrNull(at(results.correlation)),
  };
}

function numberOrNull(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}

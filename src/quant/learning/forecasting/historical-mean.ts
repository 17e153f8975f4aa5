import { InvalidInputError } from "../../invalid-input-error.ts";
import { requireGappedSeries } from "./require-gapped-series.ts";

/** The mean as a forecast: plain data. */
export type HistoricalMeanModel = {
  readonly kind: "historical-mean";
  /** "training": the mean of the training bars; "expanding": of all bars of the series so far. */
  readonly bars: "training" | "expanding";
  /** Of the training bars. */
  readonly mean: number;
};

/**
 * Historical mean: the baseline for what returns to its mean.
 *
 * @param training oldest first; NaN at gaps, which are passed over
 * @param bars which bars a forecast is the mean of, see HistoricalMeanModel
 * @returns the model
 * @throws {InvalidInputError} "too-short": no value; "not-finite": ±Infinity
 *
 * Cost: O(n). Checked: golden/forecasting.json.
 */
export function fitHistoricalMean(
  training: Float64Array,
  bars: HistoricalMeanModel["bars"],
): HistoricalMeanModel {
  requireGappedSeries(training);
  const mean = expandingMeans(training).at(-1) ?? Number.NaN;
  if (Number.isNaN(mean)) throw new InvalidInputError("too-short", "the training has no value");
  return { kind: "historical-mean", bars, mean };
}

/**
 * Forecasts of the historical mean, the same for every horizon.
 *
 * @param model of fitHistoricalMean
 * @param series n values, oldest first; NaN at gaps
 * @returns element t is made of series[0 … t]; NaN at gaps
 *
 * Cost: O(n).
 */
export function historicalMeanForecasts(
  model: HistoricalMeanModel,
  series: Float64Array,
): Float64Array {
  const means = model.bars === "training" ? null : expandingMeans(series);
  return series.map((value, t) => (Number.isNaN(value) ? Number.NaN : (means?.[t] ?? model.mean)));
}

/** Mean of the values so far at each bar; NaN before the first. */
function expandingMeans(series: Float64Array): Float64Array {
  let mean = 0;
  let count = 0;
  return series.map((value) => {
    if (!Number.isNaN(value)) {
      count += 1;
      mean += (value - mean) / count;
    }
    return count === 0 ? Number.NaN : mean;
  });
}

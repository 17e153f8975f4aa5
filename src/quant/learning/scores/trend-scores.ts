import { InvalidInputError } from "../../invalid-input-error.ts";
import { type TrendAccuracy, trendAccuracy } from "../../published/trend-accuracy.ts";
import { requireSeries } from "../../stats/require-series.ts";

/** Trend accuracy by two definitions. */
export type TrendScores = {
  /** Against the mean of the ten bars before, as published: flattered by every trend that has been. */
  readonly published: TrendAccuracy;
  /** Against the last value observed: what a trader could have earned. */
  readonly againstLastValue: TrendAccuracy;
};

/**
 * Trend scores: how often trends came true, as a published study counts it and as it should be counted.
 *
 * @param spread n ≥ 1 finite values, oldest first
 * @param trends −1, 0, 1 or NaN, of what is known before the bar; 0 and NaN are not counted
 * @returns both accuracies over the same trends
 * @throws {InvalidInputError} "too-short", "length-mismatch", "not-finite"
 *
 * Cost: O(n). See trendAccuracy for what the first one measures.
 */
export function trendScores(spread: Float64Array, trends: Float64Array): TrendScores {
  requireSeries(spread, { name: "spread", lengthMin: 1 });
  requireAligned(spread, trends, "a trend");
  return {
    published: trendAccuracy(spread, trends, "window-mean"),
    againstLastValue: trendAccuracy(spread, trends, "last-value"),
  };
}

/**
 * Trends of forecasts: which way a forecast says the spread goes from the last value observed.
 *
 * @param spread n values, oldest first
 * @param forecasts of the value at the bar, from what is known before it; NaN where there is none
 * @returns −1, 0 or 1 a bar; NaN where there is no forecast, and at the first bar
 * @throws {InvalidInputError} "length-mismatch"
 *
 * Cost: O(n).
 */
export function forecastTrends(spread: Float64Array, forecasts: Float64Array): Float64Array {
  requireAligned(spread, forecasts, "a forecast");
  return forecasts.map((forecast, i) =>
    i === 0 ? Number.NaN : Math.sign(forecast - spread[i - 1]!),
  );
}

function requireAligned(spread: Float64Array, values: Float64Array, name: string): void {
  if (values.length !== spread.length) {
    throw new InvalidInputError("length-mismatch", `there must be ${name}, or NaN, for every bar`);
  }
}

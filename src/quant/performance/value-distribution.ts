import { quantileOfSorted } from "../rolling/quantile-of-sorted.ts";
import { mean } from "../stats/mean.ts";
import { requireSeries } from "../stats/require-series.ts";
import { type Histogram, histogram } from "./histogram.ts";
import { sampleStandardDeviation } from "./sample-standard-deviation.ts";

/** The shares of which a distribution gives the quantiles. */
export const QUANTILE_SHARES = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99] as const;

/** How values are distributed, in their unit; the deviation (n − 1) is null of a single value. */
export type ValueDistribution = {
  readonly count: number;
  readonly mean: number;
  readonly median: number;
  readonly deviation: number | null;
  readonly min: number;
  readonly max: number;
  /** Share of the values above 0. */
  readonly positiveShare: number;
  /** In the order of {@link QUANTILE_SHARES}. */
  readonly quantiles: readonly { readonly share: number; readonly value: number }[];
  readonly histogram: Histogram;
};

/**
 * Distribution of values: profits of trades, or returns of bars, as a picture and in numbers.
 *
 * @param values finite values, any order
 * @param options.binsMax most bins of the histogram; see histogram
 * @returns see ValueDistribution; null without values
 * @throws {InvalidInputError} "not-finite"
 *
 * Cost: O(n log n). Convention: quantiles match numpy.quantile.
 */
export function valueDistribution(
  values: Float64Array,
  options: { readonly binsMax?: number } = {},
): ValueDistribution | null {
  requireSeries(values, { name: "values", lengthMin: 0 });
  if (values.length === 0) return null;
  const ascending = values.slice().sort();
  return {
    count: values.length,
    mean: mean(values),
    median: quantileOfSorted(ascending, 0.5),
    deviation: sampleStandardDeviation(values),
    min: ascending[0]!,
    max: ascending.at(-1)!,
    positiveShare: values.filter((value) => value > 0).length / values.length,
    quantiles: QUANTILE_SHARES.map((share) => ({
      share,
      value: quantileOfSorted(ascending, share),
    })),
    histogram: histogram(values, options),
  };
}

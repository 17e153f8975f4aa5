import { mean } from "../stats/mean.ts";

/** What every pair of a series needs of it, computed once for a universe. */
export type SeriesMoments = {
  readonly mean: number;
  /** Σ (value − mean)². */
  readonly squares: number;
  /** Mean of the first differences. */
  readonly changeMean: number;
  /** Σ (change − changeMean)² over the n − 1 first differences. */
  readonly changeSquares: number;
  /**
   * Whether sums of this series keep their digits: all values finite, and neither they nor their
   * changes are nearly constant beside their mean.
   */
  readonly isPlain: boolean;
};

/** Standard deviation beside the mean below which a series is not plain. */
const DEVIATION_SHARE_MIN = 1e-8;
/** The same for its changes, whose products are summed without centring. */
const CHANGE_DEVIATION_SHARE_MIN = 1e-2;

/**
 * Moments of one series that a fast pair test shares among all its pairs.
 *
 * @param values n ≥ 2 values, oldest first; what is not finite makes the series not plain
 * @returns means and centred sums of squares of values and changes; see SeriesMoments
 *
 * Cost: O(n). Convention: mean and squares as simpleOls.
 */
export function seriesMoments(values: Float64Array): SeriesMoments {
  const n = values.length;
  const centre = mean(values);
  const changeMean = (values[n - 1]! - values[0]!) / (n - 1);
  let squares = 0;
  let changeSquares = 0;
  let before = values[0]!;
  for (let i = 0; i < n; i++) {
    const value = values[i]!;
    const deviation = value - centre;
    squares += deviation * deviation;
    if (i > 0) {
      const change = value - before - changeMean;
      changeSquares += change * change;
    }
    before = value;
  }
  const noise = DEVIATION_SHARE_MIN * centre;
  const changeNoise = CHANGE_DEVIATION_SHARE_MIN * changeMean;
  // A value that is not finite makes the sums so, and no comparison with NaN holds.
  const isPlain =
    squares > n * noise * noise &&
    squares < Number.POSITIVE_INFINITY &&
    changeSquares > n * changeNoise * changeNoise;
  return { mean: centre, squares, changeMean, changeSquares, isPlain };
}

/**
 * Candles: one instrument's bars as a struct of arrays, oldest first, one value per bar.
 *
 * `openTimeMs` is strictly ascending (UTC milliseconds) and names the bar. A bar that does not
 * exist is not stored; a bar whose close is NaN counts as missing as well. `open` is null for
 * close-only series, which is what decides the fill convention of a backtest.
 */
export type Candles = {
  readonly openTimeMs: Float64Array;
  readonly open: Float64Array | null;
  readonly close: Float64Array;
};

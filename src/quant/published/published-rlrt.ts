import { type PairCloses, requirePairCloses } from "./pair-closes.ts";
import { type RlrtInSampleSignal, rlrtInSampleSignal } from "./rlrt-in-sample-signal.ts";
import { type RlrtRun, rlrtRun } from "./rlrt-run.ts";
import { RLRT_BARS_MIN, RLRT_FORECAST_BARS, rlrtTrends } from "./rlrt-trends.ts";
import { type TrendAccuracy, trendAccuracy } from "./trend-accuracy.ts";

/** The threshold whose accuracy the published table states, whichever was traded. */
const TABLE_R_SQUARED_MIN = 0.6;

/** RLRT as published: its run, what was fitted, and the accuracy that the table states. */
export type PublishedRlrt = RlrtRun &
  RlrtInSampleSignal & {
    /** At R² > 0.6, which is not always the threshold that was traded. */
    readonly tableAccuracy: TrendAccuracy;
  };

/**
 * RLRT as published: the trend-gated reversion of a spread, with the look-ahead that its results need.
 *
 * See rlrtInSampleSignal for what is fitted, rlrtPositions for the rule, pairLedger for the money. The
 * trend of bar n − 3 counts for the accuracy and is not traded.
 *
 * Looks ahead: slope and threshold come from the period that is traded (so do intercept and scaling,
 * without effect), and nobody had them before its end. Besides, the fill is the close that decided, there are
 * no costs, and the legs are equal whatever the slope was. rlrtVariants takes these away one by one.
 *
 * @param closes n ≥ 13 closes of the pair over the period that is traded
 * @returns per-bar series, trades, figures and fits; NaN in the trends and the band where there is none
 * @throws {InvalidInputError} see requirePairCloses; "constant": a leg does not vary, or the spread does
 *   not
 *
 * Cost: O(n). Checked: the published results of 19 pairs in real-data.test.ts.
 */
export function publishedRlrt(closes: PairCloses): PublishedRlrt {
  requirePairCloses(closes, RLRT_BARS_MIN);
  const signal = rlrtInSampleSignal(closes);
  const untraded = closes.y.length - RLRT_FORECAST_BARS;
  const run = rlrtRun(
    closes,
    {
      spread: signal.spread,
      trends: signal.trends.map((trend, i) => (i === untraded ? Number.NaN : trend)),
    },
    { hedgeSlope: null, costPerLeg: 0, delayBars: 0 },
  );
  const tableTrends = rlrtTrends(signal.trendFits, TABLE_R_SQUARED_MIN);
  return {
    ...signal,
    ...run,
    tableAccuracy: trendAccuracy(signal.spread, tableTrends, "window-mean"),
  };
}

import { simpleOls } from "../stats/ols.ts";
import { minMaxScaled } from "./min-max-scaled.ts";
import { type PairCloses, type PriceLine, priceSpread } from "./pair-closes.ts";
import type { RlrtSignal } from "./rlrt-run.ts";
import { mostAccurateThreshold, type RlrtThreshold } from "./rlrt-threshold.ts";
import { type RlrtTrendFits, rlrtTrendFits, rlrtTrends } from "./rlrt-trends.ts";

/** The signal of published RLRT, and all that was fitted to get it. */
export type RlrtInSampleSignal = RlrtSignal & {
  readonly line: PriceLine;
  readonly trendFits: RlrtTrendFits;
  readonly threshold: RlrtThreshold;
  readonly thresholdsTried: readonly RlrtThreshold[];
};

/**
 * In-sample signal of RLRT: everything fitted on the very period that is then traded.
 *
 * Looks ahead with every fit, as each is over all n bars. The slope of y on x takes out of the spread
 * whatever of x would have carried it away by the end; the threshold of R² is chosen by what came after the
 * trends. Intercept and min–max scaling know all bars as well, without effect: the rule compares a spread
 * moved and stretched in the same way.
 *
 * @param closes n ≥ 13 closes of both legs, checked by the caller
 * @returns scaled spread, its trends at the chosen threshold up to bar n − 3, and the fits
 * @throws {InvalidInputError} "constant": a leg does not vary, or the spread does not
 *
 * Cost: O(n).
 */
export function rlrtInSampleSignal(closes: PairCloses): RlrtInSampleSignal {
  const { slope, intercept } = simpleOls(closes.y, closes.x);
  const line = { slope, intercept };
  const spread = minMaxScaled(priceSpread(closes, line));
  const trendFits = rlrtTrendFits(spread);
  const { chosen, tried } = mostAccurateThreshold(spread, trendFits);
  return {
    line,
    spread,
    trendFits,
    trends: rlrtTrends(trendFits, chosen.rSquaredMin),
    threshold: chosen,
    thresholdsTried: tried,
  };
}

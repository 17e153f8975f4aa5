import type { PairCloses } from "./pair-closes.ts";
import { type PairExecution, type PairLedger, pairLedger } from "./pair-ledger.ts";
import { type PositionTrade, positionTrades } from "./position-trades.ts";
import {
  barsPerCalendarYear,
  type PublishedFigures,
  publishedFigures,
} from "./published-figures.ts";
import { rlrtPositions } from "./rlrt-positions.ts";

/** What RLRT decides by. */
export type RlrtSignal = {
  /** The spread that is compared with its band, one value a bar. */
  readonly spread: Float64Array;
  /** −1, 0 or 1 a bar; NaN counts as 0. */
  readonly trends: Float64Array;
};

/** RLRT over one period, all series with one value a bar, for a report to draw. */
export type RlrtRun = RlrtSignal &
  PairLedger & {
    /** The band that the spread is compared with; NaN before bar 10. */
    readonly upper: Float64Array;
    readonly lower: Float64Array;
    /** −1, 0 or 1, held from the close of the bar on. */
    readonly position: Float64Array;
    readonly trades: readonly PositionTrade[];
    readonly figures: PublishedFigures;
  };

/**
 * Run of RLRT: from a spread and its trends to positions, trades and a budget.
 *
 * Whether it looks ahead depends on how spread and trends were made; the rest reads the past only, and
 * fills at the close that decided unless delayBars is 1.
 *
 * @param closes n closes of both legs, checked by the caller
 * @param signal spread and trends, aligned with them
 * @param execution weights, costs, and delayBars: bars between a decision and its fill
 * @returns see RlrtRun
 *
 * Cost: O(n).
 */
export function rlrtRun(
  closes: PairCloses,
  signal: RlrtSignal,
  execution: PairExecution & { readonly delayBars: 0 | 1 },
): RlrtRun {
  const { position: wanted, upper, lower } = rlrtPositions(signal.spread, signal.trends);
  const position = wanted.map((_, i) => wanted[i - execution.delayBars] ?? 0);
  const ledger = pairLedger(closes, position, execution);
  return {
    ...signal,
    ...ledger,
    upper,
    lower,
    position,
    trades: positionTrades(position, ledger.grossReturns),
    figures: publishedFigures(ledger, {
      barsPerYear: barsPerCalendarYear(closes.openTimeMs),
      sharpeDivisor: "n-1",
    }),
  };
}

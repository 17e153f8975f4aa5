import { mean } from "../stats/mean.ts";
import { simpleOls } from "../stats/ols.ts";
import { type PairCloses, type PriceLine, priceSpread, requirePairCloses } from "./pair-closes.ts";
import { type PairLedger, pairLedger } from "./pair-ledger.ts";
import { type PositionTrade, positionTrades } from "./position-trades.ts";
import {
  PUBLISHED_TRADING_DAYS,
  type PublishedFigures,
  publishedFigures,
} from "./published-figures.ts";

/** Fewest bars of either period. */
const BARS_MIN = 3;

/** Half of the band: closer to the mean than this the strategy is flat. */
const EXIT_SHARE = 0.5;

/** The traditional strategy over one period: what was frozen, and per-bar series for a report to draw. */
export type PublishedTraditional = PairLedger & {
  readonly line: PriceLine;
  /** Above upper short, below lower long, from exitLower to exitUpper flat; unit of y. */
  readonly levels: {
    readonly upper: number;
    readonly lower: number;
    readonly exitUpper: number;
    readonly exitLower: number;
  };
  readonly spread: Float64Array;
  /** −1, 0 or 1, held from the close of the bar on. */
  readonly position: Float64Array;
  readonly trades: readonly PositionTrade[];
  readonly figures: PublishedFigures;
};

/**
 * Traditional pairs trading as published: sell the spread a deviation above its mean, buy it a deviation
 * below, leave it halfway home.
 *
 * Line, mean m and deviation s (divisor n) of the spread e from the formation period. Short while
 * e > m + s, long while e < m − s, flat while (m − s) / 2 ≤ e ≤ (m + s) / 2, else as before. The position of
 * a close earns r_y − r_x of the next bar, without costs, legs equal whatever the slope is.
 *
 * Looks ahead nowhere: everything is frozen before the first bar is traded. It fills at the close that
 * decided, which nobody does.
 *
 * @param periods.formation closes that line, mean and deviation are fitted on
 * @param periods.trading closes of the period that is traded
 * @returns frozen levels, per-bar series, trades and figures; annualised by 252 bars, Sharpe ratio with
 *   divisor n, null where nothing was traded
 * @throws {InvalidInputError} see requirePairCloses; "constant": a leg does not vary in the formation
 *
 * Cost: O(n). Checked: the published results of 19 pairs in real-data.test.ts.
 */
export function publishedTraditional(periods: {
  readonly formation: PairCloses;
  readonly trading: PairCloses;
}): PublishedTraditional {
  const { formation, trading } = periods;
  requirePairCloses(formation, BARS_MIN);
  requirePairCloses(trading, BARS_MIN);
  const { slope, intercept, residuals } = simpleOls(formation.y, formation.x);
  const line = { slope, intercept };
  const levels = frozenLevels(residuals);
  const spread = priceSpread(trading, line);
  const position = traditionalPositions(spread, levels);
  const ledger = pairLedger(trading, position, { hedgeSlope: null, costPerLeg: 0 });
  return {
    ...ledger,
    line,
    levels,
    spread,
    position,
    trades: positionTrades(position, ledger.grossReturns),
    figures: publishedFigures(ledger, { barsPerYear: PUBLISHED_TRADING_DAYS, sharpeDivisor: "n" }),
  };
}

function frozenLevels(residuals: Float64Array): PublishedTraditional["levels"] {
  const centre = mean(residuals);
  let squares = 0;
  for (const value of residuals) squares += (value - centre) ** 2;
  const deviation = Math.sqrt(squares / residuals.length);
  const upper = centre + deviation;
  const lower = centre - deviation;
  return { upper, lower, exitUpper: EXIT_SHARE * upper, exitLower: EXIT_SHARE * lower };
}

function traditionalPositions(
  spread: Float64Array,
  { upper, lower, exitUpper, exitLower }: PublishedTraditional["levels"],
): Float64Array {
  let held = 0;
  return spread.map((value) => {
    if (value > upper) held = -1;
    else if (value < lower) held = 1;
    else if (value >= exitLower && value <= exitUpper) held = 0;
    return held;
  });
}

import { backtestWarnings } from "../backtest/backtest-warning.ts";
import type { PairTrade } from "../backtest/pair-trade.ts";
import { runTrading, type TradingBars, type TradingConfig } from "../backtest/trading-loop.ts";
import type { AlignedLiveBars } from "./align-live-bars.ts";
import type { LiveHistory } from "./live-history.ts";
import type { LivePairOptions } from "./live-pair-options.ts";

/** Money that stands behind a notional: so much that a loss of the shown span does not end it. */
const EQUITY_OF_NOTIONAL = 10;

/** What a mini backtest of a live pair is asked. */
export type LiveBacktestOptions = Pick<LivePairOptions, "prices"> & {
  /** Entry threshold of |z|, > 0. */
  readonly threshold: number;
  /** Of leg Y in a trade, quote asset. */
  readonly notional: number;
  /** Of each fill, and by which each fill is worse than its price; 1/10,000. */
  readonly feeBps: number;
  readonly slippageBps: number;
};

/** Closes and opens of both legs on the aligned bars; NaN in an open: there is none. */
export type LiveBacktestBars = {
  readonly aligned: AlignedLiveBars;
  readonly openY: Float64Array;
  readonly openX: Float64Array;
};

/** What trading the shown z-scores would have brought. */
export type LiveBacktest = {
  /** Open times of the bars that were traded on. */
  readonly openTimeMs: Float64Array;
  /** Profit after costs so far, one value a bar, quote asset. */
  readonly profit: Float64Array;
  readonly drawdownMax: number;
  readonly trades: readonly PairTrade[];
  readonly fillConvention: "next-open" | "next-close";
  /** Bars in which a leg did not trade, which give neither signals nor fills. */
  readonly carriedBars: number;
  readonly warnings: readonly string[];
};

/**
 * Mini backtest of a live pair: in when |z| reaches the threshold, out when it crosses 0, at each bar with
 * the z-score and the hedge ratio that were shown there.
 *
 * A signal at the close of a bar is filled at the open of the next one, in both legs: the notional on Y, and
 * the hedge ratio of the signal's bar times it against it on X (of levels: so many units of X for one of Y).
 * A bar in which a leg did not trade could not have been traded on and is left out. Costs are fees and
 * slippage of each fill; funding and borrowing are not counted.
 *
 * @param bars aligned, with the opens of both legs
 * @param history of the same bars; see liveHistory
 * @param fromBar first bar that is traded on
 * @param options see LiveBacktestOptions
 * @returns profit, trades and warnings; without a trade where there are fewer than two bars
 *
 * Cost: O(n). The signals are causal because the history is.
 */
export function liveBacktest(
  { aligned, openY, openX }: LiveBacktestBars,
  history: LiveHistory,
  fromBar: number,
  options: LiveBacktestOptions,
): LiveBacktest {
  const all = Array.from({ length: aligned.openTimeMs.length - fromBar }, (_, i) => fromBar + i);
  const traded = all.filter((i) => aligned.legY.carried[i] === 0 && aligned.legX.carried[i] === 0);
  const pick = (values: Float64Array): Float64Array => Float64Array.from(traded, (i) => values[i]!);
  const closeY = pick(aligned.legY.close);
  const closeX = pick(aligned.legX.close);
  const [fillY, fillX] = [pick(openY), pick(openX)];
  const isFilledAtClose = !(fillY.every(Number.isFinite) && fillX.every(Number.isFinite));
  const bars: TradingBars = {
    openTimeMs: pick(aligned.openTimeMs),
    closeY,
    closeX,
    fillY: isFilledAtClose ? closeY : fillY,
    fillX: isFilledAtClose ? closeX : fillX,
    zScore: pick(history.zScore),
    isFilledAtClose,
  };
  const hedgeRatio = pick(history.hedgeRatio).map((ratio, i) =>
    options.prices === "log" ? ratio : (ratio * closeX[i]!) / closeY[i]!,
  );
  const config: TradingConfig = {
    entryZScore: options.threshold,
    exitZScore: 0,
    stopZScore: null,
    holdingMaxBars: null,
    notional: options.notional,
    initialEquity: EQUITY_OF_NOTIONAL * options.notional,
    feeBps: options.feeBps,
    slippageBps: options.slippageBps,
  };
  const run = traded.length < 2 ? null : runTrading(bars, config, hedgeRatio, {});
  const trades = run?.trades ?? [];
  const profit = run?.equity.map((equity) => equity - config.initialEquity) ?? new Float64Array();
  return {
    openTimeMs: bars.openTimeMs,
    profit,
    drawdownMax: drawdownOf(profit),
    trades,
    fillConvention: isFilledAtClose ? "next-close" : "next-open",
    carriedBars: all.length - traded.length,
    warnings: backtestWarnings({
      hedgeRatio: trades.some(isOneSided) ? -1 : 1,
      isFilledAtClose,
      droppedBars: 0,
      trades: trades.length,
      isRuined: run?.isRuined ?? false,
    }).map(({ message }) => message),
  };
}

/** Whether both legs were held on the same side, which a hedge ratio below zero asks for. */
function isOneSided({ legY, legX }: PairTrade): boolean {
  return legY.quantity * legX.quantity > 0;
}

/** Largest fall of the profit from what it had reached, the start included. */
function drawdownOf(profit: Float64Array): number {
  let peak = 0;
  let largest = 0;
  for (const value of profit) {
    peak = Math.max(peak, value);
    largest = Math.max(largest, peak - value);
  }
  return largest;
}

import { InvalidInputError } from "../invalid-input-error.ts";
import { drawdownSeries } from "../performance/drawdown-series.ts";
import { type AlignedCandles, alignByOpenTime } from "../series/align-by-open-time.ts";
import type { Candles } from "../series/candles.ts";
import { lowerBound } from "../series/lower-bound.ts";
import { sliceByTime } from "../series/slice-by-time.ts";
import { rollingZScore } from "../stats/rolling-z-score.ts";
import { type BacktestWarning, backtestWarnings } from "./backtest-warning.ts";
import { type PairBacktestConfig, requirePairBacktestConfig } from "./pair-backtest-config.ts";
import { fitPairFormation, type PairFormation } from "./pair-formation.ts";
import type { PairTrade } from "./pair-trade.ts";
import { type BacktestHooks, runTrading, type TradingBars } from "./trading-loop.ts";

/**
 * Where orders are filled: the open of the bar after the signal, or its close for close-only
 * series.
 */
export type FillConvention = "next-open" | "next-close";

/**
 * Costs of all trades of a backtest, quote currency; slippage is already inside the gross profit.
 */
export type CostTotals = {
  readonly feesY: number;
  readonly feesX: number;
  readonly slippageY: number;
  readonly slippageX: number;
};

/**
 * Per bar of the trading window, after its close; `position` is 1 long, −1 short the spread, 0
 * flat.
 */
export type BacktestSeries = {
  readonly openTimeMs: Float64Array;
  readonly closeY: Float64Array;
  readonly closeX: Float64Array;
  readonly spread: Float64Array;
  readonly zScore: Float64Array;
  readonly equity: Float64Array;
  readonly drawdown: Float64Array;
  readonly position: Int8Array;
};

/** A backtest: finished with everything that the report shows, or cancelled with nothing. */
export type PairBacktest =
  | {
      readonly kind: "finished";
      readonly fillConvention: FillConvention;
      readonly formation: PairFormation;
      readonly series: BacktestSeries;
      readonly trades: readonly PairTrade[];
      readonly costs: CostTotals;
      readonly warnings: readonly BacktestWarning[];
    }
  | { readonly kind: "cancelled" };

/** A fill after a signal needs a second bar. */
const TRADING_BARS_MIN = 2;

/**
 * Pair backtest: what z-score reversion on two legs would have earned, without a look ahead.
 *
 * The formation window fixes intercept and hedge ratio by OLS of ln Y on ln X; in the trading
 * window the spread ln Y − intercept − hedgeRatio · ln X is measured by its rolling z-score, whose
 * window may reach back before the trading window. A signal at the close of a bar is filled in the
 * next common bar: the notional N on Y and hedgeRatio · N against it on X, quantities fixed until
 * the exit.
 *
 * @param candlesY bars of leg Y, positive prices
 * @param candlesX bars of leg X, positive prices; bars without a partner in Y are left out
 * @param config windows, thresholds, sizes and costs
 * @param hooks progress in [0, 1] and cancellation
 * @returns series (zScore: NaN is a gap, drawdown in [0, 1]), trades, costs, formation, warnings
 * @throws {InvalidInputError} a field of config is out of range; too few common bars in a window or
 *   before the trading window for zScoreWindowBars; a constant leg, collinear legs, a price that is
 *   not positive
 *
 * Cost: O(n · zScoreWindowBars). Equity changes by profit and loss less fees, and by nothing else.
 */
export function pairBacktest(
  candlesY: Candles,
  candlesX: Candles,
  config: PairBacktestConfig,
  hooks: BacktestHooks = {},
): PairBacktest {
  requirePairBacktestConfig(config);
  const window = { startMs: config.formation.startMs, endMs: config.trading.endMs };
  const aligned = alignByOpenTime(sliceByTime(candlesY, window), sliceByTime(candlesX, window));
  requirePositivePrices(aligned.legY, "Y");
  requirePositivePrices(aligned.legX, "X");
  const formation = fitPairFormation(
    sliceByTime(aligned.legY, config.formation),
    sliceByTime(aligned.legX, config.formation),
  );
  const tradingStart = lowerBound(aligned.openTimeMs, config.trading.startMs);
  requireTradingBars(aligned, tradingStart, config);
  const { bars, spread } = tradingBars(aligned, tradingStart, config, formation);
  const run = runTrading(bars, config, formation.hedgeRatio, hooks);
  if (run === null) return { kind: "cancelled" };
  hooks.onProgress?.(1);
  return {
    kind: "finished",
    fillConvention: bars.isFilledAtClose ? "next-close" : "next-open",
    formation,
    series: {
      openTimeMs: bars.openTimeMs,
      closeY: bars.closeY,
      closeX: bars.closeX,
      spread,
      zScore: bars.zScore,
      equity: run.equity,
      drawdown: drawdownSeries(run.equity, config.initialEquity),
      position: run.position,
    },
    trades: run.trades,
    costs: costTotals(run.trades),
    warnings: backtestWarnings({
      hedgeRatio: formation.hedgeRatio,
      isFilledAtClose: bars.isFilledAtClose,
      droppedBars: aligned.droppedBars,
      trades: run.trades.length,
      isRuined: run.isRuined,
    }),
  };
}

function requirePositivePrices(leg: Candles, name: "Y" | "X"): void {
  for (const prices of leg.open === null ? [leg.close] : [leg.open, leg.close]) {
    const bad = prices.findIndex((price) => !(price > 0 && Number.isFinite(price)));
    if (bad >= 0) {
      throw new InvalidInputError(
        "out-of-range",
        `leg ${name}: the price of the bar at ${leg.openTimeMs[bad]} ms is not positive and finite`,
      );
    }
  }
}

function requireTradingBars(
  aligned: AlignedCandles,
  tradingStart: number,
  config: PairBacktestConfig,
): void {
  const bars = aligned.openTimeMs.length - tradingStart;
  if (bars < TRADING_BARS_MIN) {
    throw new InvalidInputError(
      "too-short",
      `trading has ${bars} common bars, at least ${TRADING_BARS_MIN} are required`,
    );
  }
  if (config.zScoreWindowBars > tradingStart + 1) {
    throw new InvalidInputError(
      "too-short",
      `zScoreWindowBars is ${config.zScoreWindowBars}, but only ${tradingStart} common bars lie before trading`,
    );
  }
}

/** The trading window with its z-score, whose first window is filled from the bars before it. */
function tradingBars(
  aligned: AlignedCandles,
  tradingStart: number,
  config: PairBacktestConfig,
  formation: PairFormation,
): { readonly bars: TradingBars; readonly spread: Float64Array } {
  const history = config.zScoreWindowBars - 1;
  const spread = logSpread(aligned, tradingStart - history, formation);
  const closeY = aligned.legY.close.slice(tradingStart);
  const closeX = aligned.legX.close.slice(tradingStart);
  const { open: openY } = aligned.legY;
  const { open: openX } = aligned.legX;
  // One close-only leg is enough: both legs of a pair must be filled at the same moment.
  const isFilledAtClose = openY === null || openX === null;
  return {
    spread: spread.slice(history),
    bars: {
      openTimeMs: aligned.openTimeMs.slice(tradingStart),
      closeY,
      closeX,
      fillY: isFilledAtClose ? closeY : openY.slice(tradingStart),
      fillX: isFilledAtClose ? closeX : openX.slice(tradingStart),
      zScore: rollingZScore(spread, config.zScoreWindowBars).slice(history),
      isFilledAtClose,
    },
  };
}

function logSpread(aligned: AlignedCandles, from: number, formation: PairFormation): Float64Array {
  const n = aligned.openTimeMs.length - from;
  const spread = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const logY = Math.log(aligned.legY.close[from + i]!);
    const logX = Math.log(aligned.legX.close[from + i]!);
    spread[i] = logY - formation.intercept - formation.hedgeRatio * logX;
  }
  return spread;
}

function costTotals(trades: readonly PairTrade[]): CostTotals {
  let feesY = 0;
  let feesX = 0;
  let slippageY = 0;
  let slippageX = 0;
  for (const trade of trades) {
    feesY += trade.legY.fees;
    feesX += trade.legX.fees;
    slippageY += trade.legY.slippageCost;
    slippageX += trade.legX.slippageCost;
  }
  return { feesY, feesX, slippageY, slippageX };
}

import {
  type ExitReason,
  type Signal,
  stepZScoreReversion,
  ZSCORE_REVERSION_START,
  type ZScoreReversionConfig,
} from "../strategies/z-score-reversion.ts";
import { type CostRates, closeLeg, type LegPosition, markLeg, openLeg } from "./leg-position.ts";
import type { PairBacktestConfig } from "./pair-backtest-config.ts";
import type { PairTrade } from "./pair-trade.ts";

/**
 * Order of events inside bar t: (1) what was asked at the close of t − 1 is filled, at the open, or
 * at the close where there are no opens; (2) the position is marked at the close; (3) the strategy
 * sees the z-score of the close and may ask for a fill in t + 1. On the last bar an open position
 * is closed at the close, since nothing later exists.
 */

/**
 * Prices and signal of the trading window, one value per bar; `fill*` are the prices that orders
 * get.
 */
export type TradingBars = {
  readonly openTimeMs: Float64Array;
  readonly closeY: Float64Array;
  readonly closeX: Float64Array;
  readonly fillY: Float64Array;
  readonly fillX: Float64Array;
  readonly zScore: Float64Array;
  readonly isFilledAtClose: boolean;
};

/** What of a configuration decides how bars are traded. */
export type TradingConfig = ZScoreReversionConfig &
  Pick<PairBacktestConfig, "notional" | "initialEquity" | "feeBps" | "slippageBps">;

/** What trading made of the bars: equity and held side after each close, finished trades, ruin. */
export type TradingRun = {
  readonly equity: Float64Array;
  readonly position: Int8Array;
  readonly trades: readonly PairTrade[];
  readonly isRuined: boolean;
};

/** Hooks of a long computation; both are called now and then, never per bar. */
export type BacktestHooks = {
  readonly onProgress?: (fraction: number) => void;
  readonly isCancelled?: () => boolean;
};

/** Often enough for a progress bar, rarely enough to cost nothing. */
const HOOK_EVERY_BARS = 2048;

type Order = {
  readonly target: Signal;
  readonly signalBar: number;
  readonly reason: ExitReason;
};

type Holding = {
  readonly side: "long" | "short";
  readonly signalBar: number;
  readonly fillBar: number;
  readonly legY: LegPosition;
  readonly legX: LegPosition;
};

type Exit = {
  readonly signalBar: number;
  readonly fillBar: number;
  readonly reason: ExitReason;
  readonly isAtClose: boolean;
};

/**
 * Trading loop: the strategy over the trading bars, with fills, costs and equity.
 *
 * Trading stops for good when equity is not positive at a close; the position is left at the next
 * fill.
 *
 * @param bars aligned bars of the trading window, n ≥ 2
 * @param config checked configuration
 * @param hedgeRatio X-notional per Y-notional: one for all trades, or one a bar, of which a trade has that
 *   of the bar with its signal
 * @param hooks progress in [0, 1] and cancellation
 * @returns the run, or null when it was cancelled
 *
 * Cost: O(n).
 */
export function runTrading(
  bars: TradingBars,
  config: TradingConfig,
  hedgeRatio: number | Float64Array,
  hooks: BacktestHooks,
): TradingRun | null {
  const n = bars.openTimeMs.length;
  const equity = new Float64Array(n);
  const position = new Int8Array(n);
  const trades: PairTrade[] = [];
  let state = ZSCORE_REVERSION_START;
  let holding: Holding | null = null;
  let order: Order | null = null;
  let equityRealised = config.initialEquity;
  let isRuined = false;
  const leave = (held: Holding, exit: Exit): null => {
    const trade = closeHolding(held, exit, bars);
    trades.push(trade);
    equityRealised += trade.netPnl;
    return null;
  };

  for (let t = 0; t < n; t++) {
    if (t % HOOK_EVERY_BARS === 0 && !isToGoOn(hooks, t / n)) return null;
    const isLast = t === n - 1;
    if (order !== null && holding !== null) {
      const { signalBar, reason } = order;
      holding = leave(holding, { signalBar, fillBar: t, reason, isAtClose: bars.isFilledAtClose });
    } else if (order !== null && !(isLast && bars.isFilledAtClose)) {
      // An entry at the last close would be left at the same price, for nothing but its costs.
      const ratio = typeof hedgeRatio === "number" ? hedgeRatio : hedgeRatio[order.signalBar]!;
      holding = openHolding(order, t, bars, { config, hedgeRatio: ratio });
    }
    if (isLast && holding !== null) {
      holding = leave(holding, { signalBar: t, fillBar: t, reason: "end", isAtClose: true });
    }
    equity[t] = equityRealised + (holding === null ? 0 : markHolding(holding, t, bars));
    position[t] = holding === null ? 0 : holding.side === "long" ? 1 : -1;
    order = null;
    if (!isRuined && equity[t]! <= 0) {
      isRuined = true;
      if (holding !== null) order = { target: "flat", signalBar: t, reason: "ruin" };
    } else if (!isRuined) {
      const step = stepZScoreReversion(config, state, { zScore: bars.zScore[t]! });
      if (step.target !== state.signal) {
        order = { target: step.target, signalBar: t, reason: step.exitReason ?? "end" };
      }
      state = step.state;
    }
  }
  return { equity, position, trades, isRuined };
}

function isToGoOn(hooks: BacktestHooks, fraction: number): boolean {
  if (hooks.isCancelled?.() === true) return false;
  hooks.onProgress?.(fraction);
  return true;
}

function openHolding(
  order: Order,
  t: number,
  bars: TradingBars,
  sizing: { readonly config: TradingConfig; readonly hedgeRatio: number },
): Holding {
  const { config, hedgeRatio } = sizing;
  const side = order.target === "long" ? "long" : "short";
  const notionalY = side === "long" ? config.notional : -config.notional;
  const rates: CostRates = {
    feeRate: config.feeBps / 10_000,
    slippageRate: config.slippageBps / 10_000,
  };
  return {
    side,
    signalBar: order.signalBar,
    fillBar: t,
    legY: openLeg(notionalY, bars.fillY[t]!, rates),
    legX: openLeg(-notionalY * hedgeRatio, bars.fillX[t]!, rates),
  };
}

function markHolding(holding: Holding, t: number, bars: TradingBars): number {
  return markLeg(holding.legY, bars.closeY[t]!) + markLeg(holding.legX, bars.closeX[t]!);
}

function closeHolding(holding: Holding, exit: Exit, bars: TradingBars): PairTrade {
  const t = exit.fillBar;
  const legY = closeLeg(holding.legY, exit.isAtClose ? bars.closeY[t]! : bars.fillY[t]!);
  const legX = closeLeg(holding.legX, exit.isAtClose ? bars.closeX[t]! : bars.fillX[t]!);
  // Bought at an open and left at a close: the bar of the exit was held as well.
  const lastBarShare = exit.isAtClose && !bars.isFilledAtClose ? 1 : 0;
  return {
    side: holding.side,
    entrySignalTimeMs: bars.openTimeMs[holding.signalBar]!,
    entryFillTimeMs: bars.openTimeMs[holding.fillBar]!,
    exitSignalTimeMs: bars.openTimeMs[exit.signalBar]!,
    exitFillTimeMs: bars.openTimeMs[t]!,
    entryZScore: bars.zScore[holding.signalBar]!,
    exitZScore: bars.zScore[exit.signalBar]!,
    exitReason: exit.reason,
    barsHeld: t - holding.fillBar + lastBarShare,
    legY,
    legX,
    grossPnl: legY.grossPnl + legX.grossPnl,
    fees: legY.fees + legX.fees,
    slippageCost: legY.slippageCost + legX.slippageCost,
    netPnl: legY.netPnl + legX.netPnl,
    tradedNotional: legNotional(legY) + legNotional(legX),
  };
}

function legNotional(leg: PairTrade["legY"]): number {
  return Math.abs(leg.quantity) * (leg.entryPrice + leg.exitPrice);
}

import type { LiveBacktest, LiveBacktestInput, LiveBacktestTrade } from "#contracts/live-series.ts";
import type { PairTrade } from "#quant/backtest/pair-trade.ts";
import { liveBacktest } from "#quant/live/live-backtest.ts";
import { chartSeries } from "../chart-series.ts";
import type { ShownBars, ShownLeg } from "./shown-bars.ts";

/** Of leg Y in a trade, quote asset. */
const NOTIONAL = 10_000;
const TRADES_MAX = 50;
const POINTS = 500;

/** What trading the shown z-scores would have brought. */
export function miniBacktest(
  shown: ShownBars,
  asked: Pick<LiveBacktestInput, "threshold" | "feeBps" | "slippageBps">,
): LiveBacktest {
  const { aligned, settings, fromBar } = shown;
  const { feeBps, slippageBps, threshold = settings.threshold } = asked;
  const options = { prices: settings.prices, notional: NOTIONAL, threshold, feeBps, slippageBps };
  const bars = {
    aligned,
    openY: opensOf(shown.legY, aligned.legY.index),
    openX: opensOf(shown.legX, aligned.legX.index),
  };
  const found = liveBacktest(bars, shown.history, fromBar, options);
  const { openTimeMs, trades } = found;
  const sum = (value: (trade: PairTrade) => number) =>
    trades.reduce((total, trade) => total + value(trade), 0);
  const lastMs = openTimeMs.at(-1);
  return {
    startMs: openTimeMs[0] ?? 0,
    endMs: lastMs === undefined ? 0 : lastMs + settings.intervalMs,
    bars: openTimeMs.length,
    threshold,
    feeBps,
    slippageBps,
    notional: NOTIONAL,
    fillConvention: found.fillConvention,
    tradeCount: trades.length,
    winCount: trades.filter(({ netPnl }) => netPnl > 0).length,
    grossPnl: sum(({ grossPnl }) => grossPnl),
    fees: sum(({ fees }) => fees),
    slippageCost: sum(({ slippageCost }) => slippageCost),
    netPnl: sum(({ netPnl }) => netPnl),
    drawdownMax: found.drawdownMax,
    equity: chartSeries(
      {
        openTimeMs,
        intervalMs: settings.intervalMs,
        calendar: "continuous",
        lines: { profit: found.profit },
        // Between two bars that can be traded on the profit stands still: that is no gap.
        isGap: () => false,
      },
      { window: null, points: POINTS },
    ),
    trades: trades.slice(-TRADES_MAX).reverse().map(tradeOf),
    warnings: [...found.warnings, ...carriedWarning(found.carriedBars)],
  };
}

function opensOf({ bars }: ShownLeg, index: Uint32Array): Float64Array {
  return Float64Array.from(index, (bar) => bars.open[bar] ?? Number.NaN);
}

function carriedWarning(bars: number): readonly string[] {
  if (bars === 0) return [];
  const count = bars === 1 ? "1 bar" : `${bars} bars`;
  return [`${count} in which a leg did not trade could not have been traded on and are left out.`];
}

function tradeOf(trade: PairTrade): LiveBacktestTrade {
  const { exitReason } = trade;
  // Neither a stop nor a time limit was asked for.
  if (exitReason === "stop" || exitReason === "time") throw new Error("Invariant: no such exit");
  return {
    side: trade.side,
    entryMs: trade.entryFillTimeMs,
    exitMs: trade.exitFillTimeMs,
    entryZScore: trade.entryZScore,
    exitZScore: Number.isFinite(trade.exitZScore) ? trade.exitZScore : null,
    barsHeld: trade.barsHeld,
    grossPnl: trade.grossPnl,
    fees: trade.fees,
    slippageCost: trade.slippageCost,
    netPnl: trade.netPnl,
    exitReason,
  };
}

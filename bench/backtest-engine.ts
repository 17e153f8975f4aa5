import { type Book, strategyBook } from "#quant/backtest/backtest-book.ts";
import { type EventBacktest, runEventEngine } from "#quant/backtest/event-engine.ts";
import type { InstrumentCosts } from "#quant/backtest/instrument-costs.ts";
import { alignMarketBars, type MarketBars } from "#quant/backtest/market-bars.ts";
import { type ZScoreStrategyConfig, zScoreStrategy } from "#quant/strategies/z-score-strategy.ts";
import { syntheticUniverse } from "#quant/synthetic/synthetic-universe.ts";
import { atLeast, type Figure, observed } from "./figure.ts";
import { timing } from "./stopwatch.ts";

const HOUR_MS = 3_600_000;
/** Two years of hours, and a history that outlasts the compiler's curiosity. */
const SHORT_BARS = 17_490;
const LONG_BARS = 500_000;

/** The strategy of the figure, its z-score over 120 bars. */
export const Z_SCORE_120 = {
  prices: "log",
  hedgeMethod: "formation",
  hedgeWindowBars: 250,
  kalmanDelta: 1e-4,
  kalmanObservationVariance: 1e-3,
  zScoreMethod: "window",
  zScoreWindowBars: 120,
  entryZScore: 2,
  exitZScore: 0.5,
  stopZScore: 4,
  holdingMaxBars: null,
} as const satisfies ZScoreStrategyConfig;

/** Every cost of a perpetual, lots and ticks included. */
export const HOURLY_COSTS: InstrumentCosts = {
  fees: { makerRate: 0.0002, takerRate: 0.0005 },
  slippage: { kind: "bps", slippageBps: 2 },
  lots: { quantityStep: 0.001, priceTick: 0.0001, notionalMin: 5 },
  funding: { kind: "constant", rate: 0.0001, everyMs: 8 * HOUR_MS },
  borrowRateAnnual: 0.05,
  dividends: null,
};

/** One pair through the event engine, with every cost, on one core. */
export function backtestEngine(): readonly Figure[] {
  const name = "event engine, one pair, hourly, all costs";
  const short = barsPerSecond(SHORT_BARS, 60);
  const long = barsPerSecond(LONG_BARS, 6);
  return [
    atLeast(name, short.best, 1.5, "M bars/s"),
    observed(`${name}, median`, short.median, "M bars/s"),
    observed(`${name}, 500,000 bars`, long.best, "M bars/s"),
    observed(`${name}, trades`, short.trades, ""),
  ];
}

function barsPerSecond(
  bars: number,
  runs: number,
): { readonly best: number; readonly median: number; readonly trades: number } {
  const backtest = onePair(hourlyPair(bars));
  let trades = 0;
  const { best, median } = timing(() => {
    trades = runEventEngine(backtest)?.trades.length ?? 0;
  }, runs);
  return { best: bars / best / 1e6, median: bars / median / 1e6, trades };
}

function hourlyPair(bars: number): MarketBars {
  const startMs = Date.UTC(2022, 0, 1);
  return alignMarketBars(
    syntheticUniverse({ seed: 1, instruments: 2, bars, intervalMs: HOUR_MS, startMs }),
  );
}

function onePair(bars: MarketBars): EventBacktest {
  const { openTimeMs, instruments } = bars;
  const outcome = zScoreStrategy.fit(Z_SCORE_120, { openTimeMs, instruments });
  if (outcome.kind === "refused") throw new Error(outcome.message);
  const book: Book = strategyBook(zScoreStrategy, {
    instruments: [0, 1],
    sizing: {
      rule: { kind: "notional", amount: { kind: "equity-share", value: 0.5 } },
      pricedAt: "fill",
    },
    config: Z_SCORE_120,
    fit: outcome.fit,
    isRecordingFigures: true,
  });
  return {
    bars,
    finer: null,
    costs: [HOURLY_COSTS, HOURLY_COSTS],
    books: [book],
    rules: { initialCash: 100_000, margin: null, pairsMax: null, grossExposureMax: 4 },
    tradingStartBar: 0,
    isClosedAtEnd: true,
  };
}

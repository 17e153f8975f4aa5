import { type FusedBars, fusedZScoreBacktest } from "#quant/backtest/fused-z-score-backtest.ts";
import { createRandom } from "#quant/synthetic/random.ts";
import { atLeast, type Figure, observed } from "./figure.ts";
import { timing } from "./stopwatch.ts";

const WINDOW_BARS = 60;
/** Two years of hours: what a sweep over parameters goes through again and again. */
const SWEEP_BARS = 17_490;
const MILLION = 1_000_000;

const CONFIG = {
  intervalMs: 3_600_000,
  formation: { startMs: 0, endMs: 1 },
  trading: { startMs: 1, endMs: 2 },
  zScoreWindowBars: WINDOW_BARS,
  entryZScore: 2,
  exitZScore: 0,
  stopZScore: 4,
  holdingMaxBars: null,
  notional: 1,
  initialEquity: 100,
  feeBps: 5,
  slippageBps: 2,
};

/** From the spread to equity and drawdown: rolling z-score, signals, fills, costs, on one core. */
export function fusedBacktest(): readonly Figure[] {
  const name = "z-score backtest, fused loop";
  const sweep = barsPerSecond(SWEEP_BARS, 400);
  const long = barsPerSecond(MILLION, 30);
  return [
    atLeast(`${name}, 17,490 bars`, sweep.best, 50, "M bars/s"),
    observed(`${name}, 17,490 bars, median`, sweep.median, "M bars/s"),
    observed(`${name}, 1,000,000 bars`, long.best, "M bars/s"),
  ];
}

/** Millions of bars a second. */
function barsPerSecond(bars: number, runs: number): { best: number; median: number } {
  const prices = returningPair(bars);
  const equity = new Float64Array(bars);
  const { best, median } = timing(() => fusedZScoreBacktest(prices, CONFIG, 1, equity), runs);
  return { best: bars / best / 1e6, median: bars / median / 1e6 };
}

/** A pair whose spread returns within a day or so: a trade about every fifty bars. */
function returningPair(bars: number): FusedBars {
  const { gaussian } = createRandom(3);
  const closeY = new Float64Array(bars);
  const closeX = new Float64Array(bars);
  let logX = 4;
  let deviation = 0;
  const spread = Float64Array.from({ length: bars + WINDOW_BARS - 1 }, (_, i) => {
    logX += 0.005 * gaussian();
    deviation = 0.95 * deviation + 0.005 * gaussian();
    const bar = i - WINDOW_BARS + 1;
    if (bar >= 0) {
      closeX[bar] = Math.exp(logX);
      closeY[bar] = Math.exp(logX + deviation);
    }
    return deviation;
  });
  // Each bar opens where the one before closed.
  const opensOf = (closes: Float64Array): Float64Array =>
    closes.map((close, bar) => closes[bar - 1] ?? close);
  const fills = { fillY: opensOf(closeY), fillX: opensOf(closeX) };
  return { spread, closeY, closeX, ...fills, isFilledAtClose: false };
}

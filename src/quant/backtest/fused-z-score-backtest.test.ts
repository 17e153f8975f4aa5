import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expectWithin } from "../golden/load-golden.test-support.ts";
import { maximumDrawdown } from "../performance/maximum-drawdown.ts";
import { rollingZScore } from "../stats/rolling-z-score.ts";
import { createRandom } from "../synthetic/random.ts";
import {
  type FusedBacktest,
  type FusedBars,
  fusedZScoreBacktest,
} from "./fused-z-score-backtest.ts";
import type { PairBacktestConfig } from "./pair-backtest-config.ts";
import type { PairTrade } from "./pair-trade.ts";
import { runTrading } from "./trading-loop.ts";

const NEAR = { rtol: 1e-9, atol: 1e-9 };

const CONFIG: PairBacktestConfig = {
  intervalMs: 1,
  formation: { startMs: 0, endMs: 1 },
  trading: { startMs: 1, endMs: 2 },
  zScoreWindowBars: 20,
  entryZScore: 1.5,
  exitZScore: 0,
  stopZScore: 3,
  holdingMaxBars: null,
  notional: 1_000,
  initialEquity: 10_000,
  feeBps: 5,
  slippageBps: 2,
};

/** The same by the event loop: exact z-scores, one event a bar. */
function eventBacktest(
  bars: FusedBars,
  config: PairBacktestConfig,
  hedgeRatio: number,
): FusedBacktest & { readonly equity: Float64Array } {
  const { spread, ...prices } = bars;
  const zScore = rollingZScore(spread, config.zScoreWindowBars).slice(config.zScoreWindowBars - 1);
  const openTimeMs = prices.closeY.map((_, i) => i);
  const run = runTrading({ ...prices, openTimeMs, zScore }, config, hedgeRatio, {});
  if (run === null) throw new Error("nothing cancels it");
  const sum = (of: (trade: PairTrade) => number): number =>
    run.trades.reduce((total, trade) => total + of(trade), 0);
  return {
    equity: run.equity,
    equityEnd: Number(run.equity.at(-1)),
    drawdownMax: maximumDrawdown(run.equity, config.initialEquity).drawdownMax,
    trades: run.trades.length,
    fees: sum((trade) => trade.fees),
    slippageCost: sum((trade) => trade.slippageCost),
    isRuined: run.isRuined,
  };
}

function expectEventLoop(bars: FusedBars, config: PairBacktestConfig, hedgeRatio: number): number {
  const expected = eventBacktest(bars, config, hedgeRatio);
  const equity = new Float64Array(bars.closeY.length).fill(Number.NaN);
  const fused = fusedZScoreBacktest(bars, config, hedgeRatio, equity);
  expect(fused.trades).toBe(expected.trades);
  expect(fused.isRuined).toBe(expected.isRuined);
  for (const figure of ["equityEnd", "drawdownMax", "fees", "slippageCost"] as const) {
    expectWithin(figure, fused[figure], expected[figure], NEAR);
  }
  expected.equity.forEach((value, bar) => {
    expectWithin(`equity of bar ${bar}`, Number(equity[bar]), value, NEAR);
  });
  return fused.trades;
}

/** A spread that returns, in steps of `grain` where that is not zero, and prices that follow it. */
function wanderingBars(
  seed: number,
  of: { readonly bars: number; readonly windowBars: number; readonly grain: number },
): FusedBars {
  const { gaussian, uniform } = createRandom(seed);
  const { bars, windowBars, grain } = of;
  const onGrid = (value: number): number =>
    grain === 0 ? value : Math.round(value / grain) * grain;
  let deviation = 0;
  let logX = 3;
  const spread = new Float64Array(bars + windowBars - 1);
  const [closeY, closeX, openY, openX] = [0, 1, 2, 3].map(() => new Float64Array(bars));
  if (!(closeY && closeX && openY && openX)) throw new Error("there are four series");
  for (let t = 0; t < spread.length; t++) {
    // Now and then nothing trades for a while.
    if (uniform() > 0.1) deviation = 0.8 * deviation + 0.01 * gaussian();
    logX += 0.01 * gaussian();
    spread[t] = onGrid(deviation);
    const bar = t - windowBars + 1;
    if (bar < 0) continue;
    closeX[bar] = Math.exp(logX);
    closeY[bar] = Math.exp(1 + 0.8 * logX + deviation);
    openX[bar] = Number(closeX[bar]) * (1 + 0.002 * gaussian());
    openY[bar] = Number(closeY[bar]) * (1 + 0.002 * gaussian());
  }
  const isFilledAtClose = seed % 2 === 0;
  const fills = isFilledAtClose ? { fillY: closeY, fillX: closeX } : { fillY: openY, fillX: openX };
  return { spread, closeY, closeX, ...fills, isFilledAtClose };
}

const seeds = fc.integer({ min: 0, max: 2 ** 31 });
const shapes = fc.record({
  bars: fc.integer({ min: 2, max: 400 }),
  windowBars: fc.integer({ min: 2, max: 50 }),
  grain: fc.constantFrom(0, 0, 0.01, 0.03),
});
const configs = fc
  .record({
    entryZScore: fc.double({ min: 0.2, max: 2.5, noNaN: true }),
    exitShare: fc.constantFrom(0, 0, 0.3, 0.9),
    stopAbove: fc.option(fc.double({ min: 0.01, max: 2, noNaN: true })),
    holdingMaxBars: fc.option(fc.integer({ min: 1, max: 30 })),
    notional: fc.constantFrom(1_000, 1_000, 30_000, 500_000),
    feeBps: fc.constantFrom(0, 5, 100),
    slippageBps: fc.constantFrom(0, 2, 100),
  })
  .map(({ exitShare, stopAbove, ...config }) => ({
    ...config,
    exitZScore: exitShare * config.entryZScore,
    stopZScore: stopAbove === null ? null : config.entryZScore + stopAbove,
  }));
const hedgeRatios = fc.constantFrom(0.8, 1.3, -0.5);

describe("fusedZScoreBacktest", () => {
  test("is the event loop, whatever the bars and the parameters", () => {
    let trades = 0;
    fc.assert(
      fc.property(seeds, shapes, configs, hedgeRatios, (seed, shape, changes, hedgeRatio) => {
        const bars = wanderingBars(seed, shape);
        const config = { ...CONFIG, ...changes, zScoreWindowBars: shape.windowBars };
        trades += expectEventLoop(bars, config, hedgeRatio);
      }),
      { numRuns: 500 },
    );
    expect(trades).toBeGreaterThan(1_000);
  });

  test("so it is where a z-score is the level itself, to the bit or but for the last", () => {
    const ulps = fc.constantFrom(-1, 0, 1);
    const picks = fc.array(fc.nat(), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(seeds, shapes, picks, ulps, (seed, shape, at, ulp) => {
        const bars = wanderingBars(seed, shape);
        const levels = [...rollingZScore(bars.spread, shape.windowBars)]
          .map(Math.abs)
          .filter((level) => level > 0.05);
        fc.pre(levels.length > 0);
        const moved = at
          .map((index) => Number(levels[index % levels.length]) * (1 + ulp * Number.EPSILON))
          .sort((a, b) => a - b);
        const [exitZScore = 0, entryZScore = 1, stopZScore = 2] = moved;
        fc.pre(exitZScore < entryZScore && entryZScore < stopZScore);
        const changes = { exitZScore, entryZScore, stopZScore };
        expectEventLoop(bars, { ...CONFIG, ...changes, zScoreWindowBars: shape.windowBars }, 0.8);
      }),
      { numRuns: 300 },
    );
  });

  test("so it is over a long history", () => {
    const bars = wanderingBars(3, { bars: 100_000, windowBars: 20, grain: 0 });
    expect(expectEventLoop(bars, CONFIG, 0.8)).toBeGreaterThan(1_000);
  });

  test("so it is where the spread stands still and where it jumps", () => {
    const step = fc.oneof(
      { weight: 5, arbitrary: fc.constant(0.5) },
      { weight: 3, arbitrary: fc.integer({ min: -20, max: 20 }).map((value) => value / 10) },
      { weight: 1, arbitrary: fc.constantFrom(-1e9, 1e9) },
    );
    const spreads = fc.array(step, { minLength: 40, maxLength: 120 });
    fc.assert(
      fc.property(seeds, spreads, fc.integer({ min: 2, max: 20 }), (seed, list, windowBars) => {
        const shape = { bars: list.length - windowBars + 1, windowBars, grain: 0 };
        const bars = { ...wanderingBars(seed, shape), spread: Float64Array.from(list) };
        expectEventLoop(bars, { ...CONFIG, entryZScore: 0.5, zScoreWindowBars: windowBars }, 0.8);
      }),
    );
  });
});

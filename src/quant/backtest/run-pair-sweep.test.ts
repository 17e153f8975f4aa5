import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expectWithin } from "../golden/load-golden.test-support.ts";
import { tallyEventRun } from "../optimisation/tally-event-run.ts";
import { trialColumns } from "../optimisation/trial-columns.ts";
import { writeTrialFigures } from "../optimisation/trial-tally.ts";
import { defaultConfig, readConfig } from "../strategies/parameter-values.ts";
import { type ZScoreStrategyConfig, zScoreStrategy } from "../strategies/z-score-strategy.ts";
import { createRandom } from "../synthetic/random.ts";
import { strategyBook } from "./backtest-book.ts";
import { type EventRun, runEventEngine } from "./event-engine.ts";
import { type InstrumentCosts, NO_COSTS } from "./instrument-costs.ts";
import { alignMarketBars, type MarketBars } from "./market-bars.ts";
import {
  createPairSweep,
  type PairSweepInput,
  signalsOf,
  sweepAtCosts,
  sweepObstacle,
} from "./pair-sweep.ts";
import type { PositionSizing, SizingRule } from "./position-sizing.ts";
import { runPairSweep, sweepTally } from "./run-pair-sweep.ts";
import { HOUR_MS } from "./scripted-book.test-support.ts";
import { exactZScore } from "./sweep-signals.ts";

const FORMATION_BARS = 60;
const PERIODS_PER_YEAR = 8_760;
const NEAR = { rtol: 1e-9, atol: 1e-9 };

/** A pair whose spread returns; in steps of `grain`, where that is not zero, and with still stretches. */
function wanderingPair(
  seed: number,
  of: { readonly bars: number; readonly grain: number; readonly isCloseOnly: boolean },
): MarketBars {
  const { gaussian, uniform } = createRandom(seed);
  const { bars, grain, isCloseOnly } = of;
  const onGrid = (value: number): number =>
    grain === 0 ? value : Math.round(value / grain) * grain;
  const columns = [0, 1, 2, 3].map(() => new Float64Array(bars));
  const [closeY, closeX, openY, openX] = columns;
  if (!(closeY && closeX && openY && openX)) throw new Error("there are four series");
  let deviation = 0;
  let logX = 3;
  for (let bar = 0; bar < bars; bar++) {
    const isStill = uniform() < 0.1;
    if (!isStill) deviation = 0.8 * deviation + 0.02 * gaussian();
    if (!isStill) logX += 0.01 * gaussian();
    // A jump that is far more than all the rest of a window.
    if (uniform() < 0.005) deviation += 10 * (uniform() - 0.5);
    closeX[bar] = Math.exp(onGrid(logX));
    closeY[bar] = Math.exp(1 + 0.8 * onGrid(logX) + onGrid(deviation));
    openX[bar] = Number(closeX[bar]) * (1 + 0.002 * gaussian());
    openY[bar] = Number(closeY[bar]) * (1 + 0.002 * gaussian());
  }
  const openTimeMs = Float64Array.from({ length: bars }, (_, bar) => bar * HOUR_MS);
  const noInside = { high: null, low: null, volume: null };
  return alignMarketBars([
    { openTimeMs, open: isCloseOnly ? null : openY, close: closeY, ...noInside },
    { openTimeMs, open: openX, close: closeX, ...noInside },
  ]);
}

function finishedRun(input: PairSweepInput, config: ZScoreStrategyConfig): EventRun | null {
  const fit = zScoreStrategy.fit(config, input.formation);
  if (fit.kind === "refused") return null;
  const book = strategyBook(zScoreStrategy, {
    config,
    fit: fit.fit,
    instruments: [0, 1],
    sizing: input.sizing,
    isRecordingFigures: false,
  });
  const { bars, costs, rules, tradingStartBar } = input;
  return runEventEngine({
    bars,
    finer: null,
    costs,
    books: [book],
    rules,
    tradingStartBar,
    isClosedAtEnd: true,
  });
}

/** Relative to the largest of the others: what a jump has won may be a thousand times the beginning. */
function largestGap(own: Float64Array, other: Float64Array): number {
  const scale = other.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const gap = own.reduce((most, value, i) => Math.max(most, Math.abs(value - Number(other[i]))), 0);
  return gap === 0 ? 0 : gap / scale;
}

/** Compares equity, every figure and every moment; the number of trades. */
function expectEventEngine(
  input: PairSweepInput,
  config: ZScoreStrategyConfig,
  sweep = createPairSweep(input),
): number {
  expect(sweepObstacle(input)).toBeNull();
  const run = finishedRun(input, config);
  const bars = input.bars.openTimeMs.length - input.tradingStartBar;
  const columns = trialColumns({ parameters: [], capacity: 2, bars });
  const tally = sweepTally(sweep, 1e-6);
  const refusal = runPairSweep(sweep, config, tally);
  writeTrialFigures(columns, 0, tally, PERIODS_PER_YEAR);
  expect(refusal === null).toBe(run !== null);
  if (run === null) return 0;
  const { equity } = sweep;
  const expected = sweepTally(sweep, 1e-6);
  tallyEventRun(expected, run, input.tradingStartBar);
  writeTrialFigures(columns, 1, expected, PERIODS_PER_YEAR);
  expect(columns.figures.trades[0]).toBe(columns.figures.trades[1]);
  const rows = { ...columns.figures, ...columns.moments };
  for (const [name, [own, other]] of Object.entries(rows)) {
    expectWithin(name, Number(own), Number(other), NEAR);
  }
  for (const blocks of [columns.blockMeans, columns.blockSquares]) {
    const half = blocks.length / 2;
    expect(largestGap(blocks.subarray(0, half), blocks.subarray(half))).toBeLessThan(1e-9);
  }
  expect(largestGap(equity, run.equity)).toBeLessThan(1e-9);
  return run.trades.length;
}

const seeds = fc.integer({ min: 0, max: 2 ** 31 });
const shapes = fc.record({
  bars: fc.integer({ min: 2, max: 400 }),
  grain: fc.constantFrom(0, 0, 0.01, 0.03),
  isCloseOnly: fc.boolean(),
});
const amounts = fc.oneof(
  fc.record({
    kind: fc.constant("quote" as const),
    value: fc.constantFrom(1_000, 20_000, 300_000),
  }),
  fc.record({ kind: fc.constant("equity-share" as const), value: fc.constantFrom(0.5, 2, 20) }),
);
const rules: fc.Arbitrary<SizingRule> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("notional" as const), amount: amounts }) },
  fc.record({ kind: fc.constant("hedge-weighted" as const), amount: amounts }),
  fc.record({ kind: fc.constant("dollar-neutral" as const), amount: amounts }),
  fc.record({ kind: fc.constant("fixed-quantity" as const), quantity: fc.constantFrom(3, 100) }),
  fc.record({
    kind: fc.constant("volatility-target" as const),
    volatilityAnnual: fc.constant(0.3),
    windowBars: fc.constant(20),
    barsPerYear: fc.constant(PERIODS_PER_YEAR),
    notionalMax: amounts,
  }),
);
const sizings: fc.Arbitrary<PositionSizing> = fc.record({
  rule: rules,
  pricedAt: fc.constantFrom("signal" as const, "fill" as const),
});
const costs: fc.Arbitrary<InstrumentCosts> = fc.record({
  fees: fc.record({
    makerRate: fc.constant(0),
    takerRate: fc.constantFrom(0, 0.0005, 0.01),
  }),
  slippage: fc.oneof(
    fc.record({ kind: fc.constant("bps" as const), slippageBps: fc.constantFrom(0, 2, 100) }),
    fc.constant({ kind: "half-spread" as const, bidAskSpreadBps: 3 }),
  ),
  lots: fc.constantFrom(
    NO_COSTS.lots,
    NO_COSTS.lots,
    { quantityStep: 0.01, priceTick: 0.01, notionalMin: 10 },
    { quantityStep: 100, priceTick: 0, notionalMin: 0 },
  ),
  funding: fc.constantFrom(null, null, {
    kind: "constant" as const,
    rate: 3e-4,
    everyMs: 8 * HOUR_MS,
  }),
  borrowRateAnnual: fc.constantFrom(0, 0, 0.2),
  dividends: fc.constantFrom(null, {
    timeMs: Float64Array.of(70.5 * HOUR_MS, 120 * HOUR_MS),
    perUnit: Float64Array.of(0.1, 0.3),
  }),
});
const configs: fc.Arbitrary<ZScoreStrategyConfig> = fc
  .record({
    prices: fc.constantFrom("log" as const, "level" as const),
    method: fc.constantFrom(
      "formation" as const,
      "formation" as const,
      "rolling" as const,
      "kalman" as const,
      "forecast" as const,
    ),
    hedgeWindowBars: fc.integer({ min: 10, max: 40 }),
    zScoreWindowBars: fc.integer({ min: 3, max: 50 }),
    entryZScore: fc.double({ min: 0.2, max: 2.5, noNaN: true }),
    exitShare: fc.constantFrom(0, 0, 0.3, 0.9),
    stopAbove: fc.option(fc.double({ min: 0.01, max: 2, noNaN: true })),
    holdingMaxBars: fc.option(fc.integer({ min: 1, max: 30 })),
  })
  .map(({ method, exitShare, stopAbove, ...rest }) => ({
    ...defaultConfig(zScoreStrategy),
    ...rest,
    hedgeMethod: method === "forecast" ? ("kalman" as const) : method,
    zScoreMethod: method === "forecast" ? ("kalman" as const) : ("window" as const),
    exitZScore: exitShare * rest.entryZScore,
    stopZScore: stopAbove === null ? null : rest.entryZScore + stopAbove,
  }));
const accounts = fc.record({
  initialCash: fc.constantFrom(10_000, 10_000, 500),
  margin: fc.constant(null),
  pairsMax: fc.constantFrom(null, 1),
  grossExposureMax: fc.constantFrom(null, null, 1.5),
});

function inputOf(
  seed: number,
  shape: { readonly bars: number; readonly grain: number; readonly isCloseOnly: boolean },
  rest: Pick<PairSweepInput, "costs" | "sizing" | "rules"> & { readonly warmUpBars: number },
): PairSweepInput {
  const { warmUpBars, ...terms } = rest;
  const all = wanderingPair(seed, { ...shape, bars: FORMATION_BARS + warmUpBars + shape.bars });
  const part = (from: number, to?: number): MarketBars => ({
    openTimeMs: all.openTimeMs.slice(from, to),
    instruments: all.instruments.map((one) => ({
      ...one,
      open: one.open.slice(from, to),
      high: one.high.slice(from, to),
      low: one.low.slice(from, to),
      close: one.close.slice(from, to),
      volume: one.volume.slice(from, to),
    })),
  });
  return {
    bars: part(FORMATION_BARS),
    formation: part(0, FORMATION_BARS),
    tradingStartBar: warmUpBars,
    ...terms,
  };
}

const terms = fc.record({
  costs: fc.tuple(costs, costs),
  sizing: sizings,
  rules: accounts,
  warmUpBars: fc.integer({ min: 0, max: 80 }),
});

const PLAIN: Pick<PairSweepInput, "costs" | "sizing" | "rules"> = {
  costs: [NO_COSTS, NO_COSTS].map((none) => ({
    ...none,
    fees: { makerRate: 0, takerRate: 0.0005 },
    slippage: { kind: "bps", slippageBps: 2 },
  })),
  sizing: { rule: { kind: "notional", amount: { kind: "quote", value: 5_000 } }, pricedAt: "fill" },
  rules: { initialCash: 10_000, margin: null, pairsMax: null, grossExposureMax: null },
};

describe("runPairSweep", () => {
  test("is the event engine, whatever the bars, the costs and the parameters", () => {
    let trades = 0;
    fc.assert(
      fc.property(seeds, shapes, terms, configs, (seed, shape, rest, config) => {
        expect(readConfig(zScoreStrategy, config).kind).toBe("valid");
        trades += expectEventEngine(inputOf(seed, shape, rest), config);
      }),
      { numRuns: 400 },
    );
    expect(trades).toBeGreaterThan(1_000);
  });

  test("so it is where a z-score is the level itself, to the bit or but for the last", () => {
    const ulps = fc.constantFrom(-1, 0, 1);
    const picks = fc.array(fc.nat(), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(seeds, shapes, picks, ulps, (seed, shape, at, ulp) => {
        const input = inputOf(seed, shape, { ...PLAIN, warmUpBars: 10 });
        const config = { ...defaultConfig(zScoreStrategy), zScoreWindowBars: 10 };
        const signals = signalsOf(createPairSweep(input), config);
        fc.pre(signals.kind === "fitted");
        const { zScore } = signals.fit;
        const levels = [...zScore.keys()]
          .map((bar) => Math.abs(exactZScore(signals.fit, bar)))
          .filter((level) => level > 0.1);
        fc.pre(levels.length > 0);
        const moved = at
          .map((index) => Number(levels[index % levels.length]) * (1 + ulp * Number.EPSILON))
          .sort((a, b) => a - b);
        const [exitZScore = 0, entryZScore = 1, stopZScore = 2] = moved;
        fc.pre(exitZScore < entryZScore && entryZScore < stopZScore);
        expectEventEngine(input, { ...config, exitZScore, entryZScore, stopZScore });
      }),
      { numRuns: 200 },
    );
  });

  test("so it is for one configuration after another, at other costs too", () => {
    const input = inputOf(
      5,
      { bars: 2_000, grain: 0, isCloseOnly: false },
      { ...PLAIN, warmUpBars: 0 },
    );
    const sweep = createPairSweep(input);
    const config = defaultConfig(zScoreStrategy);
    for (const zScoreWindowBars of [20, 30, 20]) {
      for (const entryZScore of [1, 2]) {
        const changed = { ...config, zScoreWindowBars, entryZScore };
        expect(expectEventEngine(input, changed, sweep)).toBeGreaterThan(20);
        const free = { ...input, costs: [NO_COSTS, NO_COSTS] };
        expectEventEngine(free, changed, sweepAtCosts(sweep, free.costs));
      }
    }
    expect(sweep.signals.size).toBe(2);
  });

  test("a formation that teaches nothing is told, and nothing is traded", () => {
    const input = inputOf(
      5,
      { bars: 50, grain: 0, isCloseOnly: false },
      { ...PLAIN, warmUpBars: 0 },
    );
    const still = { ...input.formation, openTimeMs: input.formation.openTimeMs.slice(0, 10) };
    const sweep = createPairSweep({ ...input, formation: still });
    const tally = sweepTally(sweep, 0);
    const refusal = runPairSweep(sweep, defaultConfig(zScoreStrategy), tally);
    expect(refusal?.code).toBe("too-short");
    expect([tally.trades, tally.bars, tally.equity]).toEqual([0, 50, 10_000]);
  });
});

describe("sweepObstacle", () => {
  const input = inputOf(5, { bars: 50, grain: 0, isCloseOnly: false }, { ...PLAIN, warmUpBars: 0 });
  const [legY, legX] = input.bars.instruments;
  const [costY] = input.costs;
  if (!(legY && legX && costY)) throw new Error("a pair has two legs");
  const market = (changed: typeof legY): MarketBars => ({
    ...input.bars,
    instruments: [changed, legX],
  });
  const volumeShare = { kind: "volume-share", impact: 0.1, shareMax: 0.1 } as const;
  const margin = { initialRate: 0.1, maintenanceRate: 0.05, liquidationFeeRate: 0 };

  test.each([
    ["nothing of a whole pair", {}, null],
    ["one instrument", { bars: { ...input.bars, instruments: [legY] } }, "not-a-pair"],
    ["one bar", { tradingStartBar: 49 }, "too-short"],
    ["an end before the others'", { bars: market({ ...legY, delistedFromBar: 40 }) }, "delisted"],
    [
      "a missing close",
      { bars: market({ ...legY, close: legY.close.with(7, Number.NaN) }) },
      "gap",
    ],
    ["a missing open", { bars: market({ ...legY, open: legY.open.with(7, Number.NaN) }) }, "gap"],
    ["slippage by volume", { costs: [costY, { ...costY, slippage: volumeShare }] }, "volume-share"],
    ["margin", { rules: { ...input.rules, margin } }, "margin"],
  ] as const)("is told of %s", (_, changes, obstacle) => {
    expect(sweepObstacle({ ...input, ...changes })).toBe(obstacle);
  });
});

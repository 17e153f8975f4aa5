import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import type { LagOption } from "../cointegration/lag-selection.ts";
import { screenPair } from "../cointegration/pair-screen.ts";
import { expectWithin, randomWalk, seededUniform } from "../golden/load-golden.test-support.ts";
import { builtPairKernel } from "./built-pair-kernel.test-support.ts";
import { screenGrid } from "./grid-screen.ts";
import type { PairKernel } from "./pair-kernel.ts";
import { pairAt, pairCount } from "./pair-order.ts";
import {
  PAIR_REFUSALS,
  type PairResults,
  pairResultsBytes,
  pairResultsIn,
} from "./pair-results.ts";
import { createPlainPairKernel } from "./plain-pair-kernel.ts";
import { type SeriesGrid, seriesGridBytes, seriesGridIn, writeGridMoments } from "./series-grid.ts";

let compiled: PairKernel;
beforeAll(async () => {
  compiled = await builtPairKernel();
});

const TOLERANCE = { rtol: 1e-9, atol: 1e-9 };
const AIC: LagOption = { kind: "aic" };

function gridOf(series: readonly Float64Array[]): SeriesGrid {
  const length = series[0]!.length;
  const memory = new ArrayBuffer(seriesGridBytes(length, series.length));
  const grid = seriesGridIn(memory, length, series.length);
  series.forEach((values, row) => {
    grid.logCloses.set(values, row * length);
    writeGridMoments(grid, row);
  });
  return grid;
}

function screened(
  series: readonly Float64Array[],
  kernel: PairKernel,
  lags: LagOption,
  significance = 0.05,
): PairResults {
  const grid = gridOf(series);
  const count = pairCount(series.length);
  const results = pairResultsIn(new ArrayBuffer(pairResultsBytes(count)), count);
  screenGrid(grid, { start: 0, end: count }, results, { lags, significance }, kernel);
  return results;
}

/** Compares one pair with screenPair over the bars that both legs have. */
function expectScreen(
  results: PairResults,
  series: readonly Float64Array[],
  index: number,
  lags: LagOption,
): void {
  const { y, x } = pairAt(index, series.length);
  const hasBoth = (_: number, t: number): boolean =>
    !Number.isNaN(series[y]![t]!) && !Number.isNaN(series[x]![t]!);
  const expected = screenPair(series[y]!.filter(hasBoth), series[x]!.filter(hasBoth), { lags });
  if (expected.kind === "refused") {
    expect(PAIR_REFUSALS[results.refusal[index]!]).toBe(expected.reason);
    return;
  }
  expect(PAIR_REFUSALS[results.refusal[index]!]).toBeNull();
  const { yOnX, xOnY } = expected;
  expect(results.observations[index]).toBe(expected.observations);
  expect(results.lagsYx[index]).toBe(yOnX.lags);
  expect(results.lagsXy[index]).toBe(xOnY.lags);
  const figures = [
    ["hedge ratio", results.hedgeRatio, yOnX.hedgeRatio],
    ["intercept", results.intercept, yOnX.intercept],
    ["statistic of y on x", results.statisticYx, yOnX.statistic],
    ["statistic of x on y", results.statisticXy, xOnY.statistic],
    ["p-value of y on x", results.pValueYx, yOnX.pValue],
    ["p-value of x on y", results.pValueXy, xOnY.pValue],
    ["correlation", results.correlation, expected.returnsCorrelation],
  ] as const;
  for (const [label, column, value] of figures) {
    expectWithin(label, column[index]!, value, TOLERANCE);
  }
  const { exactBars, slope } = expected.halfLife;
  const halfLifeBars = results.halfLifeBars[index]!;
  expect(Number.isNaN(halfLifeBars)).toBe(exactBars === null);
  // Near no reversion the half-life is the inverse of a small number, which is what agrees.
  if (exactBars !== null)
    expectWithin("λ", -Math.expm1(-Math.LN2 / halfLifeBars), -slope, TOLERANCE);
}

function expectAllScreens(series: readonly Float64Array[], lags: LagOption): void {
  for (const kernel of [createPlainPairKernel(), compiled]) {
    const results = screened(series, kernel, lags);
    for (let i = 0; i < results.refusal.length; i++) expectScreen(results, series, i, lags);
  }
}

/** What prices do that arithmetic does not like; `walk` is another instrument of the universe. */
const STRANGE = {
  walk: (walk) => walk,
  constant: (walk) => walk.map(() => 4.6),
  line: (walk) => walk.map((_, t) => 0.01 * t),
  "a line with a little noise": (walk, random) => walk.map((_, t) => t + 1e-6 * random()),
  "a step": (walk) => walk.map((_, t) => (t < 20 ? 1 : 2)),
  alternating: (walk) => walk.map((_, t) => (t % 2 === 0 ? 1 : -1)),
  "a smooth wave": (walk, random) => walk.map((_, t) => Math.sin(t / 15) + 1e-7 * random()),
  "noise far from zero": (walk, random) => walk.map(() => 1e6 + 1e-3 * random()),
  "a walk far from zero": (walk) => walk.map((value) => 1e8 + value),
  tiny: (walk) => walk.map((value) => 1e-9 * value),
  copy: (walk) => walk.map((value) => 3 * value - 1),
  "nearly a copy": (walk, random) => walk.map((value) => value + 1e-3 * random()),
  "almost a copy": (walk, random) => walk.map((value) => value + 3e-2 * random()),
  "the walk of the bar before": (walk) => walk.map((_, t) => walk[Math.max(0, t - 1)]!),
  "listed later": (walk) => walk.map((value, t) => (t < 15 ? Number.NaN : value)),
  "with holes": (walk, random) => walk.map((value) => (random() < 0.1 ? Number.NaN : value)),
  infinite: (walk) => walk.map((value, t) => (t === 9 ? Number.POSITIVE_INFINITY : value)),
} as const satisfies Record<string, (walk: Float64Array, random: () => number) => Float64Array>;

const lagOption: fc.Arbitrary<LagOption> = fc.oneof(
  fc.constantFrom<LagOption>({ kind: "aic" }, { kind: "bic" }, { kind: "t-stat" }),
  fc.record({ kind: fc.constant("fixed" as const), lags: fc.integer({ min: 0, max: 10 }) }),
);

describe("screenGrid", () => {
  test("gives the figures of screenPair, to nine digits, for walks and cointegrated pairs", () => {
    const inputs = fc.record({
      bars: fc.integer({ min: 20, max: 300 }),
      seed: fc.integer({ min: 0, max: 1e6 }),
      lags: lagOption,
    });
    fc.assert(
      fc.property(inputs, ({ bars, seed, lags }) => {
        const [a, b, noise] = [0, 1, 2].map((i) => randomWalk(bars, 3 * seed + i));
        const tied = b!.map((value, t) => 0.7 * value + noise![t]! - (noise![t - 1] ?? 0));
        expectAllScreens([a!, b!, tied], lags);
      }),
      { numRuns: 150 },
    );
  });

  test("gives the figures and refusals of screenPair for whatever prices do", () => {
    const strange = fc.constantFrom(...Object.values(STRANGE));
    const inputs = fc.record({
      bars: fc.integer({ min: 25, max: 150 }),
      seed: fc.integer({ min: 0, max: 1e6 }),
      others: fc.array(strange, { minLength: 2, maxLength: 4 }),
      lags: lagOption,
    });
    fc.assert(
      fc.property(inputs, ({ bars, seed, others, lags }) => {
        const walk = randomWalk(bars, seed);
        const random = seededUniform(seed);
        expectAllScreens([walk, ...others.map((other) => other(walk, random))], lags);
      }),
      { numRuns: 300 },
    );
  });

  test("computes a range as it computes the whole", () => {
    const series = [1, 2, 3, 4].map((seed) => randomWalk(60, seed));
    const whole = screened(series, compiled, AIC);
    const parts = pairResultsIn(new ArrayBuffer(pairResultsBytes(6)), 6);
    const grid = gridOf(series);
    const options = { lags: AIC, significance: 0.05 };
    for (const [start, end] of [
      [0, 2],
      [2, 5],
      [5, 6],
    ] as const) {
      screenGrid(grid, { start, end }, parts, options, compiled);
    }
    expect(parts).toEqual(whole);
  });

  test("refuses a pair whose legs never traded at the same time", () => {
    const walk = randomWalk(80, 1);
    const early = walk.map((value, t) => (t < 40 ? value : Number.NaN));
    const late = walk.map((value, t) => (t < 40 ? Number.NaN : value));
    const { refusal, observations } = screened([early, late], compiled, AIC);
    expect(PAIR_REFUSALS[refusal[0]!]).toBe("no-common-bars");
    expect(observations[0]).toBe(0);
  });

  test("computes with full care where the significance lies at the p-value itself", () => {
    const series = [randomWalk(200, 8), randomWalk(200, 9)];
    const exact = screenPair(series[0]!, series[1]!);
    if (exact.kind === "refused") throw new Error("two walks are a pair");
    const { pValue, statistic } = exact.yOnX;
    const results = screened(series, compiled, AIC, pValue);
    expect(results.pValueYx[0]).toBe(pValue);
    expect(results.statisticYx[0]).toBe(statistic);
  });
});

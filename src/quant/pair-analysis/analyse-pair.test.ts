import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { augmentedDickeyFuller } from "../cointegration/adf.ts";
import { cointegratedPair } from "../cointegration/cointegrated-pair.ts";
import { phillipsOuliaris } from "../cointegration/phillips-ouliaris.ts";
import { InvalidInputError } from "../invalid-input-error.ts";
import { halfLife } from "../mean-reversion/half-life.ts";
import { differences } from "../stats/differences.ts";
import { simpleOls } from "../stats/ols.ts";
import { hedgeRatioBreak } from "../structural-break/hedge-ratio-break.ts";
import { createRandom } from "../synthetic/random.ts";
import { analysePair } from "./analyse-pair.ts";
import type { HedgeMethod, PairAnalysisOptions, PairBars } from "./pair-analysis-options.ts";
import { pairSpread } from "./pair-spread.ts";
import { PAIR_TEST_NAMES } from "./pair-tests.ts";

const OPTIONS: PairAnalysisOptions = {
  prices: "log",
  hedge: { kind: "ols" },
  zScoreWindowBars: 30,
  testWindowBars: 120,
  costBps: 5,
  riskFreeBps: 1,
};

/** ln X walks; ln Y = 0.2 + 0.8 ln X + a spread with φ = 0.9. */
function cointegrated(n: number, seed = 7): PairBars {
  const random = createRandom(seed);
  const closeY = new Float64Array(n);
  const closeX = new Float64Array(n);
  let level = 3;
  let spread = 0;
  for (let t = 0; t < n; t++) {
    level += 0.01 * random.gaussian();
    spread = 0.9 * spread + 0.004 * random.gaussian();
    closeX[t] = Math.exp(level);
    closeY[t] = Math.exp(0.2 + 0.8 * level + spread);
  }
  return { closeY, closeX, volumeY: null, volumeX: null };
}

function sliced(bars: PairBars, n: number): PairBars {
  return { ...bars, closeY: bars.closeY.slice(0, n), closeX: bars.closeX.slice(0, n) };
}

const METHODS: readonly HedgeMethod[] = [
  { kind: "ols" },
  { kind: "ols-no-intercept" },
  { kind: "rolling-ols", windowBars: 100 },
  { kind: "expanding-ols" },
  { kind: "tls" },
  { kind: "huber" },
  { kind: "theil-sen" },
  { kind: "kalman", delta: 1e-4, observationVariance: 1e-3 },
  { kind: "kalman-ml" },
  { kind: "johansen" },
];

describe.each(METHODS)("with the hedge of $kind", (hedge) => {
  const bars = cointegrated(600);
  const analysis = analysePair(bars, { ...OPTIONS, hedge });

  test("the hedge ratio lies near the true one, or where no intercept lets it", () => {
    const expected = hedge.kind === "ols-no-intercept" ? 0.87 : 0.8;
    expect(analysis.hedge.hedgeRatio).toBeGreaterThan(expected - 0.2);
    expect(analysis.hedge.hedgeRatio).toBeLessThan(expected + 0.2);
  });

  test("every view has one value a bar and none is infinite", () => {
    for (const view of Object.values(analysis.views)) {
      expect(view).toHaveLength(600);
      expect(view.some((value) => Math.abs(value) === Number.POSITIVE_INFINITY)).toBe(false);
    }
    expect(analysis.views.spread.subarray(analysis.hedge.firstBar).every(Number.isFinite)).toBe(
      true,
    );
  });

  test("every test is answered or says why not", () => {
    expect(analysis.tests.map(({ name }) => name)).toEqual([...PAIR_TEST_NAMES]);
    for (const { statistic, reason } of analysis.tests) {
      expect(statistic === null).toBe(reason !== null);
    }
  });

  test("a path that claims to know only its past does", () => {
    if (!analysis.hedge.isCausal) return;
    const shorter = analysePair(sliced(bars, 450), { ...OPTIONS, hedge });
    for (const name of ["hedgeRatio", "spread", "zScore", "rollingMean", "adfPValue"] as const) {
      expect(shorter.views[name]).toEqual(analysis.views[name].slice(0, 450));
    }
  });
});

test("figures are those of the functions that they are made of", () => {
  const bars = cointegrated(500);
  const y = bars.closeY.map(Math.log);
  const x = bars.closeX.map(Math.log);
  const analysis = analysePair(bars, OPTIONS);
  const line = simpleOls(y, x);
  expect(analysis.hedge.hedgeRatio).toBeCloseTo(line.slope, 12);
  const { hedge, views } = analysis;
  const path = {
    hedgeRatio: views.hedgeRatio,
    intercept: views.hedgeRatio.map(() => hedge.intercept),
  };
  expect(views.spread).toEqual(pairSpread(y, x, { ...hedge, path }));
  expect(analysis.reversion.halfLifeExactBars).toBe(halfLife(views.spread).exactBars);
  const rows = new Map(analysis.tests.map((row) => [row.name, row]));
  expect(rows.get("adf")?.pValue).toBe(augmentedDickeyFuller(views.spread).pValue);
  const pair = cointegratedPair(y, x);
  expect(rows.get("engle-granger-yx")?.statistic).toBe(pair.aOnB.statistic);
  expect(rows.get("engle-granger-xy")?.pValue).toBe(pair.bOnA.pValue);
  expect(rows.get("engle-granger-combined")?.pValue).toBe(pair.combinedPValue);
  expect(rows.get("phillips-ouliaris-trace")?.statistic).toBe(
    phillipsOuliaris(y, x, { statistic: "trace" }).statistic,
  );
  const broken = hedgeRatioBreak(differences(y), differences(x));
  expect(rows.get("hedge-ratio-break")).toMatchObject({
    pValue: broken.pValue,
    breakIndex: broken.breakIndex + 1,
  });
});

test("views that do not rest on the hedge ratio never look ahead", () => {
  const bars = cointegrated(400, 3);
  const whole = analysePair(bars, OPTIONS).views;
  fc.assert(
    fc.property(fc.integer({ min: 60, max: 400 }), (n) => {
      const views = analysePair(sliced(bars, n), OPTIONS).views;
      for (const name of ["correlation", "beta", "engleGrangerPValue"] as const) {
        expect(views[name]).toEqual(whole[name].slice(0, n));
      }
    }),
    { numRuns: 8 },
  );
});

test("a cointegrated pair gets thresholds on both sides of its mean, wider when trading costs more", () => {
  const bars = cointegrated(800);
  const cheap = analysePair(bars, { ...OPTIONS, costBps: 1 });
  const dear = analysePair(bars, { ...OPTIONS, costBps: 10 });
  const theta = cheap.reversion.process?.theta ?? Number.NaN;
  for (const { entry, exit } of cheap.thresholds) {
    expect(entry).toBeLessThan(theta);
    expect(exit).toBeGreaterThan(theta);
  }
  expect(dear.thresholds[0]?.deviations ?? 0).toBeGreaterThan(cheap.thresholds[0]?.deviations ?? 9);
  expect(cheap.roundTripCost).toBeCloseTo((2 * (1 + cheap.hedge.hedgeRatio)) / 10_000, 12);
});

test("without costs or without a margin there are no thresholds, and the reason is told", () => {
  const bars = cointegrated(800);
  const free = analysePair(bars, { ...OPTIONS, costBps: 0 });
  expect(free.thresholds.map(({ reason }) => reason)).toEqual(["no-cost", "no-cost"]);
  const marginless = analysePair(bars, { ...OPTIONS, riskFreeBps: 0 });
  expect(marginless.thresholds.map(({ reason }) => reason)).toEqual([null, "no-interior-optimum"]);
});

test("levels and logarithms are different questions with different answers", () => {
  const bars = cointegrated(500);
  const levels = analysePair(bars, { ...OPTIONS, prices: "level" });
  const line = simpleOls(bars.closeY, bars.closeX);
  expect(levels.hedge.hedgeRatio).toBeCloseTo(line.slope, 10);
});

test("progress only grows, and is told in steps of a percent at least", () => {
  const told: number[] = [];
  analysePair(cointegrated(2_000), OPTIONS, (fraction) => told.push(fraction));
  expect(told.length).toBeGreaterThan(10);
  expect(told.length).toBeLessThanOrEqual(100);
  for (const [i, fraction] of told.entries()) expect(fraction).toBeGreaterThan(told[i - 1] ?? 0);
  expect(told.at(-1)).toBeLessThanOrEqual(1);
});

test.each([
  { name: "too few bars", bars: cointegrated(59), code: "too-short" },
  {
    name: "a leg that stands still",
    bars: { ...cointegrated(100), closeX: new Float64Array(100).fill(5) },
    code: "constant",
  },
])("$name are refused with a code", ({ bars, code }) => {
  try {
    analysePair(bars, OPTIONS);
    expect.unreachable();
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidInputError);
    expect(error).toMatchObject({ code });
  }
});

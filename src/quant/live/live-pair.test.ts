import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { augmentedDickeyFuller } from "../cointegration/adf.ts";
import { engleGranger } from "../cointegration/engle-granger.ts";
import { expectWithin } from "../golden/load-golden.test-support.ts";
import { halfLife } from "../mean-reversion/half-life.ts";
import { kalmanHedgeFit } from "../pair-analysis/kalman-hedge-fit.ts";
import { signalQuality } from "../pair-analysis/signal-quality.ts";
import { rollingOls } from "../regression/rolling-ols.ts";
import { rollingBeta, rollingCorrelation } from "../rolling/rolling-co-movement.ts";
import { rollingZScore } from "../stats/rolling-z-score.ts";
import { closesOf, HEDGES, pairBars, stepped, testOptions } from "./live-bars.test-support.ts";
import { type LiveHistory, liveHistory } from "./live-history.ts";
import { createLivePair, liveHistoryBars } from "./live-pair.ts";
import type { LivePairOptions } from "./live-pair-options.ts";

const SERIES = [
  "hedgeRatio",
  "intercept",
  "spread",
  "spreadMean",
  "spreadDeviation",
  "zScore",
  "correlation",
  "beta",
] as const satisfies readonly (keyof LiveHistory)[];

/** A number of a history beside what a step answered: both unknown, or equal to 1e-9. */
function expectSame(name: string, actual: number | null, expected: number): void {
  if (actual === null || Number.isNaN(expected)) {
    expect(`${name} ${actual}`).toBe(`${name} ${Number.isNaN(expected) ? null : expected}`);
    return;
  }
  expectWithin(name, actual, expected, { rtol: 1e-9, atol: 1e-9 });
}

describe.each(HEDGES)("a live pair with $kind $intercept", (hedge) => {
  test("shows at each bar what the history of all bars has there", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2 ** 31 }),
        fc.constantFrom("log" as const, "level" as const),
        (seed, prices) => {
          const bars = pairBars(450, seed, { stillFrom: 120, stillBars: 60 });
          const options = testOptions(hedge, { prices });
          const history = liveHistory(closesOf(bars), options);
          const pair = createLivePair(options);
          for (const [t, bar] of bars.entries()) {
            pair.step(bar);
            if (t % 7 !== 0 && t < 440) continue;
            const figures = pair.figures();
            expect(figures?.openTimeMs).toBe(bar.openTimeMs);
            for (const name of SERIES) {
              expectSame(`${name} of bar ${t}`, figures?.[name] ?? null, history[name][t]!);
            }
          }
        },
      ),
      { numRuns: 8 },
    );
  });

  test("is made of its buffer alone: started on stored bars it equals one that never stopped", () => {
    const options = testOptions(hedge);
    for (const cut of [liveHistoryBars(options) + 1, 300, 345, 400, 777]) {
      const bars = pairBars(cut, 5, { stillFrom: 200, stillBars: 55 });
      const whole = stepped(createLivePair(options), bars).figures();
      const stored = bars.slice(-liveHistoryBars(options));
      const restarted = createLivePair(options);
      for (const bar of stored.slice(0, -60)) restarted.remember(bar);
      stepped(restarted, stored.slice(-60));
      expect(restarted.figures()).toEqual(whole);
    }
  });

  test("does not look ahead: a bar's figures do not change when later bars follow", () => {
    const options = testOptions(hedge);
    const bars = pairBars(330, 6);
    const cut = stepped(createLivePair(options), bars.slice(0, 300)).figures();
    const pair = stepped(createLivePair(options), bars.slice(0, 300));
    expect(pair.figures()).toEqual(cut);
    stepped(pair, bars.slice(300));
    expect(pair.figures()?.sparkline.slice(0, 30)).toEqual(cut?.sparkline.slice(-30));
  });
});

/** Bars of a full buffer as series, with what the figures at its end are. */
function fullBuffer(options: LivePairOptions) {
  const bars = pairBars(options.bufferBars, 11);
  const { closeY, closeX } = closesOf(bars);
  const figures = stepped(createLivePair(options), bars).figures();
  if (figures === null) throw new Error("there are bars");
  return { y: closeY.map(Math.log), x: closeX.map(Math.log), bars, figures };
}

test("a rolling pair is the batch functions at the end of its buffer", () => {
  const options = testOptions({ kind: "rolling-ols", windowBars: 40, intercept: true });
  const { y, x, bars, figures } = fullBuffer(options);
  const { slopes, intercepts } = rollingOls(y, x, { windowBars: 40 });
  const spread = y.map((value, t) => value - intercepts[t]! - slopes[t]! * x[t]!).subarray(39);
  expectSame("hedge ratio", figures.hedgeRatio, slopes.at(-1)!);
  expectSame("z-score", figures.zScore, rollingZScore(spread, 20).at(-1)!);
  expectSame("half-life", figures.halfLifeBars, halfLife(spread).linearBars ?? Number.NaN);
  const adf = augmentedDickeyFuller(spread);
  expectSame("ADF", figures.adfStatistic, adf.statistic);
  expectSame("ADF p", figures.adfPValue, adf.pValue);
  expect(figures.decay.pValue).toBe(engleGranger(y, x).pValue);
  expect(figures.quality).toEqual(
    signalQuality({
      adfPValue: figures.adfPValue,
      correlation: rollingCorrelation(y, x, 50),
      beta: rollingBeta(y, x, 50),
      volumeY: Float64Array.from(bars, ({ volumeY }) => volumeY),
      volumeX: Float64Array.from(bars, ({ volumeX }) => volumeX),
    }),
  );
});

test("a Kalman pair is the filter over its buffer, with the next bar's line", () => {
  const hedge = { kind: "kalman", delta: 1e-4, observationVariance: 1e-4 } as const;
  const { y, x, figures } = fullBuffer(testOptions(hedge));
  const fit = kalmanHedgeFit(y, x, hedge);
  expect(figures.hedgeRatio).toBe(fit.hedgeRatio);
  expect(figures.intercept).toBe(fit.intercept);
  const { hedgeRatio, intercept } = fit.path;
  const spread = y.map((value, t) => value - intercept[t]! - hedgeRatio[t]! * x[t]!).subarray(30);
  expectSame("z-score", figures.zScore, rollingZScore(spread, 20).at(-1)!);
});

test("before there are enough bars nothing is made up", () => {
  const options = testOptions({ kind: "rolling-ols", windowBars: 40, intercept: true });
  const pair = createLivePair(options);
  expect(pair.figures()).toBeNull();
  const bars = pairBars(59, 3);
  stepped(pair, bars.slice(0, 39));
  expect(pair.figures()).toMatchObject({ bars: 39, hedgeRatio: null, spread: null, zScore: null });
  stepped(pair, bars.slice(39, 58));
  expect(pair.figures()).toMatchObject({ spread: expect.any(Number), zScore: null });
  stepped(pair, bars.slice(58));
  expect(pair.figures()).toMatchObject({ bars: 59, zScore: expect.any(Number) });
});

test.each([
  { name: "a price of zero", bar: { closeY: 0 }, message: /not positive and finite/ },
  { name: "a price that is not a number", bar: { closeX: Number.NaN }, message: /not positive/ },
  { name: "a time that does not ascend", bar: { openTimeMs: 1 }, message: /must ascend/ },
])("refuses $name", ({ bar, message }) => {
  const [first, second] = pairBars(2, 1);
  const pair = createLivePair(testOptions({ kind: "buffer" }));
  pair.step(first!);
  expect(() => pair.step({ ...second!, ...bar })).toThrow(message);
});

test("refuses a buffer that does not hold its windows", () => {
  const hedge = { kind: "rolling-ols", windowBars: 190, intercept: true } as const;
  expect(() => createLivePair(testOptions(hedge))).toThrow(/hold the windows/);
  expect(() => createLivePair(testOptions({ kind: "buffer" }, { bufferBars: 99 }))).toThrow(/100/);
});

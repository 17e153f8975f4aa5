// The two earlier systems by their written definitions, worked out here without any of our functions.
import { expect, test } from "vitest";
import { expectWithin } from "../golden/load-golden.test-support.ts";
import { closesOf, pairBars, stepped } from "./live-bars.test-support.ts";
import { liveNow, liveSignal } from "./live-now.ts";
import { createLivePair } from "./live-pair.ts";
import type { LivePairOptions } from "./live-pair-options.ts";

const DESK: LivePairOptions = {
  intervalMs: 1_000,
  prices: "level",
  hedge: { kind: "buffer" },
  zScoreWindowBars: 50,
  bufferBars: 500,
  carryBarsMax: 10,
};
const STACK: LivePairOptions = {
  intervalMs: 60_000,
  prices: "log",
  hedge: { kind: "rolling-ols", windowBars: 20, intercept: true },
  zScoreWindowBars: 20,
  bufferBars: 500,
  carryBarsMax: 0,
};
const CLOSE = { rtol: 1e-9, atol: 1e-9 };

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const average = (values: readonly number[]) => sum(values) / values.length;
const sampleDeviation = (values: readonly number[]) => {
  const centre = average(values);
  return Math.sqrt(sum(values.map((value) => (value - centre) ** 2)) / (values.length - 1));
};
const covariance = (y: readonly number[], x: readonly number[], divisor: number) => {
  const [centreY, centreX] = [average(y), average(x)];
  return sum(y.map((value, i) => (value - centreY) * (x[i]! - centreX))) / divisor;
};

test("desk: β = cov(ddof 1) / var(ddof 0) of the buffer, no intercept, z over 50 levels", () => {
  const bars = pairBars(620, 21);
  const figures = stepped(createLivePair(DESK), bars).figures();
  const { closeY, closeX } = closesOf(bars.slice(-500));
  const [y, x] = [[...closeY], [...closeX]];
  const beta = covariance(y, x, 499) / covariance(x, x, 500);
  const spread = y.map((price, i) => price - beta * x[i]!).slice(-50);
  const zScore = (spread.at(-1)! - average(spread)) / sampleDeviation(spread);
  expectWithin("β", figures?.hedgeRatio ?? 0, beta, CLOSE);
  expect(figures?.intercept).toBe(0);
  expectWithin("spread", figures?.spread ?? 0, spread.at(-1)!, CLOSE);
  expectWithin("z", figures?.zScore ?? 0, zScore, CLOSE);
});

test("stack: log S2 − (β log S1 + α) with α and β of the last 20 bars", () => {
  const bars = pairBars(120, 22);
  const figures = stepped(createLivePair(STACK), bars).figures();
  const { closeY, closeX } = closesOf(bars);
  const [s2, s1] = [[...closeY].map(Math.log), [...closeX].map(Math.log)];
  const spread = Array.from({ length: 20 }, (_, k) => {
    const end = s1.length - 19 + k;
    const [y, x] = [s2.slice(end - 20, end), s1.slice(end - 20, end)];
    const beta = covariance(y, x, 19) / covariance(x, x, 19);
    const alpha = average(y) - beta * average(x);
    return y.at(-1)! - (beta * x.at(-1)! + alpha);
  });
  expectWithin("spread", figures?.spread ?? 0, spread.at(-1)!, CLOSE);
  const zScore = (spread.at(-1)! - average(spread)) / sampleDeviation(spread);
  expectWithin("z", figures?.zScore ?? 0, zScore, { rtol: 1e-6, atol: 1e-9 });
});

test("between two bars the newest prices meet the line and the window of the last bar", () => {
  const bars = pairBars(620, 23);
  const figures = stepped(createLivePair(DESK), bars).figures();
  if (figures === null) throw new Error("there are bars");
  const last = bars.at(-1)!;
  const atClose = liveNow(figures, { priceY: last.closeY, priceX: last.closeX }, DESK);
  expectWithin("spread", atClose.spread ?? 0, figures.spread ?? 1, CLOSE);
  expectWithin("z", atClose.zScore ?? 0, figures.zScore ?? 1, CLOSE);
  const moved = liveNow(figures, { priceY: last.closeY + 1, priceX: last.closeX }, DESK);
  expectWithin("spread", moved.spread ?? 0, (figures.spread ?? 0) + 1, CLOSE);
  expectWithin(
    "z",
    moved.zScore ?? 0,
    (figures.zScore ?? 0) + 1 / (figures.spreadDeviation ?? 1),
    CLOSE,
  );
  const none = { ...figures, hedgeRatio: null };
  expect(liveNow(none, { priceY: 1, priceX: 1 }, DESK)).toEqual({ spread: null, zScore: null });
});

test("a flat window has a spread and no z-score", () => {
  const figures = { hedgeRatio: 1, intercept: 0, spreadMean: 0, spreadDeviation: 0 };
  expect(liveNow(figures, { priceY: 3, priceX: 2 }, DESK)).toEqual({ spread: 1, zScore: null });
});

test.each([
  { zScore: 2, signal: "short" },
  { zScore: -2, signal: "long" },
  { zScore: 1.99, signal: "flat" },
  { zScore: null, signal: "none" },
])("z = $zScore with a threshold of 2 says $signal", ({ zScore, signal }) => {
  expect(liveSignal(zScore, 2)).toBe(signal);
});

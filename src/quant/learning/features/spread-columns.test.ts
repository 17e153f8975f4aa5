import { describe, expect, test } from "vitest";
import { hedgeFit } from "../../pair-analysis/hedge-fit.ts";
import { expandingOls } from "../../regression/expanding-ols.ts";
import { rollingOls } from "../../regression/rolling-ols.ts";
import { simpleOls } from "../../stats/ols.ts";
import {
  barsBetween,
  FORGETTING_SPREADS,
  HOUR_MS,
  pairBars,
  REMEMBERING_SPREADS,
  withGaps,
} from "./arbitrary-features.test-support.ts";
import { spreadColumns } from "./spread-columns.ts";
import type { SpreadSpec } from "./spread-spec.ts";

const BARS = pairBars(400, 5);
const Y = BARS.columns["close-y"]!.map(Math.log);
const X = BARS.columns["close-x"]!.map(Math.log);

describe("lines are those of the functions they follow, to the bit", () => {
  test("rolling", () => {
    const { hedgeRatio, intercept, lookBackBars } = spreadColumns(BARS, {
      kind: "rolling",
      windowBars: 60,
      price: "log",
    });
    const lines = rollingOls(Y, X, { windowBars: 60 });
    expect(hedgeRatio).toEqual(lines.slopes);
    expect(intercept).toEqual(lines.intercepts);
    expect(lookBackBars).toBe(59);
  });

  test("expanding", () => {
    const { hedgeRatio, intercept, lookBackBars } = spreadColumns(BARS, {
      kind: "expanding",
      barsMin: 50,
      price: "log",
    });
    const lines = expandingOls(Y, X, { barsMin: 50 });
    expect(hedgeRatio).toEqual(lines.slopes);
    expect(intercept).toEqual(lines.intercepts);
    expect(lookBackBars).toBe(Infinity);
  });

  test("Kalman", () => {
    const noise = { delta: 1e-4, observationVariance: 1e-3 };
    const { hedgeRatio, intercept } = spreadColumns(BARS, {
      kind: "kalman",
      ...noise,
      price: "log",
    });
    const { path } = hedgeFit(Y, X, { kind: "kalman", ...noise });
    expect(hedgeRatio).toEqual(path.hedgeRatio);
    expect(intercept).toEqual(path.intercept);
  });
});

test("a line frozen after its formation is that of its first bars, and gives no spread before", () => {
  const prices = { y: BARS.columns["close-y"]!, x: BARS.columns["close-x"]! };
  const { hedgeRatio, spread, warmUpBars } = spreadColumns(BARS, {
    kind: "formation",
    formationBars: 100,
    price: "level",
  });
  const line = simpleOls(prices.y.slice(0, 100), prices.x.slice(0, 100));
  expect(spread.findIndex(Number.isFinite)).toBe(100);
  expect(warmUpBars).toBe(100);
  expect(new Set(hedgeRatio.slice(100)).size).toBe(1);
  expect(hedgeRatio[399]).toBeCloseTo(line.slope, 10);
  expect(spread[399]).toBeCloseTo(prices.y[399]! - line.intercept - line.slope * prices.x[399]!, 8);
});

test("a given line holds from the time at which it was known", () => {
  const given = { kind: "fixed", hedgeRatio: 1.3, intercept: 0.5, price: "log" } as const;
  const known = spreadColumns(BARS, { ...given, knownFromMs: 7 * HOUR_MS });
  expect(known.spread.findIndex(Number.isFinite)).toBe(7);
  const always = spreadColumns(BARS, { ...given, knownFromMs: null });
  expect(always.spread[0]).toBe(Y[0]! - 0.5 - 1.3 * X[0]!);
});

test.each([...FORGETTING_SPREADS, ...REMEMBERING_SPREADS])(
  "no spread reads a later bar: $kind",
  (how: SpreadSpec) => {
    const whole = spreadColumns(BARS, how).spread;
    for (const cut of [1, 45, 133, 399]) {
      expect(spreadColumns(barsBetween(BARS, 0, cut), how).spread).toEqual(whole.slice(0, cut));
    }
  },
);

test.each(REMEMBERING_SPREADS)(
  "a missing bar is left out of a line that remembers: $kind",
  (how) => {
    const gaps = [10, 200];
    const { spread, hedgeRatio } = spreadColumns(withGaps(BARS, gaps), how);
    expect(spread[200]).toBeNaN();
    expect(spread[201]).not.toBeNaN();
    const isThere = (_: number, t: number): boolean => !gaps.includes(t);
    const columns = {
      "close-y": BARS.columns["close-y"]!.filter(isThere),
      "close-x": BARS.columns["close-x"]!.filter(isThere),
    };
    const without = spreadColumns({ openTimeMs: BARS.openTimeMs.filter(isThere), columns }, how);
    // A filter grows vaguer over a missing bar, where a regression has nothing to learn.
    if (how.kind === "kalman") expect(hedgeRatio[399]).toBeCloseTo(without.hedgeRatio[397]!, 1);
    else expect(hedgeRatio[399]).toBe(without.hedgeRatio[397]);
  },
);

test.each<{ name: string; how: SpreadSpec }>([
  { name: "a window of one bar", how: { kind: "rolling", windowBars: 1, price: "log" } },
  {
    name: "a ratio that is no number",
    how: { kind: "fixed", hedgeRatio: Number.NaN, intercept: 0, knownFromMs: null, price: "log" },
  },
  { name: "a half bar", how: { kind: "formation", formationBars: 50.5, price: "log" } },
])("is refused: $name", ({ how }) => {
  expect(() => spreadColumns(BARS, how)).toThrow(expect.objectContaining({ code: "out-of-range" }));
});

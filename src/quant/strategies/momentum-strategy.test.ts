import { describe, expect, test } from "vitest";
import { averageTrueRange } from "../indicators/average-true-range.ts";
import { simpleOls } from "../stats/ols.ts";
import { createRandom } from "../synthetic/random.ts";
import {
  createMomentumInstrument,
  followMomentum,
  type MomentumScoreConfig,
  momentumScore,
} from "./momentum-instrument.ts";
import type { MomentumConfig } from "./momentum-parameters.ts";
import { momentumStrategy } from "./momentum-strategy.ts";
import { defaultConfig } from "./parameter-values.ts";
import type { BarEvent } from "./strategy.ts";
import { type Closes, eventsOf, stepsOver } from "./strategy-bars.test-support.ts";

const score: MomentumScoreConfig = {
  scoreBars: 30,
  trendBars: 20,
  jumpMax: 0.15,
  atrBars: 5,
  periodsPerYear: 252,
};

/** An instrument that has seen these closes. */
function followed(closes: readonly number[], config = score) {
  const state = createMomentumInstrument(Math.max(config.scoreBars, config.trendBars));
  for (const event of eventsOf([closes])) followMomentum(state, event, 0, config.atrBars);
  return state;
}

describe("momentumScore", () => {
  const random = createRandom(4);
  const rising = Array.from({ length: 60 }, (_, i) =>
    Math.exp(0.004 * i + 0.005 * random.gaussian()),
  );

  test("is the yearly growth of the fitted line times R²", () => {
    const logs = Float64Array.from(rising.slice(-30), Math.log);
    const time = Float64Array.from({ length: 30 }, (_, i) => i);
    const { slope, rSquared } = simpleOls(logs, time);
    const expected = (Math.exp(slope) - 1) * 252 * rSquared;
    expect(momentumScore(score, followed(rising))).toBeCloseTo(expected, 10);
  });

  test.each([
    { name: "too few bars", closes: rising.slice(0, 29) },
    { name: "a close at or below its average", closes: [...rising, 1] },
    { name: "a jump in the score window", closes: [...rising, 2, 2.01] },
    { name: "a price that stands still", closes: Array<number>(40).fill(5) },
  ])("is none for $name", ({ closes }) => {
    expect(momentumScore(score, followed(closes))).toBeNull();
  });
});

test("bar by bar the range equals the indicator over the history", () => {
  const random = createRandom(8);
  const close = Float64Array.from({ length: 50 }, () => 10 + random.uniform());
  const high = close.map((price) => price + random.uniform());
  const low = close.map((price) => price - random.uniform());
  const expected = averageTrueRange({ high, low, close }, 5).averageTrueRange;
  const state = createMomentumInstrument(10);
  eventsOf([Array.from(close)]).forEach((event, i) => {
    const bar = { ...event, high: high.subarray(i, i + 1), low: low.subarray(i, i + 1) };
    followMomentum(state, bar, 0, 5);
    if (i < 5) expect(state.averageTrueRange).toBeNaN();
    else expect(state.averageTrueRange).toBe(expected[i]);
  });
});

const usual: MomentumConfig = {
  ...defaultConfig(momentumStrategy),
  indexTrendBars: 3,
  scoreBars: 3,
  trendBars: 3,
  atrBars: 1,
  jumpMax: 0.9,
  topShare: 0.5,
  riskShare: 0.05,
  updateEvery: "bar",
  rebalanceEvery: "month",
};

/** Weights of every bar; = where the target says hold. */
function weights(change: Partial<MomentumConfig>, closes: Closes): readonly unknown[] {
  const steps = stepsOver(momentumStrategy, { ...usual, ...change }, null, closes);
  return steps.map(({ target }) => (target.kind === "weights" ? [...target.weights] : "="));
}

describe("momentumStrategy by hand", () => {
  const index = [10, 11, 12, 13, 14, 15];
  const fast = [10, 12, 14, 16, 18, 20];
  const slow = [10, 11, 12, 13, 14, 15];
  const still = Array<number>(6).fill(5);
  const nan = Number.NaN;
  const close = (value: number): unknown => expect.closeTo(value, 12);

  test("buys the best, sized by its range", () => {
    // Two candidates, half of them: one. 0.05 · 14 / 2 on the first warm bar, the third.
    expect(weights({}, [index, fast, slow])).toEqual([
      "=",
      "=",
      [nan, close(0.35), nan],
      "=",
      "=",
      "=",
    ]);
  });

  test("buys nothing while the index is at or below its average", () => {
    const falling = index.toReversed();
    expect(weights({}, [falling, fast, slow]).every((target) => target === "=")).toBe(true);
  });

  test("sells what another has overtaken", () => {
    // On the fifth bar late has the steeper line: 0.05 · 15 / 5.
    const late = [10, 10, 10, 10, 15, 25];
    expect(weights({}, [index, slow, late]).slice(2)).toEqual([
      [nan, close(0.6), nan],
      "=",
      [nan, 0, close(0.15)],
      "=",
    ]);
  });

  test("sells what is no longer eligible", () => {
    const fallen = [10, 12, 14, 16, 11, 11];
    expect(weights({}, [index, fallen, still]).slice(2)).toEqual([
      [nan, close(0.35), nan],
      "=",
      [nan, 0, nan],
      "=",
    ]);
  });

  test("buys in order until the exposure is used up", () => {
    // Weights 0.35 and 0.6.
    const both = { topShare: 1 };
    expect(weights({ ...both, grossExposureMax: 0.9 }, [index, fast, slow])[2]).toEqual([
      nan,
      close(0.35),
      nan,
    ]);
    expect(weights(both, [index, fast, slow])[2]).toEqual([nan, close(0.35), close(0.6)]);
  });

  test("reviews on the first bar of a week only", () => {
    // The first bar is a Monday: the next week begins with the eighth.
    const longer = (from: number, step: number): readonly number[] =>
      Array.from({ length: 10 }, (_, i) => from + step * i);
    const closes = [longer(10, 1), longer(10, 2), longer(10, 1)];
    const found = weights({ updateEvery: "week" }, closes);
    expect(found.findIndex((target) => target !== "=")).toBe(7);
  });

  test("gives held positions their sizes anew when that is due", () => {
    const found = weights({ rebalanceEvery: "bar" }, [index, fast, slow]).slice(3);
    expect(found).toEqual([
      [nan, 0.4, nan],
      [nan, expect.closeTo(0.45, 12), nan],
      [nan, 0.5, nan],
    ]);
  });

  test("keeps a held instrument through a few missing bars, then gives it up", () => {
    const gone = [10, 12, 14, 16, nan, nan];
    expect(weights({}, [index, gone, still]).slice(2)).toEqual([
      [nan, close(0.35), nan],
      "=",
      "=",
      "=",
    ]);
    expect(weights({ missingBarsMax: 1 }, [index, gone, still]).slice(4)).toEqual([
      "=",
      [nan, 0, nan],
    ]);
  });

  test("never trades the index", () => {
    expect(weights({ topShare: 1 }, [fast, slow]).slice(2)).toEqual([
      [nan, close(0.6)],
      "=",
      "=",
      "=",
    ]);
  });
});

test("high and low may be missing, the close is not", () => {
  const event: BarEvent | undefined = eventsOf([[Number.NaN]])[0];
  const state = followed([10, 11]);
  if (event !== undefined) followMomentum(state, event, 0, 5);
  expect(state.lastBar).toBe(1);
  expect(state.closeBefore).toBe(11);
});

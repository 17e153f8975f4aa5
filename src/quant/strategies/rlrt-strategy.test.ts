import { describe, expect, test } from "vitest";
import { defaultConfig } from "./parameter-values.ts";
import { type RlrtConfig, rlrtStrategy } from "./rlrt-strategy.ts";
import { cointegratedCloses, sidesOf, stepsOver } from "./strategy-bars.test-support.ts";

const usual = defaultConfig(rlrtStrategy);
const fit = { hedgeRatio: 0, intercept: 0 };

function steps(config: RlrtConfig, spread: readonly number[]) {
  return stepsOver(rlrtStrategy, config, fit, [spread, spread.map(() => 1)]);
}

describe("rlrtStrategy by hand", () => {
  const short: RlrtConfig = { ...usual, trendBars: 3 };
  test.each([
    { name: "is idle for the length of the regression", s: [0, 0, 9], is: "..." },
    // The three before the spike stand still: no trend, so the spike is sold.
    { name: "sells above the band without a trend", s: [0, 0, 0, 9], is: "...S" },
    { name: "buys below the band without a trend", s: [0, 0, 0, -9], is: "...L" },
    // 1, 2, 3 rises with R² = 1: what is above may go on.
    { name: "does not sell into a rising trend", s: [1, 2, 3, 9], is: "...." },
    { name: "buys below the band out of a rising trend", s: [1, 2, 3, -9], is: "...L" },
    // After the spike the regression over (0, 0, 9) has R² 0.75 and rises: inside, it closes the short.
    { name: "leaves inside the band on a rising trend", s: [0, 0, 0, 9, 2], is: "...S." },
    // (9, 0, 9) has no slope.
    { name: "stays inside the band without a trend", s: [0, 0, 9, 0, 9, 4], is: "....SS" },
    { name: "holds through a gap", s: [0, 0, 0, 9, Number.NaN, 2], is: "...SS." },
  ])("$name", ({ s, is }) => {
    expect(sidesOf(steps(short, s))).toBe(is);
  });

  test("the bar itself is no part of its own trend", () => {
    const figures = steps(short, [0, 1, 2, -50]).at(-1)?.figures;
    expect(figures?.trend).toBe(1);
    expect(figures?.rSquared).toBeCloseTo(1, 12);
  });
});

test("its bands are mean and deviation (divisor n) of all spreads so far", () => {
  const [spread = []] = cointegratedCloses(11, 150);
  steps(usual, spread).forEach(({ figures }, i) => {
    const past = spread.slice(0, i + 1);
    const mean = past.reduce((sum, value) => sum + value, 0) / past.length;
    const variance = past.reduce((sum, value) => sum + (value - mean) ** 2, 0) / past.length;
    expect(figures.upper).toBeCloseTo(mean + Math.sqrt(variance), 9);
    expect(figures.lower).toBeCloseTo(mean - Math.sqrt(variance), 9);
  });
});

test("leg X is weighted by the ratio of levels, or as much as leg Y", () => {
  const closes = [[20, 20, 20, 20, 20, 20, 20, 20, 20, 20, 99], Array<number>(11).fill(10)];
  const line = { hedgeRatio: 1.5, intercept: 5 };
  const hedged = stepsOver(rlrtStrategy, usual, line, closes).at(-1)?.target;
  const plain = stepsOver(rlrtStrategy, { ...usual, isHedged: false }, line, closes).at(-1)?.target;
  expect(hedged).toMatchObject({ side: "short", hedgeRatio: 1.5, hedge: "level-quantity" });
  expect(plain).toMatchObject({ side: "short", hedgeRatio: 1, hedge: "log-notional" });
});

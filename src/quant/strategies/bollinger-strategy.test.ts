import { describe, expect, test } from "vitest";
import { bollingerBands } from "../indicators/bollinger-bands.ts";
import { type BollingerConfig, bollingerStrategy } from "./bollinger-strategy.ts";
import { defaultConfig } from "./parameter-values.ts";
import { cointegratedCloses, sidesOf, stepsOver } from "./strategy-bars.test-support.ts";

const fit = { hedgeRatio: 0, intercept: 0 };
/** The spread is leg Y; in a window of (a, a, b) b lies √2 deviations (divisor n) out. */
const byHand: BollingerConfig = {
  ...defaultConfig(bollingerStrategy),
  prices: "level",
  windowBars: 3,
  bandDeviations: 1.3,
};

function sides(change: Partial<BollingerConfig>, y: readonly number[]): string {
  const closes = [y, y.map(() => 1)];
  return sidesOf(stepsOver(bollingerStrategy, { ...byHand, ...change }, fit, closes));
}

describe("bollingerStrategy by hand", () => {
  test.each([
    { name: "sells above the upper band", change: {}, y: [5, 5, 7], is: "..S" },
    { name: "buys below the lower band", change: {}, y: [5, 5, 3], is: "..L" },
    { name: "leaves at the middle", change: {}, y: [5, 5, 7, 6], is: "..S." },
    { name: "stays flat within the bands", change: {}, y: [5, 6, 7, 6], is: "...." },
    {
      // (5, 7, 6): the middle. (7, 6, 4): mean 5.67, σ 1.25, distance −1.34: the other band.
      name: "waits for the other band where it is told to",
      change: { exitRule: "opposite-band" },
      y: [5, 5, 7, 6, 4],
      is: "..SS.",
    },
    {
      // (5, 7, 6.5): mean 6.17, distance 0.39: back inside, and still above the middle.
      name: "waits for the turn where it is told to",
      change: { entryRule: "re-entry" },
      y: [5, 5, 7, 6.5],
      is: "...S",
    },
    {
      name: "enters nothing when the turn reaches the exit at once",
      change: { entryRule: "re-entry" },
      y: [5, 5, 7, 6],
      is: "....",
    },
    {
      // (5, 7, 7): distance 0.71, no exit yet.
      name: "leaves after the longest holding and waits for the middle",
      change: { holdingMaxBars: 1 },
      y: [5, 5, 7, 7, 9, 7, 7, 5],
      is: "..S....L",
    },
    {
      name: "holds through a gap",
      change: {},
      y: [5, 5, 7, Number.NaN, 6],
      is: "..SS.",
    },
    { name: "has no bands in a flat window", change: {}, y: [5, 5, 5, 5], is: "...." },
  ] as const)("$name", ({ change, y, is }) => {
    expect(sides(change, y)).toBe(is);
  });

  test("gives a trade up at the stop", () => {
    // Five bars: (5, 5, 5, 5, 7) lies 2 deviations out; (5, 5, 5, 7, 9) 1.75; stop between.
    const rules = { windowBars: 5, bandDeviations: 1.6, stopDeviations: 1.7 };
    const y = [5, 6, 5, 6, 7, 9, 12];
    const plain = sides({ ...rules, stopDeviations: null }, y);
    expect(plain).toBe("....SSS");
    expect(sides(rules, y)).toBe("....S..");
  });
});

test("bar by bar its bands equal the indicator over the history", () => {
  const closes = cointegratedCloses(5, 200);
  const config = defaultConfig(bollingerStrategy);
  const steps = stepsOver(bollingerStrategy, config, { hedgeRatio: 0.9, intercept: 0 }, closes);
  const spread = Float64Array.from(steps, ({ figures }) => figures.spread);
  const bands = bollingerBands(spread);
  expect(Float64Array.from(steps, ({ figures }) => figures.middle)).toEqual(bands.middle);
  expect(Float64Array.from(steps, ({ figures }) => figures.upper)).toEqual(bands.upper);
  expect(Float64Array.from(steps, ({ figures }) => figures.lower)).toEqual(bands.lower);
});

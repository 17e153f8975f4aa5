import { expect, test } from "vitest";
import { createRandom } from "../synthetic/random.ts";
import { monitoringCusum, wienerSupremumSurvival } from "./monitoring-cusum.ts";

/** AR(1) noise whose level moves by `shift` deviations in the middle. */
function autoregression(n: number, root: number, seed: number, shift = 0): Float64Array {
  const random = createRandom(seed);
  const stationary = 1 / Math.sqrt(1 - root * root);
  let value = 0;
  return Float64Array.from({ length: n }, (_, t) => {
    value = root * value + random.gaussian();
    return value + (t >= n / 2 ? shift * stationary : 0);
  });
}

const rejections = (count: number, make: (seed: number) => Float64Array) =>
  Array.from({ length: count }, (_, i) => monitoringCusum(make(i + 1)).pValue < 0.05).filter(
    Boolean,
  ).length / count;

test.each([
  { x: 1.96, p: 0.1 },
  { x: 2.2414, p: 0.05 },
  { x: 2.807, p: 0.01 },
])("sup |W| exceeds $x with probability $p", ({ x, p }) => {
  expect(wienerSupremumSurvival(x)).toBeCloseTo(p, 4);
});

test("the two series of the law meet", () => {
  expect(wienerSupremumSurvival(1.9999999)).toBeCloseTo(wienerSupremumSurvival(2), 6);
  expect(wienerSupremumSurvival(0)).toBe(1);
  expect(wienerSupremumSurvival(40)).toBe(0);
});

// 1,000 runs: a share of 5 % has a standard error of 0.7 %.
test.each([
  { root: 0, bars: 600, most: 0.07 },
  { root: 0.7, bars: 600, most: 0.085 },
  { root: 0.9, bars: 600, most: 0.12 },
  { root: 0.9, bars: 2_000, most: 0.085 },
])(
  "a steady autoregression of $root over $bars bars is rejected in 5 %, or a little more",
  ({ root, bars, most }) => {
    const share = rejections(1_000, (seed) => autoregression(bars, root, seed));
    expect(share).toBeGreaterThan(0.02);
    expect(share).toBeLessThan(most);
  },
);

test("finds a level that moved in the middle, whatever the persistence", () => {
  for (const root of [0.5, 0.9]) {
    expect(rejections(200, (seed) => autoregression(600, root, seed, 3))).toBeGreaterThan(0.9);
  }
});

test("refuses what has no first half to learn from", () => {
  expect(() => monitoringCusum(new Float64Array(59))).toThrow(/59 values/);
  expect(() => monitoringCusum(new Float64Array(60))).toThrow(/constant/);
});

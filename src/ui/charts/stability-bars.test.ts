import { expect, test } from "vitest";
import { STABILITY_INDEX_LIMITS } from "#quant/learning/scores/feature-drift.ts";
import {
  type FeatureStability,
  STABILITY_LIMITS,
  stabilityBars,
  stabilityCsv,
} from "./stability-bars.ts";

const feature = (
  psi: number | null,
  status: FeatureStability["status"] = "stable",
): FeatureStability => ({ name: "sma(spread, 10)", psi, byLuck: 0.05, status });

test("the limits are those by which drift is judged", () => {
  expect(STABILITY_LIMITS).toEqual(STABILITY_INDEX_LIMITS);
});

test("both limits stand on the axis when nothing has changed", () => {
  const { bars, moderateShare, majorShare } = stabilityBars([feature(0.003)]);
  expect(moderateShare).toBeCloseTo(1 / 3);
  expect(majorShare).toBeCloseTo(5 / 6);
  expect(bars[0]).toMatchObject({ isCut: false, isLuck: false });
  expect(bars[0]?.share).toBeCloseTo(0.01);
});

test("an index far out does not press the others together", () => {
  const { bars, majorShare } = stabilityBars([feature(40, "major"), feature(0.5, "major")]);
  expect(bars).toMatchObject([
    { share: 1, isCut: true },
    { share: 0.5, isCut: false },
  ]);
  expect(majorShare).toBe(0.25);
});

test("an index above the limit that luck explains is told from one that it does not", () => {
  const { bars } = stabilityBars([feature(0.15), feature(0.15, "moderate")]);
  expect(bars.map(({ isLuck }) => isLuck)).toEqual([true, false]);
});

test("a feature of too few rows has no bar, and no number in the file", () => {
  const unknown = { ...feature(null, "unknown"), byLuck: null };
  expect(stabilityBars([unknown]).bars[0]).toMatchObject({ share: 0, isCut: false });
  expect(stabilityCsv([unknown])).toBe(
    'Feature,Population stability index,By luck,Status\r\n"sma(spread, 10)",,,unknown\r\n',
  );
});

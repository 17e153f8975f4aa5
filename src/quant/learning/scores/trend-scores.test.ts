import { expect, test } from "vitest";
import { createRandom } from "../../synthetic/random.ts";
import { forecastTrends, trendScores } from "./trend-scores.ts";

function randomWalk(n: number, seed: number): Float64Array {
  const { gaussian } = createRandom(seed);
  let level = 0;
  return Float64Array.from({ length: n }, () => {
    level += gaussian();
    return level;
  });
}

test("on a random walk the trend that has been is right by the published count, and only by it", () => {
  const walk = randomWalk(20_000, 1);
  const trends = walk.map((_, i) =>
    i < 10 ? Number.NaN : Math.sign(walk[i - 1]! - walk[i - 10]!),
  );
  const { published, againstLastValue } = trendScores(walk, trends);
  expect(published.trendCount).toBe(againstLastValue.trendCount);
  expect(published.share!).toBeGreaterThan(0.65);
  expect(Math.abs(againstLastValue.share! - 0.5)).toBeLessThan(0.015);
});

test("a forecast speaks of the bar that it is laid at, from the value before", () => {
  const spread = Float64Array.of(1, 2, 3, 3);
  const forecasts = Float64Array.of(5, 2, 1, Number.NaN);
  expect([...forecastTrends(spread, forecasts)]).toEqual([Number.NaN, 1, -1, Number.NaN]);
  // Of 2, after 2, nothing is said.
  expect(forecastTrends(Float64Array.of(2, 9), Float64Array.of(0, 2))[1]).toBe(0);
});

test("cutting off the future changes no trend before", () => {
  const walk = randomWalk(60, 2);
  const forecasts = randomWalk(60, 3);
  const cut = forecastTrends(walk.slice(0, 40), forecasts.slice(0, 40));
  expect(cut).toEqual(forecastTrends(walk, forecasts).slice(0, 40));
});

test("refuses trends of another length, and a spread with a gap", () => {
  const spread = randomWalk(20, 4);
  expect(() => trendScores(spread, new Float64Array(19))).toThrow(
    expect.objectContaining({ code: "length-mismatch" }),
  );
  expect(() => trendScores(spread.fill(Number.NaN), new Float64Array(20))).toThrow(
    expect.objectContaining({ code: "not-finite" }),
  );
});

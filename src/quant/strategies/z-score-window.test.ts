import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rollingZScore } from "../stats/rolling-z-score.ts";
import { createRandom } from "../synthetic/random.ts";
import { stateFromJson, stateToJson } from "./state-json.ts";
import { createZScoreWindow, pushZScore, type ZScoreWindow } from "./z-score-window.ts";

const LEVELS = { entryZScore: 2, exitZScore: 0.5, stopZScore: 4 };

function scoresOf(values: Float64Array, windowBars: number, levels = LEVELS): Float64Array {
  const window = createZScoreWindow(windowBars);
  return values.map((value) => pushZScore(window, value, levels));
}

/** Spreads of every kind: walks, returns to the mean, steps that stand still, lonely jumps, far from zero. */
const series = fc
  .record({
    seed: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
    bars: fc.integer({ min: 1, max: 400 }),
    root: fc.constantFrom(0, 0.9, 1),
    scale: fc.constantFrom(1e-9, 1e-3, 1, 1e4),
    level: fc.constantFrom(0, -0.4, 5, 1e5),
    stillShare: fc.constantFrom(0, 0.5, 0.99),
    jumpShare: fc.constantFrom(0, 0.02),
  })
  .map(({ seed, bars, root, scale, level, stillShare, jumpShare }) => {
    const { gaussian, uniform } = createRandom(seed);
    let deviation = 0;
    return Float64Array.from({ length: bars }, () => {
      if (uniform() >= stillShare) deviation = root * deviation + scale * gaussian();
      const jump = uniform() < jumpShare ? 1e4 * scale : 0;
      return level + deviation + jump;
    });
  });

describe("z-score of a window, bar by bar", () => {
  test("is rollingZScore to 1e-9, with the same gaps", () => {
    fc.assert(
      fc.property(series, fc.constantFrom(2, 3, 7, 60, 120), (values, windowBars) => {
        const expected = rollingZScore(values, windowBars);
        scoresOf(values, windowBars).forEach((score, bar) => {
          if (Number.isNaN(expected[bar]!)) expect(score).toBeNaN();
          else expect(Math.abs(score - expected[bar]!)).toBeLessThanOrEqual(1e-9);
        });
      }),
      { numRuns: 300 },
    );
  });

  test("is rollingZScore to the bit near a level", () => {
    const { gaussian } = createRandom(11);
    const values = Float64Array.from({ length: 2_000 }, gaussian);
    const expected = rollingZScore(values, 50);
    for (let bar = 49; bar < values.length; bar += 37) {
      const near = Math.abs(expected[bar]!) + 3e-9;
      const levels = { entryZScore: near, exitZScore: 0, stopZScore: null };
      expect(
        scoresOf(values.subarray(0, bar + 1), 50, { ...LEVELS, ...levels, stopZScore: near })[bar],
      ).toBe(expected[bar]);
    }
  });

  test("a value below its window by rounding alone is no z-score", () => {
    const values = new Float64Array(200).fill(0.1);
    values[150] = 0.1 + 1e-17;
    expect(scoresOf(values, 20).every(Number.isNaN)).toBe(true);
  });

  test.each([1, 19, 20, 21, 39, 40, 41, 100])(
    "goes on to the bit from a snapshot after %i values",
    (cut) => {
      const { gaussian } = createRandom(5);
      const values = Float64Array.from({ length: 130 }, gaussian);
      const window = createZScoreWindow(20);
      values.subarray(0, cut).forEach((value) => {
        pushZScore(window, value, LEVELS);
      });
      const resumed = stateFromJson(stateToJson(window)) as ZScoreWindow;
      values.subarray(cut).forEach((value) => {
        expect(pushZScore(resumed, value, LEVELS)).toBe(pushZScore(window, value, LEVELS));
      });
    },
  );
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { drawdownEpisodes } from "./drawdown-episodes.ts";
import { drawdownSeries } from "./drawdown-series.ts";
import { maximumDrawdown } from "./maximum-drawdown.ts";

const EQUITY = fc
  .array(fc.integer({ min: -20, max: 300 }), { maxLength: 80 })
  .map((values) => Float64Array.from(values));

describe("drawdownEpisodes", () => {
  test("names beginning, bottom and end, the deepest first, an open one without an end", () => {
    const equity = Float64Array.of(110, 99, 105, 110, 120, 60, 90, 119);
    expect(drawdownEpisodes(equity, 100, 5)).toEqual([
      {
        depth: 0.5,
        peakIndex: 4,
        startIndex: 5,
        troughIndex: 5,
        recoveryIndex: null,
        bars: 3,
        fallBars: 1,
        recoveryBars: null,
      },
      {
        depth: 1 - 99 / 110,
        peakIndex: 0,
        startIndex: 1,
        troughIndex: 1,
        recoveryIndex: 3,
        bars: 2,
        fallBars: 1,
        recoveryBars: 2,
      },
    ]);
    expect(drawdownEpisodes(equity, 100, 1).length).toBe(1);
  });

  test("the first peak is the initial equity", () => {
    expect(drawdownEpisodes(Float64Array.of(90, 100), 100, 5)[0]).toMatchObject({
      peakIndex: -1,
      recoveryIndex: 1,
      bars: 1,
    });
  });

  test("together they are the bars under water, and the deepest is the maximum drawdown", () => {
    fc.assert(
      fc.property(EQUITY, (equity) => {
        const episodes = drawdownEpisodes(equity, 100, Number.POSITIVE_INFINITY);
        const under = drawdownSeries(equity, 100).filter((value) => value > 0).length;
        expect(episodes.reduce((sum, { bars }) => sum + bars, 0)).toBe(under);
        const worst = maximumDrawdown(equity, 100);
        expect(episodes[0]?.depth ?? 0).toBe(worst.drawdownMax);
        const longest = Math.max(0, ...episodes.map(({ bars }) => bars));
        expect(longest).toBe(worst.underwaterBarsMax);
        for (const { depth, troughIndex } of episodes) {
          expect(depth).toBe(drawdownSeries(equity, 100)[troughIndex]);
        }
      }),
    );
  });
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { alignByOpenTime } from "./align-by-open-time.ts";
import type { Candles } from "./candles.ts";

function closesAt(times: readonly number[], close = times.map((time) => time * 10)): Candles {
  return {
    openTimeMs: Float64Array.from(times),
    open: null,
    close: Float64Array.from(close),
  };
}

describe("alignByOpenTime", () => {
  test("keeps the common bars and counts the others", () => {
    const aligned = alignByOpenTime(closesAt([1, 2, 4, 5, 9]), closesAt([2, 3, 5, 6, 7]));
    expect([...aligned.openTimeMs]).toEqual([2, 5]);
    expect([...aligned.legY.close]).toEqual([20, 50]);
    expect([...aligned.legX.close]).toEqual([20, 50]);
    expect(aligned.droppedBars).toBe(6);
  });

  test("a NaN close is a missing bar, on either leg", () => {
    const aligned = alignByOpenTime(
      closesAt([1, 2, 3], [1, Number.NaN, 3]),
      closesAt([1, 2, 3], [1, 2, Number.NaN]),
    );
    expect([...aligned.openTimeMs]).toEqual([1]);
  });

  test("a NaN open is a missing bar: nothing could have been filled there", () => {
    const y = { ...closesAt([1, 2]), open: Float64Array.of(Number.NaN, 2) };
    expect([...alignByOpenTime(y, closesAt([1, 2])).openTimeMs]).toEqual([2]);
  });

  test("series without a common bar align to nothing", () => {
    expect(alignByOpenTime(closesAt([1, 3]), closesAt([2, 4])).openTimeMs.length).toBe(0);
  });

  test("the times are the intersection of the two sets, in order", () => {
    const times = fc
      .uniqueArray(fc.integer({ min: 0, max: 60 }))
      .map((values) => values.sort((a, b) => a - b));
    fc.assert(
      fc.property(times, times, (timesY, timesX) => {
        const common = timesY.filter((time) => timesX.includes(time));
        const aligned = alignByOpenTime(closesAt(timesY), closesAt(timesX));
        expect([...aligned.openTimeMs]).toEqual(common);
        expect(aligned.droppedBars).toBe(timesY.length + timesX.length - 2 * common.length);
      }),
    );
  });

  const refusals = [
    {
      name: "a repeated time",
      y: closesAt([1, 1]),
      message: /leg Y: openTimeMs must ascend, bar 1/,
    },
    { name: "a falling time", y: closesAt([2, 1]), message: /must ascend/ },
    { name: "unequal arrays", y: closesAt([1, 2], [1]), message: /one value per bar/ },
  ];
  test.each(refusals)("refuses $name", ({ y, message }) => {
    expect(() => alignByOpenTime(y, closesAt([1, 2]))).toThrow(message);
  });
});

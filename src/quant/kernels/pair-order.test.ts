import { describe, expect, test } from "vitest";
import { pairAt, pairCount } from "./pair-order.ts";

describe("pairAt", () => {
  test.each([2, 3, 24, 1000])("names every pair of %i series once, y slowest", (count) => {
    let index = 0;
    for (let y = 0; y < count; y++) {
      for (let x = y + 1; x < count; x++) {
        const pair = pairAt(index++, count);
        if (pair.y !== y || pair.x !== x) expect(pair).toEqual({ y, x });
      }
    }
    expect(index).toBe(pairCount(count));
  });
});

import { describe, expect, test } from "vitest";
import { allPairs, pairAt, pairCount } from "./pair-order.ts";

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

test("all pairs are those of pairAt, in its order", () => {
  const pairs = allPairs(7);
  expect(pairs).toHaveLength(2 * pairCount(7));
  for (let index = 0; index < pairCount(7); index++) {
    expect(pairAt(index, 7)).toEqual({ y: pairs[2 * index], x: pairs[2 * index + 1] });
  }
});

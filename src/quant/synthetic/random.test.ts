import { describe, expect, test } from "vitest";
import { createRandom } from "./random.ts";

const draw = (seed: number, stream: number, n: number) => {
  const { uniform } = createRandom(seed, stream);
  return Array.from({ length: n }, uniform);
};

describe("createRandom", () => {
  test("the same seed gives the same numbers", () => {
    expect(draw(7, 3, 50)).toEqual(draw(7, 3, 50));
  });

  test("the first numbers of seed 1 stay what they were", () => {
    expect(draw(1, 0, 4).map((value) => value * 2 ** 32)).toEqual([
      2466671647, 704075991, 1425070668, 2363080060,
    ]);
  });

  test("neighbouring seeds and streams have nothing in common", () => {
    const all = [draw(1, 0, 200), draw(1, 1, 200), draw(2, 0, 200)].flat();
    expect(new Set(all).size).toBe(600);
  });

  test("uniform numbers fill [0, 1) evenly", () => {
    const values = draw(5, 0, 100_000);
    const tenths = new Array<number>(10).fill(0);
    for (const value of values) {
      const k = Math.floor(value * 10);
      tenths[k] = (tenths[k] ?? 0) + 1;
    }
    for (const count of tenths) expect(Math.abs(count / 100_000 - 0.1)).toBeLessThan(0.005);
  });

  test("gaussian numbers have the moments of the standard normal", () => {
    const { gaussian } = createRandom(11);
    const n = 100_000;
    const moments = [0, 0, 0, 0];
    for (let i = 0; i < n; i++) {
      const value = gaussian();
      for (let k = 0; k < 4; k++) moments[k] = (moments[k] ?? 0) + value ** (k + 1) / n;
    }
    [0, 1, 0, 3].forEach((expected, k) => {
      expect(Math.abs((moments[k] ?? 0) - expected)).toBeLessThan(0.1);
    });
  });
});

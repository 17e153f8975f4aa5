import fc from "fast-check";
import { expect, test } from "vitest";
import { augmentedDickeyFuller } from "../cointegration/adf.ts";
import { differences } from "../stats/differences.ts";
import { createRandom } from "../synthetic/random.ts";
import { integrationOrder } from "./integration-order.ts";

test("the order is that of the careful test, near the significance too", () => {
  const inputs = fc.record({
    seed: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
    n: fc.integer({ min: 60, max: 400 }),
    root: fc.double({ min: 0.8, max: 1, noNaN: true }),
  });
  fc.assert(
    fc.property(inputs, ({ seed, n, root }) => {
      const { gaussian } = createRandom(seed);
      let level = 0;
      const price = Float64Array.from({ length: n }, () => {
        level = root * level + gaussian();
        return level;
      });
      const expected =
        augmentedDickeyFuller(price).pValue < 0.05
          ? "zero"
          : augmentedDickeyFuller(differences(price)).pValue < 0.05
            ? "one"
            : "two";
      expect(integrationOrder(price).kind).toBe(expected);
    }),
    { numRuns: 100 },
  );
});

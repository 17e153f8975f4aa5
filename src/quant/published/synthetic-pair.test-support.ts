import { createRandom } from "../synthetic/random.ts";
import type { PairCloses } from "./pair-closes.ts";

const DAY_MS = 86_400_000;

/** Daily closes of a pair whose price spread returns to its mean; leg Y is 2 · leg X + 10 and that spread. */
export function syntheticPair(seed: number, bars: number): PairCloses {
  const { gaussian } = createRandom(seed);
  let level = 100;
  let spread = 0;
  const x = Float64Array.from({ length: bars }, () => {
    level *= 1 + 0.01 * gaussian();
    return level;
  });
  return {
    openTimeMs: Float64Array.from({ length: bars }, (_, i) => i * DAY_MS),
    y: x.map((price) => {
      spread = 0.9 * spread + gaussian();
      return 2 * price + 10 + spread;
    }),
    x,
  };
}

/** The bars of a pair from one to before another. */
export function barsOf({ openTimeMs, y, x }: PairCloses, from: number, to: number): PairCloses {
  return {
    openTimeMs: openTimeMs.subarray(from, to),
    y: y.subarray(from, to),
    x: x.subarray(from, to),
  };
}

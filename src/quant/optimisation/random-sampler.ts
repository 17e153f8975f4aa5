import { createRandom } from "../synthetic/random.ts";
import { isValidPoint, type ParameterSpace } from "./parameter-space.ts";
import type { Sampler } from "./sampler.ts";
import { shuffledPoints } from "./shuffled-points.ts";

/** Points in a row that break a rule before the rest is taken for broken too: far above chance. */
const BROKEN_MAX = 100_000;

/**
 * Points in random order without repetition; asked long enough, all of them. It gives up after 100,000
 * points in a row that break a rule.
 *
 * @param space what is searched
 * @param seed whole number in [0, 2³²)
 */
export function createRandomSampler(space: ParameterSpace, seed: number): Sampler {
  const points = shuffledPoints(space.size, createRandom(seed));
  let skipped = 0;
  return {
    ask: (count) => {
      const asked: number[] = [];
      let broken = 0;
      while (asked.length < count && broken < BROKEN_MAX) {
        const point = points.draw();
        if (point === null) break;
        if (isValidPoint(space, point)) {
          asked.push(point);
          broken = 0;
        } else {
          skipped++;
          broken++;
        }
      }
      return asked;
    },
    tell: () => undefined,
    skipped: () => skipped,
  };
}

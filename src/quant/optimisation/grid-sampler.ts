import { isValidPoint, type ParameterSpace } from "./parameter-space.ts";
import type { Sampler } from "./sampler.ts";

/**
 * Every point of the grid in order, the last axis counting fastest.
 *
 * @param space what is searched
 */
export function createGridSampler(space: ParameterSpace): Sampler {
  let next = 0;
  let skipped = 0;
  return {
    ask: (count) => {
      const points: number[] = [];
      while (points.length < count && next < space.size) {
        if (isValidPoint(space, next)) points.push(next);
        else skipped++;
        next++;
      }
      return points;
    },
    tell: () => undefined,
    skipped: () => skipped,
  };
}

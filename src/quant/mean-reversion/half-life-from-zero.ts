import { type HalfLife, halfLife } from "./half-life.ts";

/**
 * Half-life of a series that is taken to start from zero: a convention of earlier software.
 *
 * The regression of halfLife with one more row, as if the bar before the first had been 0. For a
 * series far from zero that row outweighs all others and the answer means nothing; it is here so that
 * published numbers can be reproduced.
 *
 * @param spread n ≥ 3 finite values, oldest first, any unit
 * @returns as halfLife
 * @throws {InvalidInputError} as halfLife
 *
 * Cost: O(n). Checked: golden/mean-reversion.json.
 */
export function halfLifeFromZero(spread: Float64Array): HalfLife {
  const extended = new Float64Array(spread.length + 1);
  extended.set(spread, 1);
  return halfLife(extended);
}

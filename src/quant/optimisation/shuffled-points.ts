import type { Random } from "../synthetic/random.ts";

const WORD = 2 ** 32;

/** Draws of 0 ≤ point < size without repetition; null when none is left. */
export type ShuffledPoints = { readonly draw: () => number | null };

/**
 * Points of a space in random order, each once, every order as likely as every other.
 *
 * The shuffle of Fisher and Yates, of which only what has been swapped is kept, so that a space may be
 * far larger than memory.
 *
 * @param size number of points, ≤ 2⁵³ − 1
 * @param random whose numbers it uses up
 *
 * Cost: O(1) a draw in time and memory. Source: Durstenfeld (1964), Algorithm 235.
 */
export function shuffledPoints(size: number, random: Random): ShuffledPoints {
  const moved = new Map<number, number>();
  let left = size;
  return {
    draw: () => {
      if (left === 0) return null;
      const place = wholeBelow(left, random);
      left--;
      const point = moved.get(place) ?? place;
      const last = moved.get(left) ?? left;
      moved.delete(left);
      if (place !== left) moved.set(place, last);
      return point;
    },
  };
}

/** Uniform in 0 … limit − 1, without the bias of a remainder. */
function wholeBelow(limit: number, { uniform }: Random): number {
  if (limit <= WORD) {
    const fair = WORD - (WORD % limit);
    for (;;) {
      const value = uniform() * WORD;
      if (value < fair) return value % limit;
    }
  }
  const words = Math.ceil(limit / WORD);
  for (;;) {
    const value = wholeBelow(words, { uniform, gaussian: uniform }) * WORD + uniform() * WORD;
    if (value < limit) return value;
  }
}

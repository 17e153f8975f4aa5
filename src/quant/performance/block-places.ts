import type { Random } from "../synthetic/random.ts";

/**
 * Places of a stationary bootstrap: from which bar of a history each bar of a redrawn one is taken.
 *
 * Blocks begin anywhere, run on circularly and have geometric lengths. Several series that are read at
 * the same places keep what binds them bar by bar.
 *
 * @param n bars of the history, ≥ 1
 * @param meanBlockBars mean length of a block, ≥ 1
 * @param random the seeded stream; two numbers where a block begins, else one a bar
 * @returns a function that gives the place of the next bar; the first one begins a block
 *
 * Cost: O(1) a place. Source: Politis and Romano (1994).
 */
export function blockPlaces(n: number, meanBlockBars: number, random: Random): () => number {
  let at = -1;
  return () => {
    const startsBlock = at < 0 || random.uniform() * meanBlockBars < 1;
    if (startsBlock) at = Math.floor(random.uniform() * n);
    else at = at + 1 === n ? 0 : at + 1;
    return at;
  };
}

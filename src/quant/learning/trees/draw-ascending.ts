import type { Random } from "../../synthetic/random.ts";

/**
 * Draws some of a list without replacement, in its order; every choice of that many is as likely.
 *
 * @param list of n
 * @param count how many, 0 … n
 * @param random what decides
 * @returns count of them; the list itself when that is all, and then nothing is drawn
 *
 * Cost: O(n). Source: Knuth, The Art of Computer Programming 2, algorithm S of section 3.4.2.
 */
export function drawAscending(list: Int32Array, count: number, random: Random): Int32Array {
  if (count === list.length) return list;
  const drawn = new Int32Array(count);
  let taken = 0;
  for (let i = 0; taken < count; i++) {
    if ((list.length - i) * random.uniform() < count - taken) {
      drawn[taken] = list[i]!;
      taken++;
    }
  }
  return drawn;
}

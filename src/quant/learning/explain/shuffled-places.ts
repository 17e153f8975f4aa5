import type { Random } from "../../synthetic/random.ts";

/**
 * Shuffles whole numbers in place, each order as likely as any other.
 *
 * @param values written to
 * @param random the seeded stream; one number a value
 *
 * Cost: O(n). Source: Fisher and Yates (1938), as in Durstenfeld (1964).
 */
export function shuffle(values: Int32Array, random: Random): void {
  for (let i = values.length - 1; i > 0; i--) {
    const j = Math.floor(random.uniform() * (i + 1));
    const kept = values[i]!;
    values[i] = values[j]!;
    values[j] = kept;
  }
}

/**
 * Some of many places, each choice as likely as any other.
 *
 * @param places distinct places
 * @param countMax how many to choose
 * @param random the seeded stream
 * @returns as many, in their order; all of them where there are no more
 *
 * Cost: O(n log n).
 */
export function chosenPlaces(places: Int32Array, countMax: number, random: Random): Int32Array {
  if (places.length <= countMax) return places;
  const order = Int32Array.from(places, (_, i) => i);
  shuffle(order, random);
  return order
    .subarray(0, countMax)
    .sort()
    .map((i) => places[i]!);
}

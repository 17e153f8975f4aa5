import { assert } from "../../assert.ts";
import type { BarColumns, RawColumn } from "../features/feature-source.ts";

/** What is read of one instrument, one value a bar; NaN where there is none. */
export type BookLeg = {
  readonly close: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly volume: Float64Array;
};

/**
 * Bars of a book as features read them: of a pair by leg, of one instrument plain.
 *
 * @param openTimeMs n open times, strictly ascending, UTC milliseconds
 * @param legs leg Y and leg X of a pair, or one instrument; n values a column, aligned
 * @returns `close-y`, `close-x` and so on of a pair, `close` and so on of one instrument; the same memory
 *
 * Cost: O(1).
 */
export function bookColumns(openTimeMs: Float64Array, legs: readonly BookLeg[]): BarColumns {
  assert(legs.length === 1 || legs.length === 2, "a book has one leg or two");
  const suffixes = legs.length === 2 ? (["-y", "-x"] as const) : ([""] as const);
  const columns: Partial<Record<RawColumn, Float64Array>> = {};
  legs.forEach(({ close, high, low, volume }, leg) => {
    const suffix = suffixes[leg]!;
    columns[`close${suffix}`] = close;
    columns[`high${suffix}`] = high;
    columns[`low${suffix}`] = low;
    columns[`volume${suffix}`] = volume;
  });
  return { openTimeMs, columns };
}

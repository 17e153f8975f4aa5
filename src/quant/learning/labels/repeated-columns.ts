import type { FeatureTable } from "../training-data.ts";
import { isStraightRelation } from "./straight-relation.ts";

/** Two columns of a table that say the same; `isExact` when they are equal to the bit. */
export type RepeatedColumns = {
  readonly first: number;
  readonly second: number;
  readonly isExact: boolean;
};

/** Rows that are looked at before all are. */
const SAMPLE_ROWS = 1000;

/**
 * Columns that say the same as another one: equal, or equal but for scale and offset.
 *
 * @param table any; NaN is missing
 * @returns pairs of columns, the first of each before the second
 *
 * Cost: O(columns² · 1,000), and O(rows) for each pair that the sample finds.
 */
export function repeatedColumns(table: FeatureTable): readonly RepeatedColumns[] {
  const step = Math.max(1, Math.ceil(table.rowCount / SAMPLE_ROWS));
  const samples = table.columns.map((column) => everyNth(column, step));
  const found: RepeatedColumns[] = [];
  for (let second = 1; second < samples.length; second++) {
    for (let first = 0; first < second; first++) {
      if (!isStraightRelation(samples[first]!, samples[second]!)) continue;
      const a = table.columns[first]!;
      const b = table.columns[second]!;
      if (!isStraightRelation(a, b)) continue;
      found.push({ first, second, isExact: a.every((value, i) => Object.is(value, b[i])) });
    }
  }
  return found;
}

function everyNth(values: Float64Array, step: number): Float64Array {
  const taken = new Float64Array(Math.ceil(values.length / step));
  for (let i = 0; i < taken.length; i++) taken[i] = values[i * step]!;
  return taken;
}

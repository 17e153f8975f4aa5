/** A column whose length is known at the end only: an array that doubles when it is full. */
export type GrowableColumn = { values: Float64Array; length: number };

/** An empty column. */
export function growableColumn(): GrowableColumn {
  return { values: new Float64Array(64), length: 0 };
}

/**
 * Appends a value.
 *
 * Cost: O(1) amortised.
 */
export function pushValue(column: GrowableColumn, value: number): void {
  if (column.length === column.values.length) {
    const wider = new Float64Array(2 * column.length);
    wider.set(column.values);
    column.values = wider;
  }
  column.values[column.length++] = value;
}

/** A copy of what was appended. */
export function usedPart(column: GrowableColumn): Float64Array {
  return column.values.slice(0, column.length);
}

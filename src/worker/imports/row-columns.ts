const CAPACITY_START = 1_024;

/** Less than doubling: at millions of rows the unused rest would be hundreds of megabytes. */
const GROWTH = 1.5;

/** Values at the given places, in the order of these. */
export function picked(values: Float64Array, places: Uint32Array): Float64Array {
  const taken = new Float64Array(places.length);
  for (let i = 0; i < places.length; i++) taken[i] = values[places[i] ?? 0] ?? Number.NaN;
  return taken;
}

/** Where a row stands: its time (UTC ms), the offset of the clock that wrote it, and its line in the file. */
export type RowPlace = {
  readonly utcMs: number;
  readonly offsetMin: number;
  readonly line: number;
};

/**
 * Rows of a file as columns that grow: time, line, clock offset and `width` values a row. Typed arrays
 * keep four million rows within a few hundred megabytes; objects would not.
 */
export class RowColumns {
  readonly width: number;
  length = 0;
  private timeColumn = new Float64Array(CAPACITY_START);
  private lineColumn = new Uint32Array(CAPACITY_START);
  private offsetColumn = new Int16Array(CAPACITY_START);
  private valueColumns: Float64Array<ArrayBuffer>[];

  constructor(width: number) {
    this.width = width;
    this.valueColumns = Array.from({ length: width }, () => new Float64Array(CAPACITY_START));
  }

  add(row: RowPlace, values: ArrayLike<number>): void {
    const index = this.length;
    if (index === this.timeColumn.length) this.grow();
    this.timeColumn[index] = row.utcMs;
    this.offsetColumn[index] = row.offsetMin;
    this.lineColumn[index] = row.line;
    for (let i = 0; i < this.width; i++) {
      const column = this.valueColumns[i];
      if (column !== undefined) column[index] = values[i] ?? Number.NaN;
    }
    this.length = index + 1;
  }

  times(): Float64Array {
    return this.timeColumn.subarray(0, this.length);
  }

  lineOf(row: number): number {
    return this.lineColumn[row] ?? 0;
  }

  offsetMinOf(row: number): number {
    return this.offsetColumn[row] ?? 0;
  }

  /** Values of a column, one a row. */
  values(column: number): Float64Array {
    return (this.valueColumns[column] ?? new Float64Array()).subarray(0, this.length);
  }

  value(row: number, column: number): number {
    return this.valueColumns[column]?.[row] ?? Number.NaN;
  }

  /**
   * Values of one column for the given rows, which ascend or descend, after which the column is gone:
   * where every row is taken in the order of the file, its memory is handed over instead of copied.
   */
  take(column: number, rows: Uint32Array): Float64Array {
    const values = this.valueColumns[column] ?? new Float64Array();
    this.valueColumns[column] = new Float64Array();
    const isEveryRow = rows.length === this.length && rows[0] === 0;
    return isEveryRow
      ? new Float64Array(values.buffer.transfer(this.length * 8))
      : picked(values, rows);
  }

  hasSameValues(row: number, other: number): boolean {
    return this.valueColumns.every((column) => Object.is(column[row], column[other]));
  }

  private grow(): void {
    const length = Math.ceil(this.timeColumn.length * GROWTH);
    // transfer() lets the allocator extend the memory in place where it can.
    this.timeColumn = new Float64Array(this.timeColumn.buffer.transfer(length * 8));
    this.lineColumn = new Uint32Array(this.lineColumn.buffer.transfer(length * 4));
    this.offsetColumn = new Int16Array(this.offsetColumn.buffer.transfer(length * 2));
    this.valueColumns = this.valueColumns.map(
      (column) => new Float64Array(column.buffer.transfer(length * 8)),
    );
  }
}

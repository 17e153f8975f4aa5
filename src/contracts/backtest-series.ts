/** Series of a backtest over its bars by name: one value a bar in each column, NaN where there is none. */
export type BacktestColumns = { readonly openTimeMs: Float64Array } & Readonly<
  Record<string, Float64Array>
>;

const BYTES_PER_VALUE = Float64Array.BYTES_PER_ELEMENT;

/** What is stored of a series: the names of its columns, and the columns one after another. */
export type PackedSeries = {
  /** The first is openTimeMs. */
  readonly names: readonly string[];
  /** names · bars little-endian Float64. */
  readonly bytes: Uint8Array<ArrayBuffer>;
};

/**
 * Packs the series of a backtest for storage.
 *
 * @param columns all of one length
 */
export function packBacktestSeries({ openTimeMs, ...others }: BacktestColumns): PackedSeries {
  const bars = openTimeMs.length;
  const columns: [string, Float64Array][] = [["openTimeMs", openTimeMs], ...Object.entries(others)];
  const packed = new DataView(new ArrayBuffer(columns.length * bars * BYTES_PER_VALUE));
  let offset = 0;
  for (const [name, values] of columns) {
    if (values.length !== bars) throw new Error(`Invariant: ${name} has ${bars} values`);
    for (const value of values) {
      packed.setFloat64(offset, value, true);
      offset += BYTES_PER_VALUE;
    }
  }
  return { names: columns.map(([name]) => name), bytes: new Uint8Array(packed.buffer) };
}

/**
 * Unpacks columns that packBacktestSeries packed, bit for bit.
 *
 * @param names of the columns that are there, in their order, openTimeMs among them
 * @param bytes whole columns; any alignment
 * @throws {Error} the length is not that of whole columns
 */
export function unpackBacktestSeries(names: readonly string[], bytes: Uint8Array): BacktestColumns {
  const bars = bytes.byteLength / (names.length * BYTES_PER_VALUE);
  if (!Number.isInteger(bars)) throw new Error("Invariant: packed series has whole bars");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const columns = names.map((name, place): [string, Float64Array] => {
    const values = new Float64Array(bars);
    for (let i = 0; i < bars; i++) {
      values[i] = view.getFloat64((place * bars + i) * BYTES_PER_VALUE, true);
    }
    return [name, values];
  });
  const { openTimeMs, ...others } = Object.fromEntries(columns);
  if (openTimeMs === undefined) throw new Error("Invariant: a series has open times");
  return { openTimeMs, ...others };
}

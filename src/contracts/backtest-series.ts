/** Columns of a stored backtest series, in the order in which they are packed. */
export const BACKTEST_SERIES_COLUMNS = [
  "openTimeMs",
  "closeY",
  "closeX",
  "spread",
  "zScore",
  "equity",
  "drawdown",
] as const;

/** Series of a backtest over its trading bars: one value a bar in each column, NaN where there is none. */
export type BacktestColumns = Readonly<
  Record<(typeof BACKTEST_SERIES_COLUMNS)[number], Float64Array>
>;

const BYTES_PER_VALUE = Float64Array.BYTES_PER_ELEMENT;

/**
 * Packs the series of a backtest for storage: the columns one after another, little-endian Float64.
 *
 * @param columns all of one length
 * @returns columns · bars · 8 bytes
 */
export function packBacktestSeries(columns: BacktestColumns): Uint8Array<ArrayBuffer> {
  const bars = columns.openTimeMs.length;
  const packed = new DataView(
    new ArrayBuffer(BACKTEST_SERIES_COLUMNS.length * bars * BYTES_PER_VALUE),
  );
  let offset = 0;
  for (const name of BACKTEST_SERIES_COLUMNS) {
    if (columns[name].length !== bars) throw new Error(`Invariant: ${name} has ${bars} values`);
    for (const value of columns[name]) {
      packed.setFloat64(offset, value, true);
      offset += BYTES_PER_VALUE;
    }
  }
  return new Uint8Array(packed.buffer);
}

/**
 * Unpacks what packBacktestSeries packed, bit for bit.
 *
 * @param packed whole columns; any alignment
 * @throws {Error} the length is not that of whole columns
 */
export function unpackBacktestSeries(packed: Uint8Array): BacktestColumns {
  const rowBytes = BACKTEST_SERIES_COLUMNS.length * BYTES_PER_VALUE;
  if (packed.byteLength % rowBytes !== 0)
    throw new Error("Invariant: packed series has whole bars");
  const bars = packed.byteLength / rowBytes;
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  const column = (index: number): Float64Array => {
    const values = new Float64Array(bars);
    for (let i = 0; i < bars; i++) {
      values[i] = view.getFloat64((index * bars + i) * BYTES_PER_VALUE, true);
    }
    return values;
  };
  return {
    openTimeMs: column(0),
    closeY: column(1),
    closeX: column(2),
    spread: column(3),
    zScore: column(4),
    equity: column(5),
    drawdown: column(6),
  };
}

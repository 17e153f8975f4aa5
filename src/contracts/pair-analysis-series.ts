/** Columns of a stored analysis, in the order in which they are packed. */
export const PAIR_ANALYSIS_COLUMNS = [
  "openTimeMs",
  "closeY",
  "closeX",
  "spread",
  "rollingMean",
  "zScore",
  "correlation",
  "beta",
  "hedgeRatio",
  "adfPValue",
  "engleGrangerPValue",
  "cusum",
] as const;

/** Series of an analysis over the common bars: one value a bar in each column, NaN where there is none. */
export type PairAnalysisColumns = Readonly<
  Record<(typeof PAIR_ANALYSIS_COLUMNS)[number], Float64Array>
>;

const BYTES_PER_VALUE = Float64Array.BYTES_PER_ELEMENT;

/**
 * Packs the series of an analysis for storage: the columns one after another, little-endian Float64.
 *
 * @param columns all of one length
 * @returns columns · bars · 8 bytes
 */
export function packPairAnalysisSeries(columns: PairAnalysisColumns): Uint8Array<ArrayBuffer> {
  const bars = columns.openTimeMs.length;
  const packed = new DataView(
    new ArrayBuffer(PAIR_ANALYSIS_COLUMNS.length * bars * BYTES_PER_VALUE),
  );
  for (const [index, name] of PAIR_ANALYSIS_COLUMNS.entries()) {
    const values = columns[name];
    if (values.length !== bars) throw new Error(`Invariant: ${name} has ${bars} values`);
    for (const [bar, value] of values.entries()) {
      packed.setFloat64((index * bars + bar) * BYTES_PER_VALUE, value, true);
    }
  }
  return new Uint8Array(packed.buffer);
}

/**
 * Unpacks what packPairAnalysisSeries packed, bit for bit.
 *
 * @param packed whole columns; any alignment
 * @throws {Error} the length is not that of whole columns
 */
export function unpackPairAnalysisSeries(packed: Uint8Array): PairAnalysisColumns {
  const rowBytes = PAIR_ANALYSIS_COLUMNS.length * BYTES_PER_VALUE;
  if (packed.byteLength % rowBytes !== 0) {
    throw new Error("Invariant: packed series has whole bars");
  }
  const bars = packed.byteLength / rowBytes;
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  const column = (name: (typeof PAIR_ANALYSIS_COLUMNS)[number]): Float64Array => {
    const first = PAIR_ANALYSIS_COLUMNS.indexOf(name) * bars;
    return Float64Array.from({ length: bars }, (_, bar) =>
      view.getFloat64((first + bar) * BYTES_PER_VALUE, true),
    );
  };
  return {
    openTimeMs: column("openTimeMs"),
    closeY: column("closeY"),
    closeX: column("closeX"),
    spread: column("spread"),
    rollingMean: column("rollingMean"),
    zScore: column("zScore"),
    correlation: column("correlation"),
    beta: column("beta"),
    hedgeRatio: column("hedgeRatio"),
    adfPValue: column("adfPValue"),
    engleGrangerPValue: column("engleGrangerPValue"),
    cusum: column("cusum"),
  };
}

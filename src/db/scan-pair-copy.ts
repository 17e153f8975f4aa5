// Pairs of a scan in PostgreSQL's binary COPY format, which bar-copy.ts describes.
import { pairAt } from "#quant/kernels/pair-order.ts";
import { PAIR_REFUSALS, type PairResults } from "#quant/kernels/pair-results.ts";

/** The result of a scan, column by column. */
export type ScanPairs = {
  /** Instruments in the order of the pairs: the first is leg Y of the first pairs. See pairAt. */
  readonly instrumentIds: Int32Array;
  readonly results: PairResults;
  /** Corrected p-values; NaN for a pair that was not tested. */
  readonly qValues: Float64Array;
};

const HEADER = Buffer.concat([Buffer.from("PGCOPY\n\xff\r\n\0", "latin1"), Buffer.alloc(8)]);
const TRAILER = Buffer.from([0xff, 0xff]);
const NULL_LENGTH = -1;
const FIELDS = 16;
/** Number of fields; a uuid; five integers; nine doubles; the longest refusal. */
const ROW_BYTES_MAX = 2 + (4 + 16) + 5 * (4 + 4) + 9 * (4 + 8) + (4 + 32);
const PAIRS_PER_PIECE = 4_000;

const REFUSAL_BYTES = PAIR_REFUSALS.map((refusal) => Buffer.from(refusal ?? ""));

/**
 * Rows (scan_id, instrument_y, instrument_x, refusal, observations, hedge_ratio, intercept,
 * statistic_yx, p_value_yx, lags_yx, statistic_xy, p_value_xy, lags_xy, q_value, half_life_bars,
 * correlation) for COPY FROM. A pair that was refused has NULL in all figures but its observations.
 */
export function* bytesFromScanPairs(scanId: string, pairs: ScanPairs): Generator<Buffer> {
  yield HEADER;
  const scanIdBytes = Buffer.from(scanId.replaceAll("-", ""), "hex");
  const count = pairs.qValues.length;
  for (let start = 0; start < count; start += PAIRS_PER_PIECE) {
    const end = Math.min(start + PAIRS_PER_PIECE, count);
    const piece = Buffer.allocUnsafe((end - start) * ROW_BYTES_MAX);
    let offset = 0;
    for (let index = start; index < end; index++) {
      offset = piece.writeInt16BE(FIELDS, offset);
      offset = piece.writeInt32BE(scanIdBytes.length, offset);
      offset += scanIdBytes.copy(piece, offset);
      offset = writePair(piece, offset, pairs, index);
    }
    yield piece.subarray(0, offset);
  }
  yield TRAILER;
}

function writePair(piece: Buffer, at: number, pairs: ScanPairs, index: number): number {
  const { results } = pairs;
  const { y, x } = pairAt(index, pairs.instrumentIds.length);
  const refusal = results.refusal[index] ?? 0;
  let offset = writeInteger(piece, pairs.instrumentIds[y], at);
  offset = writeInteger(piece, pairs.instrumentIds[x], offset);
  offset = writeRefusal(piece, refusal, offset);
  offset = writeInteger(piece, results.observations[index], offset);
  if (refusal !== 0) return writeNulls(piece, FIELDS - 5, offset);
  offset = writeDouble(piece, results.hedgeRatio[index], offset);
  offset = writeDouble(piece, results.intercept[index], offset);
  offset = writeDouble(piece, results.statisticYx[index], offset);
  offset = writeDouble(piece, results.pValueYx[index], offset);
  offset = writeInteger(piece, results.lagsYx[index], offset);
  offset = writeDouble(piece, results.statisticXy[index], offset);
  offset = writeDouble(piece, results.pValueXy[index], offset);
  offset = writeInteger(piece, results.lagsXy[index], offset);
  offset = writeDouble(piece, pairs.qValues[index], offset);
  offset = writeDouble(piece, results.halfLifeBars[index], offset);
  return writeDouble(piece, results.correlation[index], offset);
}

function writeInteger(piece: Buffer, value: number | undefined, at: number): number {
  return piece.writeInt32BE(value ?? 0, piece.writeInt32BE(4, at));
}

/** NaN is what a column of doubles has where there is no figure. */
function writeDouble(piece: Buffer, value: number | undefined, at: number): number {
  if (value === undefined || Number.isNaN(value)) return piece.writeInt32BE(NULL_LENGTH, at);
  return piece.writeDoubleBE(value, piece.writeInt32BE(8, at));
}

function writeRefusal(piece: Buffer, refusal: number, at: number): number {
  const bytes = REFUSAL_BYTES[refusal];
  if (refusal === 0 || bytes === undefined) return piece.writeInt32BE(NULL_LENGTH, at);
  return piece.writeInt32BE(bytes.length, at) + bytes.copy(piece, at + 4);
}

function writeNulls(piece: Buffer, count: number, at: number): number {
  let offset = at;
  for (let i = 0; i < count; i++) offset = piece.writeInt32BE(NULL_LENGTH, offset);
  return offset;
}

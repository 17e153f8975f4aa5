// Bars in PostgreSQL's binary COPY format: a header, then for each row the number of fields (int16) and
// for each field its length (int32, −1 for NULL) and its bytes, all big-endian; −1 instead of a number of
// fields ends the data. Source: PostgreSQL documentation, COPY, "Binary Format".
import type { Bars } from "./bars.ts";

const SIGNATURE = Buffer.from("PGCOPY\n\xff\r\n\0", "latin1");
/** Signature, flags (int32) and length of the header extension (int32). */
const HEADER_BYTES = SIGNATURE.length + 8;
const NULL_LENGTH = -1;
const END_OF_DATA = -1;

const FIELDS_IN = 7;
const ROW_BYTES_MAX = 2 + 4 + 4 + 6 * (4 + 8);

/**
 * Rows (series_id int4, open_time_ms int8, open, high, low, close, volume float8) for COPY FROM.
 *
 * @param barsPerPiece rows in each buffer
 * @param onProgress share of the bars written so far, 0..1
 */
export function* bytesFromBars(
  seriesId: number,
  bars: Bars,
  barsPerPiece: number,
  onProgress?: (fraction: number) => void,
): Generator<Buffer> {
  yield Buffer.concat([SIGNATURE, Buffer.alloc(8)]);
  const count = bars.openTimeMs.length;
  for (let start = 0; start < count; start += barsPerPiece) {
    const end = Math.min(start + barsPerPiece, count);
    yield rowsPiece(seriesId, bars, start, end);
    onProgress?.(end / count);
  }
  const trailer = Buffer.alloc(2);
  trailer.writeInt16BE(END_OF_DATA);
  yield trailer;
}

function rowsPiece(seriesId: number, bars: Bars, start: number, end: number): Buffer {
  const piece = Buffer.allocUnsafe((end - start) * ROW_BYTES_MAX);
  const columns = [bars.open, bars.high, bars.low, bars.close, bars.volume];
  let offset = 0;
  for (let i = start; i < end; i++) {
    offset = piece.writeInt16BE(FIELDS_IN, offset);
    offset = piece.writeInt32BE(4, offset);
    offset = piece.writeInt32BE(seriesId, offset);
    offset = piece.writeInt32BE(8, offset);
    offset = piece.writeBigInt64BE(BigInt(bars.openTimeMs[i] ?? 0), offset);
    for (const column of columns) offset = writeNullable(piece, column[i] ?? Number.NaN, offset);
  }
  return piece.subarray(0, offset);
}

function writeNullable(piece: Buffer, value: number, offset: number): number {
  if (Number.isNaN(value)) return piece.writeInt32BE(NULL_LENGTH, offset);
  return piece.writeDoubleBE(value, piece.writeInt32BE(8, offset));
}

const CAPACITY_START = 4_096;
const FIELDS_OUT = 6;

/**
 * Collects bars from the pieces of COPY TO, cut anywhere, with the columns open_time_ms, open, high, low,
 * close, volume.
 */
export class CopiedBars {
  private columns = Array.from({ length: FIELDS_OUT }, () => new Float64Array(CAPACITY_START));
  private count = 0;
  private rest: Buffer = Buffer.alloc(0);
  private isHeaderRead = false;

  push(piece: Buffer): void {
    const bytes = this.rest.length === 0 ? piece : Buffer.concat([this.rest, piece]);
    let offset = 0;
    if (!this.isHeaderRead) {
      if (bytes.length < HEADER_BYTES) {
        this.rest = bytes;
        return;
      }
      this.isHeaderRead = true;
      offset = HEADER_BYTES;
    }
    for (;;) {
      const next = this.readRow(bytes, offset);
      if (next === null) break;
      offset = next;
    }
    this.rest = bytes.subarray(offset);
  }

  finish(): Bars {
    const [openTimeMs, open, high, low, close, volume] = this.columns.map((column) =>
      column.slice(0, this.count),
    );
    if (!openTimeMs || !open || !high || !low || !close || !volume) {
      throw new Error("Invariant: a row has six fields");
    }
    return { openTimeMs, open, high, low, close, volume };
  }

  /** Offset after the row, or null when it is not wholly there (or the data ends). */
  private readRow(bytes: Buffer, start: number): number | null {
    if (bytes.length < start + 2) return null;
    if (bytes.readInt16BE(start) === END_OF_DATA) return null;
    let offset = start + 2;
    if (this.count === this.columns[0]?.length) this.grow();
    for (const [index, column] of this.columns.entries()) {
      if (bytes.length < offset + 4) return null;
      const length = bytes.readInt32BE(offset);
      offset += 4;
      if (length === NULL_LENGTH) {
        column[this.count] = Number.NaN;
        continue;
      }
      if (bytes.length < offset + length) return null;
      column[this.count] =
        index === 0 ? Number(bytes.readBigInt64BE(offset)) : bytes.readDoubleBE(offset);
      offset += length;
    }
    this.count += 1;
    return offset;
  }

  private grow(): void {
    this.columns = this.columns.map((column) => {
      const larger = new Float64Array(column.length * 2);
      larger.set(column);
      return larger;
    });
  }
}

// Bars in PostgreSQL's binary COPY format: a header, then for each row the number of fields (int16) and
// for each field its length (int32, −1 for NULL) and its bytes, all big-endian; −1 instead of a number of
// fields ends the data. Source: PostgreSQL documentation, COPY, "Binary Format".
import type { BarOrigins, Bars } from "./bars.ts";

const SIGNATURE = Buffer.from("PGCOPY\n\xff\r\n\0", "latin1");
/** Signature, flags (int32) and length of the header extension (int32). */
const HEADER_BYTES = SIGNATURE.length + 8;
const NULL_LENGTH = -1;
const END_OF_DATA = -1;

const FIELDS_IN = 7;
const FIELDS_IN_WITH_ORIGIN = 11;
const ROW_BYTES_MAX = 2 + 4 + 4 + 6 * (4 + 8) + (4 + 2) + 3 * (4 + 4);

/**
 * Rows (series_id int4, open_time_ms int8, open, high, low, close, volume float8, and with origins
 * provenance int2, trade_count, late_count, backfilled_count int4) for COPY FROM.
 *
 * @param options.origins null: rows without them
 * @param options.barsPerPiece rows in each buffer
 * @param options.onProgress share of the bars written so far, 0..1
 */
export function* bytesFromBars(
  seriesId: number,
  bars: Bars,
  options: {
    readonly origins: BarOrigins | null;
    readonly barsPerPiece: number;
    readonly onProgress?: ((fraction: number) => void) | undefined;
  },
): Generator<Buffer> {
  yield Buffer.concat([SIGNATURE, Buffer.alloc(8)]);
  const count = bars.openTimeMs.length;
  for (let start = 0; start < count; start += options.barsPerPiece) {
    const end = Math.min(start + options.barsPerPiece, count);
    yield rowsPiece(seriesId, { bars, origins: options.origins }, start, end);
    options.onProgress?.(end / count);
  }
  const trailer = Buffer.alloc(2);
  trailer.writeInt16BE(END_OF_DATA);
  yield trailer;
}

function rowsPiece(
  seriesId: number,
  { bars, origins }: { readonly bars: Bars; readonly origins: BarOrigins | null },
  start: number,
  end: number,
): Buffer {
  const piece = Buffer.allocUnsafe((end - start) * ROW_BYTES_MAX);
  const columns = [bars.open, bars.high, bars.low, bars.close, bars.volume];
  let offset = 0;
  for (let i = start; i < end; i++) {
    offset = piece.writeInt16BE(origins === null ? FIELDS_IN : FIELDS_IN_WITH_ORIGIN, offset);
    offset = piece.writeInt32BE(4, offset);
    offset = piece.writeInt32BE(seriesId, offset);
    offset = piece.writeInt32BE(8, offset);
    offset = piece.writeBigInt64BE(BigInt(bars.openTimeMs[i] ?? 0), offset);
    for (const column of columns) offset = writeNullable(piece, column[i] ?? Number.NaN, offset);
    if (origins !== null) offset = writeOrigin(piece, origins, i, offset);
  }
  return piece.subarray(0, offset);
}

function writeNullable(piece: Buffer, value: number, offset: number): number {
  if (Number.isNaN(value)) return piece.writeInt32BE(NULL_LENGTH, offset);
  return piece.writeDoubleBE(value, piece.writeInt32BE(8, offset));
}

function writeOrigin(piece: Buffer, origins: BarOrigins, i: number, start: number): number {
  let offset = writeInteger(piece, origins.provenance[i] ?? Number.NaN, 2, start);
  for (const counts of [origins.tradeCount, origins.lateCount, origins.backfilledCount]) {
    offset = writeInteger(piece, counts[i] ?? Number.NaN, 4, offset);
  }
  return offset;
}

function writeInteger(piece: Buffer, value: number, bytes: 2 | 4, offset: number): number {
  if (Number.isNaN(value)) return piece.writeInt32BE(NULL_LENGTH, offset);
  return piece.writeIntBE(value, piece.writeInt32BE(bytes, offset), bytes);
}

const CAPACITY_START = 4_096;

/** Columns that make a bar, in the order in which they are copied. */
const BAR_COLUMNS = ["open_time_ms", "open", "high", "low", "close", "volume"] as const;
const ORIGIN_COLUMNS = ["provenance", "trade_count", "late_count", "backfilled_count"] as const;

/** What of bars is copied out: with or without how they came about. */
export type CopiedColumns = "bars" | "bars-with-origins";

/** The columns as a statement names them. */
export function columnList(columns: CopiedColumns): string {
  return (columns === "bars" ? BAR_COLUMNS : [...BAR_COLUMNS, ...ORIGIN_COLUMNS]).join(", ");
}

/** Collects bars from the pieces of COPY TO, cut anywhere, with the columns of columnList. */
export class CopiedBars {
  private columns: Float64Array<ArrayBuffer>[];
  private count = 0;
  private rest: Buffer = Buffer.alloc(0);
  private isHeaderRead = false;

  constructor(columns: CopiedColumns = "bars") {
    const fields = BAR_COLUMNS.length + (columns === "bars" ? 0 : ORIGIN_COLUMNS.length);
    this.columns = Array.from({ length: fields }, () => new Float64Array(CAPACITY_START));
  }

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
    return {
      openTimeMs: this.column(0),
      open: this.column(1),
      high: this.column(2),
      low: this.column(3),
      close: this.column(4),
      volume: this.column(5),
    };
  }

  /** How the bars came about, where that was copied. */
  origins(): BarOrigins {
    return {
      provenance: this.column(6),
      tradeCount: this.column(7),
      lateCount: this.column(8),
      backfilledCount: this.column(9),
    };
  }

  private column(index: number): Float64Array {
    const column = this.columns[index];
    if (column === undefined) throw new Error("Invariant: the column was copied");
    return column.slice(0, this.count);
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
        index === 0 ? Number(bytes.readBigInt64BE(offset)) : valueAt(bytes, offset, length);
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

/** A double, or an integer of the other lengths. */
function valueAt(bytes: Buffer, offset: number, length: number): number {
  if (length === 8) return bytes.readDoubleBE(offset);
  return length === 4 ? bytes.readInt32BE(offset) : bytes.readInt16BE(offset);
}

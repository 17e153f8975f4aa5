// Pairs of a scan in PostgreSQL's binary COPY format, which bar-copy.ts describes.
import { PAIR_REFUSALS, type PairResults } from "#quant/kernels/pair-results.ts";
import type { CandidateColumns } from "#quant/pairs/candidate-columns.ts";
import type { Judgements } from "#quant/pairs/judge-candidates.ts";
import { PAIR_VERDICTS } from "#quant/pairs/pair-verdict.ts";

/** The result of a scan, column by column. NaN in a column of numbers, and −1 in one of counts, is NULL. */
export type ScanPairs = {
  /** Instruments by row. */
  readonly instrumentIds: Int32Array;
  /** Rows of leg Y and leg X of each pair in turn. */
  readonly pairs: Uint32Array;
  readonly figures: PairResults;
  /** The p-values that were judged or corrected; NaN for a pair that did not come to the test. */
  readonly pValues: Float64Array;
  /** Corrected p-values. */
  readonly qValues: Float64Array;
  /** null for a scan without a funnel. */
  readonly funnel: ScanPairsFunnel | null;
};

/** What only a funnel finds of its pairs. */
export type ScanPairsFunnel = Pick<
  CandidateColumns,
  "combinedPValue" | "johansenPValue" | "hurst" | "meanCrossings"
> &
  Pick<Judgements, "verdict" | "rank"> & { readonly cluster: Int32Array };

/** Columns of scan_pair in the order in which bytesFromScanPairs writes them. */
export const SCAN_PAIR_COLUMNS = [
  ...["scan_id", "instrument_y", "instrument_x", "refusal", "observations", "p_value", "q_value"],
  ...["hedge_ratio", "intercept", "statistic_yx", "p_value_yx", "lags_yx", "statistic_xy"],
  ...["p_value_xy", "lags_xy", "half_life_bars", "correlation", "stage", "reason", "rank"],
  ...["cluster", "combined_p_value", "johansen_p_value", "hurst", "mean_crossings"],
] as const;

const HEADER = Buffer.concat([Buffer.from("PGCOPY\n\xff\r\n\0", "latin1"), Buffer.alloc(8)]);
const TRAILER = Buffer.from([0xff, 0xff]);
const NULL_LENGTH = -1;
/** The longest text is that of a reason. */
const TEXT_BYTES_MAX = 32;
/** Number of fields; a uuid; eight integers; thirteen doubles; three texts. */
const ROW_BYTES_MAX = 2 + (4 + 16) + 8 * (4 + 4) + 13 * (4 + 8) + 3 * (4 + TEXT_BYTES_MAX);
const PAIRS_PER_PIECE = 4_000;

/** Figures that a refused pair has not. */
const TESTED_FIELDS = 10;
const FUNNEL_FIELDS = 8;

const REFUSALS = PAIR_REFUSALS.map(textBytes);
const STAGES = PAIR_VERDICTS.map(({ stage }) => textBytes(stage));
const REASONS = PAIR_VERDICTS.map(({ reason }) => textBytes(reason));

function textBytes(text: string | null): Buffer | null {
  return text === null ? null : Buffer.from(text);
}

/** Rows of SCAN_PAIR_COLUMNS for COPY FROM. @param onProgress share of the pairs written so far, 0..1 */
export function* bytesFromScanPairs(
  scanId: string,
  pairs: ScanPairs,
  onProgress?: (fraction: number) => void,
): Generator<Buffer> {
  yield HEADER;
  const scanIdBytes = Buffer.from(scanId.replaceAll("-", ""), "hex");
  const count = pairs.qValues.length;
  for (let start = 0; start < count; start += PAIRS_PER_PIECE) {
    const end = Math.min(start + PAIRS_PER_PIECE, count);
    const row = new RowWriter(Buffer.allocUnsafe((end - start) * ROW_BYTES_MAX));
    for (let index = start; index < end; index++) {
      row.begin(SCAN_PAIR_COLUMNS.length);
      row.bytes(scanIdBytes);
      writePair(row, pairs, index);
      writeFunnel(row, pairs.funnel, index);
    }
    yield row.written();
    onProgress?.(end / count);
  }
  yield TRAILER;
}

function writePair(row: RowWriter, { instrumentIds, pairs, ...columns }: ScanPairs, index: number) {
  const { figures, pValues, qValues } = columns;
  const refusal = figures.refusal[index] ?? 0;
  row.integer(instrumentIds[pairs[2 * index] ?? -1]);
  row.integer(instrumentIds[pairs[2 * index + 1] ?? -1]);
  row.bytes(REFUSALS[refusal] ?? null);
  row.integer(figures.observations[index]);
  row.double(pValues[index]);
  row.double(qValues[index]);
  if (refusal !== 0) {
    row.nulls(TESTED_FIELDS);
    return;
  }
  row.double(figures.hedgeRatio[index]);
  row.double(figures.intercept[index]);
  row.double(figures.statisticYx[index]);
  row.double(figures.pValueYx[index]);
  row.integer(figures.lagsYx[index]);
  row.double(figures.statisticXy[index]);
  row.double(figures.pValueXy[index]);
  row.integer(figures.lagsXy[index]);
  row.double(figures.halfLifeBars[index]);
  row.double(figures.correlation[index]);
}

function writeFunnel(row: RowWriter, funnel: ScanPairsFunnel | null, index: number): void {
  if (funnel === null) {
    row.nulls(FUNNEL_FIELDS);
    return;
  }
  const verdict = funnel.verdict[index] ?? -1;
  row.bytes(STAGES[verdict] ?? null);
  row.bytes(REASONS[verdict] ?? null);
  // Ranks begin at 1.
  row.integer(funnel.rank[index] || -1);
  row.integer(funnel.cluster[index]);
  row.double(funnel.combinedPValue[index]);
  row.double(funnel.johansenPValue[index]);
  row.double(funnel.hurst[index]);
  row.integer(funnel.meanCrossings[index]);
}

/** Writes fields one after another, each with its length before it. */
class RowWriter {
  private readonly piece: Buffer;
  private offset = 0;

  constructor(piece: Buffer) {
    this.piece = piece;
  }

  begin(fields: number): void {
    this.offset = this.piece.writeInt16BE(fields, this.offset);
  }

  bytes(bytes: Buffer | null): void {
    this.offset = this.piece.writeInt32BE(bytes?.length ?? NULL_LENGTH, this.offset);
    if (bytes !== null) this.offset += bytes.copy(this.piece, this.offset);
  }

  integer(value = -1): void {
    if (value < 0) {
      this.nulls(1);
      return;
    }
    this.offset = this.piece.writeInt32BE(4, this.offset);
    this.offset = this.piece.writeInt32BE(value, this.offset);
  }

  double(value = Number.NaN): void {
    if (Number.isNaN(value)) {
      this.nulls(1);
      return;
    }
    this.offset = this.piece.writeInt32BE(8, this.offset);
    this.offset = this.piece.writeDoubleBE(value, this.offset);
  }

  nulls(count: number): void {
    for (let i = 0; i < count; i++) this.offset = this.piece.writeInt32BE(NULL_LENGTH, this.offset);
  }

  written(): Buffer {
    return this.piece.subarray(0, this.offset);
  }
}

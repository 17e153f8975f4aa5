import { csvRow } from "#contracts/csv-cell.ts";
import {
  backtestBarAt,
  backtestColumnsBetween,
  type StoredBacktestSeries,
} from "#db/backtest-series.ts";
import { barsBetween } from "#db/bars.ts";
import type { Database } from "#db/client.ts";
import { type SharedColumn, sharedValue } from "../share-projection.ts";

/** Bars of some lines, one value a bar in each; NaN is no value. */
type Bars = {
  readonly openTimeMs: Float64Array;
  readonly lines: readonly Float64Array[];
};

/** What of a series is exported; `rowsMax` null: all of it. */
export type SeriesSpan = {
  readonly startMs: number;
  readonly endMs: number;
  readonly rowsMax: number | null;
};

/** Rows made at a time: few enough that other requests are not kept waiting. */
const PIECE_BARS = 20_000;
/** Values made at a time where a series may have many columns. */
const PIECE_VALUES = 120_000;

/** Every bar of a series of prices, in pieces of CSV with a header. */
export async function* priceCsv(
  database: Database,
  series: {
    readonly seriesId: number;
    readonly intervalMs: number;
    readonly firstOpenTimeMs: number;
    readonly lastOpenTimeMs: number;
  },
  span: SeriesSpan,
): AsyncGenerator<string> {
  yield csvRow(["time (UTC)", "open", "high", "low", "close", "volume"]);
  const pieceMs = PIECE_BARS * series.intervalMs;
  const endMs = Math.min(span.endMs, series.lastOpenTimeMs + 1);
  let left = span.rowsMax ?? Number.POSITIVE_INFINITY;
  let startMs = Math.max(span.startMs, series.firstOpenTimeMs);
  for (; startMs < endMs && left > 0; startMs += pieceMs) {
    const window = { startMs, endMs: Math.min(startMs + pieceMs, endMs) };
    const { openTimeMs, open, high, low, close, volume } = await barsBetween(
      database,
      series.seriesId,
      window,
    );
    yield rows({ openTimeMs, lines: [open, high, low, close, volume] }, 0, left);
    left -= openTimeMs.length;
  }
}

/** Every bar of bars that are in memory, in pieces of CSV with a header. */
export async function* barsCsv(
  header: readonly string[],
  bars: Bars,
  span: SeriesSpan,
): AsyncGenerator<string> {
  yield csvRow(["time (UTC)", ...header]);
  const from = bars.openTimeMs.findIndex((time) => time >= span.startMs);
  const end = bars.openTimeMs.findIndex((time) => time >= span.endMs);
  const to = Math.min(
    end === -1 ? bars.openTimeMs.length : end,
    from + (span.rowsMax ?? Number.POSITIVE_INFINITY),
  );
  for (let start = from; start !== -1 && start < to; start += PIECE_BARS) {
    yield rows(bars, start, Math.min(start + PIECE_BARS, to));
  }
}

/** A column of a backtest's file: its name in storage and in the file, and how its values are shown. */
export type ExportedColumn = {
  readonly name: string;
  readonly title: string;
  readonly as: SharedColumn;
};

/** Every bar of a backtest, in pieces of CSV with a header. */
export async function* backtestCsv(
  database: Database,
  series: StoredBacktestSeries,
  columns: readonly ExportedColumn[],
  span: SeriesSpan,
): AsyncGenerator<string> {
  yield csvRow(["time (UTC)", ...columns.map(({ title }) => title)]);
  const names = columns.map(({ name }) => name);
  const pieceBars = Math.max(1, Math.ceil(PIECE_VALUES / columns.length));
  const from = await backtestBarAt(database, series, span.startMs);
  const end = await backtestBarAt(database, series, span.endMs);
  const to = Math.min(end, from + (span.rowsMax ?? Number.POSITIVE_INFINITY));
  for (let start = from; start < to; start += pieceBars) {
    const piece = { from: start, to: Math.min(start + pieceBars, to) };
    const read = await backtestColumnsBetween(database, series, names, piece);
    const lines = columns.map(({ name, as }) => shown(read[name], as));
    yield rows({ openTimeMs: read.openTimeMs, lines }, 0, read.openTimeMs.length);
  }
}

function shown(values: Float64Array | undefined, as: SharedColumn): Float64Array {
  return values?.map((value) => sharedValue(value, as)) ?? new Float64Array();
}

function rows({ openTimeMs, lines }: Bars, from: number, to: number): string {
  let text = "";
  for (let i = from; i < Math.min(to, openTimeMs.length); i++) {
    const values = lines.map((line) => finite(line[i]));
    text += csvRow([new Date(openTimeMs[i] ?? 0).toISOString(), ...values]);
  }
  return text;
}

function finite(value: number | undefined): number | null {
  return value === undefined || !Number.isFinite(value) ? null : value;
}

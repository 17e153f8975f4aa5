import { csvRow } from "#contracts/csv-cell.ts";
import {
  backtestBarAt,
  backtestColumnsBetween,
  type StoredBacktestSeries,
} from "#db/backtest-series.ts";
import { barsBetween } from "#db/bars.ts";
import type { Database } from "#db/client.ts";

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

/** Every bar of a backtest, in pieces of CSV with a header. */
export async function* backtestCsv(
  database: Database,
  series: StoredBacktestSeries,
  options: SeriesSpan & {
    readonly symbolY: string;
    readonly symbolX: string;
    /** What equity is multiplied by. */
    readonly equityScale: number;
  },
): AsyncGenerator<string> {
  const { symbolY, symbolX, equityScale } = options;
  const closes = [`close Y: ${symbolY}`, `close X: ${symbolX}`];
  yield csvRow(["time (UTC)", ...closes, "spread", "z-score", "equity", "drawdown (fraction)"]);
  const from = await backtestBarAt(database, series, options.startMs);
  const end = await backtestBarAt(database, series, options.endMs);
  const to = Math.min(end, from + (options.rowsMax ?? Number.POSITIVE_INFINITY));
  for (let start = from; start < to; start += PIECE_BARS) {
    const piece = { from: start, to: Math.min(start + PIECE_BARS, to) };
    const columns = await backtestColumnsBetween(database, series, piece);
    const equity = columns.equity.map((value) => value * equityScale);
    const { openTimeMs, closeY, closeX, spread, zScore, drawdown } = columns;
    const lines = [closeY, closeX, spread, zScore, equity, drawdown];
    yield rows({ openTimeMs, lines }, 0, openTimeMs.length);
  }
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

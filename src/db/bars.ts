import { createHash } from "node:crypto";
import { pipeline } from "node:stream/promises";
import { from as copyFrom, to as copyTo } from "pg-copy-streams";
import { bytesFromBars, CopiedBars, type CopiedColumns, columnList } from "./bar-copy.ts";
import { barTableOf } from "./bar-table.ts";
import type { Database, DatabaseClient, Queryable } from "./client.ts";

/**
 * Bars of one series, oldest first, one value a bar, strictly ascending in openTimeMs (UTC ms).
 * NaN in open, high, low or volume means that the source has none; a close is always there.
 */
export type Bars = {
  readonly openTimeMs: Float64Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
};

/**
 * How bars came about, one value a bar; NaN where nothing is known, as of an upload of bars.
 * provenance: one of BAR_PROVENANCE_CODES; the others count trades.
 */
export type BarOrigins = {
  readonly provenance: Float64Array;
  readonly tradeCount: Float64Array;
  readonly lateCount: Float64Array;
  readonly backfilledCount: Float64Array;
};

/** Half-open span of open times, UTC ms. */
export type BarWindow = { readonly startMs: number; readonly endMs: number };

const ALL_TIME: BarWindow = { startMs: 0, endMs: Number.MAX_SAFE_INTEGER };

/**
 * Bars of a series within a window, by binary COPY: several times faster than rows of text.
 *
 * @param window default: the whole series
 */
export async function barsBetween(
  database: Database,
  seriesId: number,
  window: BarWindow = ALL_TIME,
): Promise<Bars> {
  return withClient(database, (client) => copyBarsOut(client, seriesId, window));
}

/** Bars of a series within a window, with how each came about. */
export function barsWithOriginsBetween(
  database: Database,
  seriesId: number,
  window: BarWindow,
): Promise<{ readonly bars: Bars; readonly origins: BarOrigins }> {
  return withClient(database, async (client) => {
    const copied = await copiedBars(client, seriesId, window, "bars-with-origins");
    return { bars: copied.finish(), origins: copied.origins() };
  });
}

async function withClient<T>(
  database: Database,
  read: (client: DatabaseClient) => Promise<T>,
): Promise<T> {
  const client = await database.pool.connect();
  let failure: Error | undefined;
  try {
    return await read(client);
  } catch (error) {
    // A connection left in the middle of a COPY is of no use to the next caller.
    failure = error instanceof Error ? error : new Error(String(error));
    throw error;
  } finally {
    client.release(failure);
  }
}

/** Bars of a series as a transaction sees them. */
export async function copyBarsOut(
  client: DatabaseClient,
  seriesId: number,
  window: BarWindow = ALL_TIME,
): Promise<Bars> {
  return (await copiedBars(client, seriesId, window, "bars")).finish();
}

async function copiedBars(
  client: DatabaseClient,
  seriesId: number,
  window: BarWindow,
  columns: CopiedColumns,
): Promise<CopiedBars> {
  const copied = new CopiedBars(columns);
  const table = await barTableOf(client, seriesId);
  // COPY takes no parameters, so only checked integers go into the statement.
  const [series, start, end] = [seriesId, window.startMs, window.endMs].map(requireInteger);
  const rows = client.query(
    copyTo(
      `COPY (SELECT ${columnList(columns)} FROM ${table}
         WHERE series_id = ${series} AND open_time_ms >= ${start} AND open_time_ms < ${end}
         ORDER BY open_time_ms) TO STDOUT (FORMAT binary)`,
    ),
  );
  for await (const bytes of rows) copied.push(bytes);
  return copied;
}

/** Rows in one piece of COPY data: enough to be fast, few enough to keep the event loop turning. */
const BARS_PER_PIECE = 5_000;

/**
 * Writes bars into a series of a workspace or the demo set: new ones are added, ones with the same open
 * time are replaced. Part of a transaction; the caller holds a lock on the series (`seriesToFill`) so that
 * nobody else fills it.
 *
 * @param options.origins how the bars came about; default: nothing is known of it
 * @param options.isNew the series has no bars yet, so they go in without a detour
 * @param options.onProgress share of the bars that were sent, 0..1
 */
export async function writeBars(
  client: DatabaseClient,
  seriesId: number,
  bars: Bars,
  options: BarsSource & { readonly isNew: boolean },
): Promise<{ readonly addedCount: number; readonly replacedCount: number }> {
  const count = bars.openTimeMs.length;
  if (options.isNew) {
    await copyBarsIn(client, "bar", seriesId, bars, options);
    return { addedCount: count, replacedCount: 0 };
  }
  await client.query("CREATE TEMPORARY TABLE IF NOT EXISTS imported_bar (LIKE bar) ON COMMIT DROP");
  await client.query("TRUNCATE imported_bar");
  await copyBarsIn(client, "imported_bar", seriesId, bars, options);
  const { rows } = await client.query<{ replaced: number }>(
    `SELECT count(*)::int AS replaced FROM imported_bar
     JOIN bar USING (series_id, open_time_ms)`,
  );
  await client.query(
    `INSERT INTO bar (series_id, ${columnList("bars-with-origins")})
     SELECT series_id, ${columnList("bars-with-origins")} FROM imported_bar
     ON CONFLICT (series_id, open_time_ms) DO UPDATE SET open = excluded.open,
       high = excluded.high, low = excluded.low, close = excluded.close, volume = excluded.volume,
       provenance = excluded.provenance, trade_count = excluded.trade_count,
       late_count = excluded.late_count, backfilled_count = excluded.backfilled_count`,
  );
  const replacedCount = rows[0]?.replaced ?? 0;
  return { addedCount: count - replacedCount, replacedCount };
}

/** What comes with bars that are to be written. */
type BarsSource = {
  readonly origins?: BarOrigins | null;
  readonly signal?: AbortSignal;
  readonly onProgress?: (fraction: number) => void;
};

async function copyBarsIn(
  client: DatabaseClient,
  table: "bar" | "imported_bar",
  seriesId: number,
  bars: Bars,
  { origins = null, signal, onProgress }: BarsSource,
): Promise<void> {
  const columns = columnList(origins === null ? "bars" : "bars-with-origins");
  const sink = client.query(
    copyFrom(`COPY ${table} (series_id, ${columns}) FROM STDIN (FORMAT binary)`),
  );
  const pieces = bytesFromBars(seriesId, bars, {
    origins,
    barsPerPiece: BARS_PER_PIECE,
    onProgress,
  });
  await pipeline(pieces, sink, signal === undefined ? {} : { signal });
}

/**
 * Content hash of a series: SHA-256 over its bars, oldest first, each as six little-endian Float64
 * (open time, open, high, low, close, volume; a missing value is the one canonical NaN).
 *
 * @returns hexadecimal
 */
export function contentHash(bars: Bars): string {
  const hash = createHash("sha256");
  const columns = [bars.openTimeMs, bars.open, bars.high, bars.low, bars.close, bars.volume];
  for (let start = 0; start < bars.openTimeMs.length; start += BARS_PER_PIECE) {
    const end = Math.min(start + BARS_PER_PIECE, bars.openTimeMs.length);
    const piece = new DataView(new ArrayBuffer((end - start) * columns.length * 8));
    let offset = 0;
    for (let i = start; i < end; i++) {
      for (const column of columns) {
        const value = column[i] ?? Number.NaN;
        piece.setFloat64(offset, Number.isNaN(value) ? Number.NaN : value, true);
        offset += 8;
      }
    }
    hash.update(new Uint8Array(piece.buffer));
  }
  return hash.digest("hex");
}

/** How many bars a series has within a window. */
export async function barCountBetween(
  client: Queryable,
  seriesId: number,
  window: BarWindow,
): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM ${await barTableOf(client, seriesId)}
     WHERE series_id = $1 AND open_time_ms >= $2 AND open_time_ms < $3`,
    [seriesId, window.startMs, window.endMs],
  );
  return rows[0]?.count ?? 0;
}

function requireInteger(value: number): number {
  if (!Number.isSafeInteger(value)) throw new Error(`Invariant: ${value} is an integer`);
  return value;
}

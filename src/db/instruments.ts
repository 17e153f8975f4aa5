import { z } from "zod";
import { Calendar } from "#contracts/interval.ts";
import type { SeriesCoverage, SeriesDetail } from "#contracts/market-data.ts";
import { Gap, RowRejection, Venue } from "#contracts/market-data.ts";
import { isSynthetic } from "#contracts/venue.ts";
import type { Database, Queryable } from "./client.ts";

/** An instrument as other rows refer to it. `synthetic`: it belongs to the demo set. */
export type InstrumentRef = {
  readonly id: number;
  readonly symbol: string;
  readonly venue: Venue;
  readonly synthetic: boolean;
};

/**
 * Instruments by id that a workspace may see: its own and the common ones. Others are absent.
 */
export async function instrumentsByIds(
  client: Queryable,
  workspaceId: string,
  ids: readonly number[],
): Promise<InstrumentRef[]> {
  const { rows } = await client.query(
    `SELECT id, symbol, venue FROM instrument
     WHERE id = ANY($2) AND (workspace_id IS NULL OR workspace_id = $1) ORDER BY symbol, id`,
    [workspaceId, ids],
  );
  return rows.map((raw) => {
    const row = InstrumentRow.parse(raw);
    return { ...row, synthetic: isSynthetic(row.venue) };
  });
}

const InstrumentRow = z.object({ id: z.number(), symbol: z.string(), venue: Venue });

/** A series of an instrument, with what a computation needs to know before it reads the bars. */
export type SeriesRef = {
  readonly seriesId: number;
  readonly instrumentId: number;
  readonly symbol: string;
  readonly venue: Venue;
  readonly calendar: Calendar;
  readonly closeOnly: boolean;
  readonly contentHash: string;
  readonly barCount: number;
  readonly firstOpenTimeMs: number;
  readonly lastOpenTimeMs: number;
};

/**
 * Series at one interval of the given instruments, as far as the workspace may see them, by symbol.
 */
export async function seriesOfInstruments(
  client: Queryable,
  workspaceId: string,
  instrumentIds: readonly number[],
  intervalMs: number,
): Promise<SeriesRef[]> {
  const { rows } = await client.query(
    `SELECT s.id AS "seriesId", i.id AS "instrumentId", i.symbol, i.venue, s.calendar,
       s.close_only AS "closeOnly", s.content_hash AS "contentHash", s.bar_count AS "barCount",
       s.first_open_time_ms::float8 AS "firstOpenTimeMs",
       s.last_open_time_ms::float8 AS "lastOpenTimeMs"
     FROM instrument i JOIN bar_series s ON s.instrument_id = i.id
     WHERE i.id = ANY($2) AND s.interval_ms = $3
       AND (i.workspace_id IS NULL OR i.workspace_id = $1)
     ORDER BY i.symbol, i.id`,
    [workspaceId, instrumentIds, intervalMs],
  );
  return rows.map((row) => SeriesRow.parse(row));
}

const SeriesRow = z.object({
  seriesId: z.number(),
  instrumentId: z.number(),
  symbol: z.string(),
  venue: Venue,
  calendar: Calendar,
  closeOnly: z.boolean(),
  contentHash: z.string(),
  barCount: z.number(),
  firstOpenTimeMs: z.number(),
  lastOpenTimeMs: z.number(),
});

/** Intervals at which an instrument has bars, shortest first, as far as the workspace may see it. */
export async function instrumentIntervals(
  client: Queryable,
  workspaceId: string,
  instrumentId: number,
): Promise<number[]> {
  const { rows } = await client.query<{ intervalMs: number }>(
    `SELECT s.interval_ms AS "intervalMs" FROM instrument i
     JOIN bar_series s ON s.instrument_id = i.id
     WHERE i.id = $2 AND s.bar_count > 0 AND (i.workspace_id IS NULL OR i.workspace_id = $1)
     ORDER BY s.interval_ms`,
    [workspaceId, instrumentId],
  );
  return rows.map(({ intervalMs }) => intervalMs);
}

/** Coverage of every series that a workspace may see, by symbol and interval. */
export async function listSeries(
  database: Database,
  workspaceId: string,
  filter: { readonly venue?: Venue | undefined } = {},
): Promise<SeriesCoverage[]> {
  const { rows } = await database.pool.query(
    `SELECT ${COVERAGE_COLUMNS} FROM instrument i JOIN bar_series s ON s.instrument_id = i.id
     WHERE (i.workspace_id IS NULL OR i.workspace_id = $1) AND ($2::text IS NULL OR i.venue = $2)
     ORDER BY i.symbol, s.interval_ms, s.id`,
    [workspaceId, filter.venue ?? null],
  );
  return rows.map((row) => CoverageRow.parse(row));
}

/** One series with its gaps and rejected rows; null when the workspace may not see it. */
export async function seriesDetail(
  database: Database,
  workspaceId: string,
  seriesId: number,
): Promise<SeriesDetail | null> {
  const { rows } = await database.pool.query(
    `SELECT ${COVERAGE_COLUMNS}, s.gaps FROM instrument i
     JOIN bar_series s ON s.instrument_id = i.id
     WHERE s.id = $2 AND (i.workspace_id IS NULL OR i.workspace_id = $1)`,
    [workspaceId, seriesId],
  );
  if (rows.length === 0) return null;
  const rejections = await database.pool.query(
    `SELECT r.line, r.symbol, r.field, r.reason, r.text FROM row_rejection r
     JOIN upload u ON u.id = r.upload_id
     WHERE r.series_id = $1 AND u.workspace_id = $2
     ORDER BY u.created_at DESC, r.line LIMIT 1000`,
    [seriesId, workspaceId],
  );
  return {
    ...CoverageRow.extend({ gaps: z.array(Gap) }).parse(rows[0]),
    rejections: rejections.rows.map((row) => RowRejection.parse(row)),
  };
}

const COVERAGE_COLUMNS = `s.id AS "seriesId", i.id AS "instrumentId", i.symbol, i.name,
  i."group", i.venue, s.interval_ms AS "intervalMs", s.calendar, s.close_only AS "closeOnly",
  s.first_open_time_ms::float8 AS "firstOpenTimeMs",
  s.last_open_time_ms::float8 AS "lastOpenTimeMs", s.bar_count AS "barCount",
  s.missing_count AS "missingCount", jsonb_array_length(s.gaps) AS "gapCount",
  s.duplicate_count AS "duplicateCount", s.rejected_count AS "rejectedCount",
  s.content_hash AS "contentHash",
  (extract(epoch FROM s.updated_at) * 1000)::float8 AS "updatedAtMs"`;

const CoverageRow = z.object({
  seriesId: z.number(),
  instrumentId: z.number(),
  symbol: z.string(),
  name: z.string(),
  group: z.string(),
  venue: Venue,
  intervalMs: z.number(),
  calendar: Calendar,
  closeOnly: z.boolean(),
  firstOpenTimeMs: z.number(),
  lastOpenTimeMs: z.number(),
  barCount: z.number(),
  missingCount: z.number(),
  gapCount: z.number(),
  duplicateCount: z.number(),
  rejectedCount: z.number(),
  contentHash: z.string(),
  updatedAtMs: z.number(),
});

/**
 * Deletes a series of the workspace's own, with its bars; its instrument goes with the last one. Results
 * computed from it stay. Common series cannot be deleted.
 *
 * @returns whether the workspace had such a series
 */
export async function deleteSeries(
  client: Queryable,
  workspaceId: string,
  seriesId: number,
): Promise<boolean> {
  const { rows } = await client.query<{ instrument_id: number }>(
    `DELETE FROM bar_series s USING instrument i
     WHERE s.id = $2 AND i.id = s.instrument_id AND i.workspace_id = $1
     RETURNING s.instrument_id`,
    [workspaceId, seriesId],
  );
  const [row] = rows;
  if (row === undefined) return false;
  await client.query(
    `DELETE FROM instrument WHERE id = $1
       AND NOT EXISTS (SELECT FROM bar_series WHERE instrument_id = $1)`,
    [row.instrument_id],
  );
  return true;
}

/** What names an instrument; a workspaceId of null makes it common. */
export type InstrumentKey = {
  readonly workspaceId: string | null;
  readonly venue: Venue;
  readonly symbol: string;
  readonly name: string;
  readonly group: string;
};

/**
 * The instrument's series at an interval, made if need be and locked until the transaction ends, so that
 * two imports into one series take turns.
 *
 * @returns isNew: the series has no bars yet
 */
export async function seriesToFill(
  client: Queryable,
  instrument: InstrumentKey,
  series: { readonly intervalMs: number; readonly closeOnly: boolean },
): Promise<{ readonly seriesId: number; readonly isNew: boolean; readonly closeOnly: boolean }> {
  const instrumentId = await instrumentToFill(client, instrument);
  // DO UPDATE rather than DO NOTHING: it locks the row and returns it in either case.
  const { rows } = await client.query<{ id: number; bar_count: number; close_only: boolean }>(
    `INSERT INTO bar_series (instrument_id, interval_ms, close_only, first_open_time_ms,
       last_open_time_ms, bar_count, missing_count, content_hash)
     VALUES ($1, $2, $3, 0, 0, 0, 0, '')
     ON CONFLICT (instrument_id, interval_ms) DO UPDATE SET updated_at = now()
     RETURNING id, bar_count, close_only`,
    [instrumentId, series.intervalMs, series.closeOnly],
  );
  const [row] = rows;
  if (row === undefined) throw new Error("Invariant: the upsert returns a row");
  return { seriesId: row.id, isNew: row.bar_count === 0, closeOnly: row.close_only };
}

async function instrumentToFill(client: Queryable, key: InstrumentKey): Promise<number> {
  const conflict =
    key.workspaceId === null
      ? "(venue, market, symbol) WHERE workspace_id IS NULL"
      : "(workspace_id, venue, symbol)";
  const { rows } = await client.query<{ id: number }>(
    `INSERT INTO instrument (workspace_id, venue, symbol, name, "group")
     VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT ${conflict} DO UPDATE SET symbol = excluded.symbol RETURNING id`,
    [key.workspaceId, key.venue, key.symbol, key.name, key.group],
  );
  const [row] = rows;
  if (row === undefined) throw new Error("Invariant: the upsert returns a row");
  return row.id;
}

/** What is known of a series once its bars are written. Counts of duplicates and rejected rows add up. */
export type SeriesStatistics = {
  readonly calendar: Calendar;
  readonly closeOnly: boolean;
  readonly firstOpenTimeMs: number;
  readonly lastOpenTimeMs: number;
  readonly barCount: number;
  readonly missingCount: number;
  readonly gaps: readonly Gap[];
  readonly addedDuplicateCount: number;
  readonly addedRejectedCount: number;
  readonly contentHash: string;
};

/** Stores what is known of a series after an import. */
export async function saveSeriesStatistics(
  client: Queryable,
  seriesId: number,
  statistics: SeriesStatistics,
): Promise<void> {
  await client.query(
    `UPDATE bar_series SET calendar = $2::"Calendar", close_only = $3, first_open_time_ms = $4,
       last_open_time_ms = $5, bar_count = $6, missing_count = $7, gaps = $8,
       duplicate_count = duplicate_count + $9, rejected_count = rejected_count + $10,
       content_hash = $11, updated_at = now()
     WHERE id = $1`,
    [
      seriesId,
      statistics.calendar,
      statistics.closeOnly,
      statistics.firstOpenTimeMs,
      statistics.lastOpenTimeMs,
      statistics.barCount,
      statistics.missingCount,
      JSON.stringify(statistics.gaps),
      statistics.addedDuplicateCount,
      statistics.addedRejectedCount,
      statistics.contentHash,
    ],
  );
}

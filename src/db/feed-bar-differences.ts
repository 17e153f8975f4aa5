import { BarDifferenceView } from "#contracts/feed.ts";
import type { Venue } from "#contracts/market-data.ts";
import type { Queryable } from "./client.ts";
import { numberArray } from "./pg-array.ts";

/** Open, high, low, close, volume of a bar as one of the two sides has it; empty: it has none. */
export type BarSide = Readonly<Record<string, number>>;

/** A bar of ours beside the venue's kline. */
export type BarComparison = {
  readonly openTimeMs: number;
  readonly ours: BarSide;
  readonly theirs: BarSide;
  readonly isEqual: boolean;
};

/**
 * Stores which bars of an instrument differ from the venue's; differences that are gone are taken out.
 *
 * @returns how many differ
 */
export async function saveBarComparisons(
  client: Queryable,
  series: { readonly instrumentId: number; readonly intervalMs: number },
  comparisons: readonly BarComparison[],
): Promise<number> {
  const equal = comparisons.filter(({ isEqual }) => isEqual);
  const different = comparisons.filter(({ isEqual }) => !isEqual);
  if (equal.length > 0) {
    await client.query(
      `DELETE FROM bar_difference d USING bar_series s
       WHERE s.id = d.series_id AND s.instrument_id = $1 AND s.interval_ms = $2
         AND d.open_time_ms = ANY($3::bigint[])`,
      [
        series.instrumentId,
        series.intervalMs,
        numberArray(equal.map(({ openTimeMs }) => openTimeMs)),
      ],
    );
  }
  if (different.length > 0) {
    await client.query(
      `INSERT INTO bar_difference (series_id, open_time_ms, ours, theirs)
       SELECT s.id, d.open_time_ms, d.ours, d.theirs
       FROM unnest($3::bigint[], $4::jsonb[], $5::jsonb[]) AS d (open_time_ms, ours, theirs)
       JOIN bar_series s ON s.instrument_id = $1 AND s.interval_ms = $2
       ON CONFLICT (series_id, open_time_ms) DO UPDATE SET ours = excluded.ours,
         theirs = excluded.theirs`,
      [
        series.instrumentId,
        series.intervalMs,
        numberArray(different.map(({ openTimeMs }) => openTimeMs)),
        different.map(({ ours }) => JSON.stringify(ours)),
        different.map(({ theirs }) => JSON.stringify(theirs)),
      ],
    );
  }
  return different.length;
}

/** Open times of bars that differed when they were last compared, by instrument; to be compared again. */
export async function openBarDifferences(
  client: Queryable,
  instrumentIds: readonly number[],
  intervalMs: number,
): Promise<Map<number, number[]>> {
  const { rows } = await client.query<{ instrumentId: number; openTimeMs: number }>(
    `SELECT s.instrument_id AS "instrumentId", d.open_time_ms::float8 AS "openTimeMs"
     FROM bar_difference d JOIN bar_series s ON s.id = d.series_id
     WHERE s.instrument_id = ANY($1) AND s.interval_ms = $2 ORDER BY d.open_time_ms`,
    [instrumentIds, intervalMs],
  );
  const byInstrument = new Map<number, number[]>();
  for (const { instrumentId, openTimeMs } of rows) {
    byInstrument.set(instrumentId, [...(byInstrument.get(instrumentId) ?? []), openTimeMs]);
  }
  return byInstrument;
}

/** Bars of a venue that differ from its klines, newest first. */
export async function listBarDifferences(
  client: Queryable,
  venue: Venue,
  limit: number,
): Promise<BarDifferenceView[]> {
  const { rows } = await client.query(
    `SELECT d.series_id AS "seriesId", i.symbol, s.interval_ms AS "intervalMs",
       d.open_time_ms::float8 AS "openTimeMs", d.ours, d.theirs,
       (extract(epoch FROM d.detected_at) * 1000)::float8 AS "detectedAtMs"
     FROM bar_difference d JOIN bar_series s ON s.id = d.series_id
     JOIN instrument i ON i.id = s.instrument_id
     WHERE i.venue = $1 AND i.workspace_id IS NULL ORDER BY d.open_time_ms DESC LIMIT $2`,
    [venue, limit],
  );
  return rows.map((row) => BarDifferenceView.parse(row));
}

import { barTableOf } from "./bar-table.ts";
import type { BarWindow } from "./bars.ts";
import type { Queryable } from "./client.ts";

/** What bars that follow each other come to. Times are open times, UTC ms; volume is null without any. */
export type BarBucket = {
  readonly firstMs: number;
  readonly lastMs: number;
  readonly closeMin: number;
  readonly closeMax: number;
  readonly volumeMin: number | null;
  readonly volumeMax: number | null;
};

/**
 * Bars of a series within a window, a row for each bucket of time that has any, oldest first: PostgreSQL
 * reads the bars, and no more than the buckets travel.
 *
 * @param bucketMs length of a bucket, a whole number of ms; buckets begin at window.startMs
 */
export async function barBuckets(
  client: Queryable,
  seriesId: number,
  window: BarWindow,
  bucketMs: number,
): Promise<BarBucket[]> {
  const { rows } = await client.query<BarBucket>(
    `SELECT min(open_time_ms)::float8 AS "firstMs", max(open_time_ms)::float8 AS "lastMs",
       min(close) AS "closeMin", max(close) AS "closeMax",
       min(volume) AS "volumeMin", max(volume) AS "volumeMax"
     FROM ${await barTableOf(client, seriesId)} WHERE series_id = $1 AND open_time_ms >= $2 AND open_time_ms < $3
     GROUP BY (open_time_ms - $2) / $4::bigint ORDER BY 1`,
    [seriesId, window.startMs, window.endMs, bucketMs],
  );
  return rows;
}

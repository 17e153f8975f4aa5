import { z } from "zod";
import { Venue } from "#contracts/market-data.ts";
import type { Queryable } from "./client.ts";

/** Where bars are kept: "second_bar" is partitioned and forgets after a while, "bar" keeps them for ever. */
export type BarTable = "bar" | "second_bar";

const SECOND_MS = 1_000;

/**
 * Table of a series' bars: the seconds of a venue, whose trades never end, are kept apart. The view
 * any_bar shows both; reading long series or many of them through it is slower by a third to a half,
 * since every partition is planned for and looked at.
 */
export function barTable(series: { readonly venue: Venue; readonly intervalMs: number }): BarTable {
  if (series.intervalMs !== SECOND_MS) return "bar";
  switch (series.venue) {
    case "binance":
    case "simulated":
      return "second_bar";
    case "upload":
    case "demo":
      return "bar";
  }
}

/** Table of the bars of one series; "bar" for a series that does not exist. */
export async function barTableOf(client: Queryable, seriesId: number): Promise<BarTable> {
  const { rows } = await client.query(
    `SELECT i.venue, s.interval_ms AS "intervalMs" FROM bar_series s
     JOIN instrument i ON i.id = s.instrument_id WHERE s.id = $1`,
    [seriesId],
  );
  return rows.length === 0 ? "bar" : barTable(SeriesKind.parse(rows[0]));
}

/** Series by the table of their bars; tables without one of them are absent. */
export async function seriesByBarTable(
  client: Queryable,
  seriesIds: readonly number[],
): Promise<Map<BarTable, number[]>> {
  const { rows } = await client.query<{ id: number }>(
    `SELECT s.id, i.venue, s.interval_ms AS "intervalMs" FROM bar_series s
     JOIN instrument i ON i.id = s.instrument_id WHERE s.id = ANY($1) AND s.interval_ms = $2`,
    [seriesIds, SECOND_MS],
  );
  const ofSeconds = new Set(
    rows.filter((row) => barTable(SeriesKind.parse(row)) === "second_bar").map(({ id }) => id),
  );
  return Map.groupBy(seriesIds, (id) => (ofSeconds.has(id) ? "second_bar" : "bar"));
}

const SeriesKind = z.object({ venue: Venue, intervalMs: z.number() });

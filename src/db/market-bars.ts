// Bars of venue instruments: those of one second in "second_bar", the longer ones in "bar". Whoever
// writes them keeps up what is known of their series (bar_series), whose row is locked meanwhile.
import { createHash } from "node:crypto";
import { z } from "zod";
import {
  BAR_PROVENANCE_CODES,
  type BarProvenance,
  barProvenance,
} from "#contracts/bar-provenance.ts";
import { Gap } from "#contracts/market-data.ts";
import type { Queryable } from "./client.ts";
import type { InstrumentSpan } from "./market-trades.ts";
import { numberArray } from "./pg-array.ts";
import { missingCountOf, type SeriesSpan, spanWithBars } from "./series-gaps.ts";

/** A bar of a venue instrument. Counts are of aggregated trades; null for the venue's own klines. */
export type VenueBar = {
  readonly openTimeMs: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
  readonly provenance: BarProvenance;
  readonly tradeCount: number | null;
  readonly lateCount: number | null;
  readonly backfilledCount: number | null;
};

/** Bars of one instrument and interval, each open time once. */
export type VenueSeriesBars = {
  readonly instrumentId: number;
  readonly intervalMs: number;
  readonly bars: readonly VenueBar[];
};

const SECOND_MS = 1_000;

/**
 * Writes bars, in the caller's transaction: new ones are added, others replaced. What is known best stays:
 * a kline does not replace a bar whose trades are all there, nor a partial bar a kline.
 */
export async function storeVenueBars(
  client: Queryable,
  batches: readonly VenueSeriesBars[],
): Promise<void> {
  const filled = batches.filter(({ bars }) => bars.length > 0);
  if (filled.length === 0) return;
  const series = await lockSeries(client, filled);
  for (const table of ["second_bar", "bar"] as const) {
    const ofTable = filled.filter(
      ({ intervalMs }) => (intervalMs === SECOND_MS) === (table === "second_bar"),
    );
    if (ofTable.length === 0) continue;
    const changed = await writeBars(client, table, ofTable, series);
    await saveChanges(client, series, changed);
  }
}

type Series = SeriesSpan & {
  readonly id: number;
  readonly intervalMs: number;
  readonly contentHash: string;
};

const SeriesRow = z.object({
  id: z.number(),
  instrumentId: z.number(),
  intervalMs: z.number(),
  firstOpenTimeMs: z.number(),
  lastOpenTimeMs: z.number(),
  barCount: z.number(),
  contentHash: z.string(),
  gaps: z.array(Gap),
});

const keyOf = (instrumentId: number, intervalMs: number) => `${instrumentId} ${intervalMs}`;

/** The series of the bars, made if need be, and locked in the order of their keys. */
async function lockSeries(
  client: Queryable,
  batches: readonly VenueSeriesBars[],
): Promise<Map<string, Series>> {
  const { rows } = await client.query({
    name: "lock-venue-series",
    text: `INSERT INTO bar_series (instrument_id, interval_ms, first_open_time_ms,
        last_open_time_ms, bar_count, missing_count, content_hash)
      SELECT instrument_id, interval_ms, 0, 0, 0, 0, ''
      FROM unnest($1::int[], $2::int[]) AS s (instrument_id, interval_ms) ORDER BY 1, 2
      ON CONFLICT (instrument_id, interval_ms) DO UPDATE SET updated_at = now()
      RETURNING id, instrument_id AS "instrumentId", interval_ms AS "intervalMs",
        first_open_time_ms::float8 AS "firstOpenTimeMs",
        last_open_time_ms::float8 AS "lastOpenTimeMs", bar_count AS "barCount",
        content_hash AS "contentHash", gaps`,
    values: [
      numberArray(batches.map(({ instrumentId }) => instrumentId)),
      numberArray(batches.map(({ intervalMs }) => intervalMs)),
    ],
  });
  return new Map(
    rows.map((raw) => {
      const row = SeriesRow.parse(raw);
      return [keyOf(row.instrumentId, row.intervalMs), row];
    }),
  );
}

/** A bar whose prices or volume are other than before. */
type ChangedBar = {
  readonly seriesId: number;
  readonly openTimeMs: number;
  readonly isAdded: boolean;
  readonly text: string;
};

async function writeBars(
  client: Queryable,
  table: "second_bar" | "bar",
  batches: readonly VenueSeriesBars[],
  series: ReadonlyMap<string, Series>,
): Promise<ChangedBar[]> {
  const seriesIds: number[] = [];
  const bars: VenueBar[] = [];
  for (const batch of batches) {
    const id = series.get(keyOf(batch.instrumentId, batch.intervalMs))?.id;
    if (id === undefined) throw new Error("Invariant: every series was locked");
    for (const bar of batch.bars) {
      seriesIds.push(id);
      bars.push(bar);
    }
  }
  const { kline, partial, complete, backfilled } = BAR_PROVENANCE_CODES;
  const { rows } = await client.query<ChangedBar>({
    name: `write-${table}`,
    text: `WITH given AS (
        SELECT * FROM unnest($1::int[], $2::bigint[], $3::float8[], $4::float8[], $5::float8[],
          $6::float8[], $7::float8[], $8::smallint[], $9::int[], $10::int[], $11::int[])
          AS g (series_id, open_time_ms, open, high, low, close, volume, provenance, trade_count,
            late_count, backfilled_count)),
      before AS (
        SELECT b.series_id, b.open_time_ms, b.open, b.high, b.low, b.close, b.volume
        FROM given JOIN ${table} b USING (series_id, open_time_ms)),
      written AS (
        INSERT INTO ${table} AS t (series_id, open_time_ms, open, high, low, close, volume,
          provenance, trade_count, late_count, backfilled_count)
        SELECT * FROM given
        ON CONFLICT (series_id, open_time_ms) DO UPDATE SET open = excluded.open,
          high = excluded.high, low = excluded.low, close = excluded.close,
          volume = excluded.volume, provenance = excluded.provenance,
          trade_count = excluded.trade_count, late_count = excluded.late_count,
          backfilled_count = excluded.backfilled_count
        WHERE NOT (t.provenance = ${kline} AND excluded.provenance = ${partial})
          AND NOT (excluded.provenance = ${kline}
            AND t.provenance IN (${complete}, ${backfilled}))
        RETURNING series_id, open_time_ms, open, high, low, close, volume)
      SELECT w.series_id AS "seriesId", w.open_time_ms::float8 AS "openTimeMs",
        b.series_id IS NULL AS "isAdded",
        concat_ws(',', w.open_time_ms, w.open, w.high, w.low, w.close, w.volume) AS text
      FROM written w LEFT JOIN before b USING (series_id, open_time_ms)
      WHERE b.series_id IS NULL OR (w.open, w.high, w.low, w.close, w.volume)
        IS DISTINCT FROM (b.open, b.high, b.low, b.close, b.volume)
      ORDER BY w.series_id, w.open_time_ms`,
    values: [
      numberArray(seriesIds),
      numberArray(bars.map((bar) => bar.openTimeMs)),
      numberArray(bars.map((bar) => bar.open)),
      numberArray(bars.map((bar) => bar.high)),
      numberArray(bars.map((bar) => bar.low)),
      numberArray(bars.map((bar) => bar.close)),
      numberArray(bars.map((bar) => bar.volume)),
      numberArray(bars.map((bar) => BAR_PROVENANCE_CODES[bar.provenance])),
      numberArray(bars.map((bar) => bar.tradeCount)),
      numberArray(bars.map((bar) => bar.lateCount)),
      numberArray(bars.map((bar) => bar.backfilledCount)),
    ],
  });
  return rows;
}

/** Statistics of the series whose bars changed; the content hash is a chain over all that ever changed. */
async function saveChanges(
  client: Queryable,
  series: ReadonlyMap<string, Series>,
  changed: readonly ChangedBar[],
): Promise<void> {
  const bySeries = Map.groupBy(changed, ({ seriesId }) => seriesId);
  const saved = [...series.values()].filter(({ id }) => bySeries.has(id));
  if (saved.length === 0) return;
  const after = saved.map((one) => {
    const bars = bySeries.get(one.id) ?? [];
    const added = bars.filter(({ isAdded }) => isAdded).map(({ openTimeMs }) => openTimeMs);
    const span = spanAfter(one, added);
    const hash = createHash("sha256").update(one.contentHash);
    for (const { text } of bars) hash.update(`\n${text}`);
    return {
      id: one.id,
      span,
      missingCount: one.intervalMs === SECOND_MS ? 0 : missingCountOf(span, one.intervalMs),
      contentHash: hash.digest("hex"),
    };
  });
  await client.query({
    name: "save-venue-series",
    text: `UPDATE bar_series s SET first_open_time_ms = c.first_ms, last_open_time_ms = c.last_ms,
        bar_count = c.bar_count, missing_count = c.missing_count, gaps = c.gaps,
        content_hash = c.content_hash, updated_at = now()
      FROM unnest($1::int[], $2::bigint[], $3::bigint[], $4::int[], $5::int[], $6::jsonb[],
        $7::text[])
        AS c (id, first_ms, last_ms, bar_count, missing_count, gaps, content_hash)
      WHERE s.id = c.id`,
    values: [
      numberArray(after.map(({ id }) => id)),
      numberArray(after.map(({ span }) => span.firstOpenTimeMs)),
      numberArray(after.map(({ span }) => span.lastOpenTimeMs)),
      numberArray(after.map(({ span }) => span.barCount)),
      numberArray(after.map(({ missingCount }) => missingCount)),
      after.map(({ span }) => JSON.stringify(span.gaps)),
      after.map(({ contentHash }) => contentHash),
    ],
  });
}

/** A second without trades is no bar and is not missing: the ledger of trades tells what is missing. */
function spanAfter(series: Series, added: readonly number[]): SeriesSpan {
  const span = spanWithBars({ ...series, gaps: [...series.gaps] }, added, series.intervalMs);
  return series.intervalMs === SECOND_MS ? { ...span, gaps: [] } : span;
}

/** Bars of spans of time at one interval, ascending, by instrument. Instruments without any are absent. */
export async function venueBarsOfSpans(
  client: Queryable,
  intervalMs: number,
  spans: readonly InstrumentSpan[],
): Promise<Map<number, VenueBar[]>> {
  const table = intervalMs === SECOND_MS ? "second_bar" : "bar";
  const { rows } = await client.query({
    name: `bars-of-spans-${table}`,
    text: `SELECT s.instrument_id AS "instrumentId", b.open_time_ms::float8 AS "openTimeMs", b.open,
        b.high, b.low, b.close, b.volume, b.provenance, b.trade_count AS "tradeCount",
        b.late_count AS "lateCount", b.backfilled_count AS "backfilledCount"
      FROM unnest($2::int[], $3::bigint[], $4::bigint[]) AS s (instrument_id, from_ms, to_ms)
      JOIN bar_series r ON r.instrument_id = s.instrument_id AND r.interval_ms = $1
      JOIN ${table} b ON b.series_id = r.id AND b.open_time_ms >= s.from_ms
        AND b.open_time_ms < s.to_ms
      ORDER BY s.instrument_id, b.open_time_ms`,
    values: [
      intervalMs,
      numberArray(spans.map((span) => span.instrumentId)),
      numberArray(spans.map((span) => span.fromMs)),
      numberArray(spans.map((span) => span.toMs)),
    ],
  });
  const byInstrument = new Map<number, VenueBar[]>();
  for (const { instrumentId, provenance, ...row } of rows.map((raw) => VenueBarRow.parse(raw))) {
    const bar = { ...row, provenance: barProvenance(provenance) ?? "kline" };
    const bars = byInstrument.get(instrumentId);
    if (bars === undefined) byInstrument.set(instrumentId, [bar]);
    else bars.push(bar);
  }
  return byInstrument;
}

const VenueBarRow = z.object({
  instrumentId: z.number(),
  openTimeMs: z.number(),
  open: z.number(),
  high: z.number(),
  low: z.number(),
  close: z.number(),
  volume: z.number(),
  provenance: z.number().nullable(),
  tradeCount: z.number().nullable(),
  lateCount: z.number().nullable(),
  backfilledCount: z.number().nullable(),
});

import { z } from "zod";
import { AppError } from "#contracts/error-code.ts";
import { FeedGap, type GapCause, type GapState } from "#contracts/feed.ts";
import type { Venue } from "#contracts/market-data.ts";
import { Market } from "#contracts/market-data.ts";
import type { Database, Queryable } from "./client.ts";
import { found } from "./found.ts";
import { notify } from "./notifications.ts";
import { decimalArray, numberArray } from "./pg-array.ts";
import { inTransaction } from "./transaction.ts";

/** A run of missing ids of one instrument. It lies between two trades, of which the later may not have come yet. */
export type GapRange = {
  readonly instrumentId: number;
  readonly fromId: number;
  readonly toId: number;
  /** Time of the trade before, UTC ms. */
  readonly afterTimeMs: number | null;
  /** Time of the trade after. */
  readonly beforeTimeMs: number | null;
};

export type NewGap = GapRange & { readonly cause: GapCause };

/**
 * Writes gaps into the ledger. One that is there already is open again. When they were written is told by the clock
 * and not by the transaction, which may have begun a good while before.
 */
export async function openGaps(client: Queryable, gaps: readonly NewGap[]): Promise<void> {
  await client.query({
    name: "open-feed-gaps",
    text: `INSERT INTO feed_gap (instrument_id, from_id, to_id, after_time_ms, before_time_ms, cause,
        detected_at)
      SELECT *, clock_timestamp() FROM unnest($1::int[], $2::bigint[], $3::bigint[], $4::bigint[],
        $5::bigint[], $6::text[])
      ON CONFLICT (instrument_id, from_id, to_id) DO UPDATE SET state = 'open', filled_at = NULL,
        after_time_ms = coalesce(feed_gap.after_time_ms, excluded.after_time_ms),
        before_time_ms = coalesce(feed_gap.before_time_ms, excluded.before_time_ms)`,
    values: [
      ...rangeArrays(gaps),
      numberArray(gaps.map((gap) => gap.afterTimeMs)),
      numberArray(gaps.map((gap) => gap.beforeTimeMs)),
      decimalArray(gaps.map((gap) => gap.cause)),
    ],
  });
}

/** What became of a gap. */
export type GapChange = Pick<GapRange, "instrumentId" | "fromId" | "toId" | "beforeTimeMs"> & {
  readonly state: GapState;
  /** Where its trades came from, or why they did not; null: as it was. */
  readonly source: string | null;
  readonly attempts: number;
  readonly lastError: string | null;
};

/** Stores what became of gaps. */
export async function changeGaps(client: Queryable, changes: readonly GapChange[]): Promise<void> {
  await client.query({
    name: "change-feed-gaps",
    text: `UPDATE feed_gap g SET state = c.state, source = coalesce(c.source, g.source),
        attempts = c.attempts, last_error = c.last_error,
        before_time_ms = coalesce(c.before_time_ms, g.before_time_ms),
        filled_at = CASE WHEN c.state = 'filled' THEN coalesce(g.filled_at, clock_timestamp()) END
      FROM unnest($1::int[], $2::bigint[], $3::bigint[], $4::text[], $5::text[], $6::int[], $7::text[],
          $8::bigint[])
        AS c (instrument_id, from_id, to_id, state, source, attempts, last_error, before_time_ms)
      WHERE g.instrument_id = c.instrument_id AND g.from_id = c.from_id AND g.to_id = c.to_id`,
    values: [
      ...rangeArrays(changes),
      changes.map((change) => change.state),
      changes.map((change) => change.source),
      numberArray(changes.map((change) => change.attempts)),
      changes.map((change) => change.lastError),
      numberArray(changes.map((change) => change.beforeTimeMs)),
    ],
  });
}

/** Where a gap falls into two. */
export type GapSplit = {
  readonly gap: Pick<GapRange, "instrumentId" | "fromId" | "toId">;
  readonly lastIdOfFirst: number;
  /** Time of the trade that the younger part begins with: where the older part ends, UTC ms. */
  readonly restFromMs: number;
  /** Time of the trade after the whole gap; null when it has not come. */
  readonly beforeTimeMs: number | null;
};

/** Ends a gap earlier than it was thought to: the rest of it becomes another gap. */
export async function splitGap(
  client: Queryable,
  { gap, lastIdOfFirst, restFromMs, beforeTimeMs }: GapSplit,
): Promise<void> {
  await client.query(
    `WITH rest AS (
       INSERT INTO feed_gap (instrument_id, from_id, to_id, after_time_ms, before_time_ms, cause,
         state, detected_at)
       SELECT instrument_id, $4::bigint + 1, to_id, after_time_ms,
         coalesce(before_time_ms, $6::bigint), cause, 'open', detected_at
       FROM feed_gap WHERE instrument_id = $1 AND from_id = $2 AND to_id = $3
       ON CONFLICT DO NOTHING)
     UPDATE feed_gap SET to_id = $4::bigint, before_time_ms = $5::bigint
     WHERE instrument_id = $1 AND from_id = $2 AND to_id = $3`,
    [gap.instrumentId, gap.fromId, gap.toId, lastIdOfFirst, restFromMs, beforeTimeMs],
  );
}

/** A gap that is not closed, as the feed goes on with it after a restart. */
export type StandingGap = GapRange & {
  readonly cause: GapCause;
  readonly state: Exclude<GapState, "filled">;
  readonly attempts: number;
};

/**
 * When the trades before and after a gap (`g`) were made, in SQL. Where the gap does not say it, the nearest
 * trades that are stored do: retention may have dropped those next to it, and a wider gap is still true.
 */
export const GAP_TIMES = {
  afterMs: `coalesce(g.after_time_ms, (SELECT t.trade_time_ms FROM market_trade t
    WHERE t.instrument_id = g.instrument_id AND t.id < g.from_id
    ORDER BY t.id DESC LIMIT 1))::float8`,
  beforeMs: `coalesce(g.before_time_ms, (SELECT t.trade_time_ms FROM market_trade t
    WHERE t.instrument_id = g.instrument_id AND t.id > g.to_id
    ORDER BY t.id LIMIT 1))::float8`,
} as const;

/** Columns of a StandingGap `g`. */
const STANDING_COLUMNS = `
  instrument_id AS "instrumentId", from_id::float8 AS "fromId", to_id::float8 AS "toId",
  ${GAP_TIMES.afterMs} AS "afterTimeMs", ${GAP_TIMES.beforeMs} AS "beforeTimeMs",
  cause, state, attempts`;

/** Gaps of an instrument that are not closed, oldest first. */
export async function standingGaps(
  client: Queryable,
  instrumentId: number,
): Promise<StandingGap[]> {
  const { rows } = await client.query<StandingGap>(
    `SELECT ${STANDING_COLUMNS} FROM feed_gap g
     WHERE instrument_id = $1 AND state <> 'filled' ORDER BY from_id`,
    [instrumentId],
  );
  return rows;
}

/** Stands in a gap that somebody asked for again, until its feed has heard of it. */
const ASKED_AGAIN = "asked for again";

/**
 * Has a gap that was given up tried once more, by the feed that follows its instrument.
 *
 * @throws {AppError} not-found; conflict when it was not given up, or when no feed follows the instrument
 */
export function askGapAgain(database: Database, gapId: number): Promise<void> {
  return inTransaction(database.pool, async (client) => {
    const { rows } = await client.query<{ state: GapState; symbol: string; isFollowed: boolean }>(
      `SELECT g.state, i.symbol, EXISTS (SELECT FROM feed_lease l
         WHERE l.instrument_id = g.instrument_id AND l.expires_at > now()) AS "isFollowed"
       FROM feed_gap g JOIN instrument i ON i.id = g.instrument_id
       WHERE g.id = $1 FOR UPDATE OF g`,
      [gapId],
    );
    const { state, symbol, isFollowed } = found(rows[0], "gap");
    if (state !== "unfillable") {
      throw new AppError("conflict", "This gap was not given up: it is filled, or being filled");
    }
    if (!isFollowed) {
      throw new AppError(
        "conflict",
        `No feed follows ${symbol} now: watch it, and ask for the gap then`,
      );
    }
    await client.query(
      "UPDATE feed_gap SET state = 'open', attempts = 0, last_error = $2 WHERE id = $1",
      [gapId, ASKED_AGAIN],
    );
    await notify(client, "pairdesk_gaps");
  });
}

/** Gaps of these instruments that were asked for again and whose feed has not heard of it yet. */
export async function gapsAskedAgain(
  client: Queryable,
  instrumentIds: readonly number[],
): Promise<StandingGap[]> {
  const { rows } = await client.query<StandingGap>(
    `SELECT ${STANDING_COLUMNS} FROM feed_gap g
     WHERE state = 'open' AND last_error = $2 AND instrument_id = ANY($1)`,
    [instrumentIds, ASKED_AGAIN],
  );
  return rows;
}

const GapRow = FeedGap.extend({ market: Market });

/**
 * The ledger: gaps of a venue, newest first.
 *
 * @param filter.instrumentId of one instrument only
 * @param filter.state in this state only
 */
export async function listGaps(
  client: Queryable,
  venue: Venue,
  filter: {
    readonly instrumentId?: number | undefined;
    readonly state?: GapState | undefined;
    readonly limit: number;
  },
): Promise<FeedGap[]> {
  const { rows } = await client.query(
    `SELECT g.id::float8 AS id, g.instrument_id AS "instrumentId", i.symbol, i.market,
       g.from_id::float8 AS "fromId", g.to_id::float8 AS "toId", g.cause, g.state, g.source,
       g.attempts, g.last_error AS "lastError",
       (extract(epoch FROM g.detected_at) * 1000)::float8 AS "detectedAtMs",
       (extract(epoch FROM g.filled_at) * 1000)::float8 AS "filledAtMs"
     FROM feed_gap g JOIN instrument i ON i.id = g.instrument_id
     WHERE i.venue = $1 AND i.workspace_id IS NULL
       AND ($2::int IS NULL OR g.instrument_id = $2) AND ($3::text IS NULL OR g.state = $3)
     ORDER BY g.id DESC LIMIT $4`,
    [venue, filter.instrumentId ?? null, filter.state ?? null, filter.limit],
  );
  return rows.map((row) => GapRow.parse(row));
}

const MissingRow = z.object({ missing: z.number() });

/** Trades of an instrument that are missing now: ids of gaps that are open or being filled. */
export async function missingTradeCount(client: Queryable, instrumentId: number): Promise<number> {
  const { rows } = await client.query(
    `SELECT coalesce(sum(to_id - from_id + 1), 0)::float8 AS missing FROM feed_gap
     WHERE instrument_id = $1 AND state IN ('open', 'filling') AND cause <> 'raw-id-break'`,
    [instrumentId],
  );
  return MissingRow.parse(rows[0]).missing;
}

function rangeArrays(
  ranges: readonly Pick<GapRange, "instrumentId" | "fromId" | "toId">[],
): [string, string, string] {
  return [
    numberArray(ranges.map((range) => range.instrumentId)),
    numberArray(ranges.map((range) => range.fromId)),
    numberArray(ranges.map((range) => range.toId)),
  ];
}

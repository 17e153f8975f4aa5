import type { Database } from "./client.ts";

/** What rules look at of an instrument's feed. */
export type FeedFigures = {
  readonly instrumentId: number;
  /** Trades that are missing and looked for. */
  readonly missing: number;
  /** The largest gap that was found since and is closed already; 0 when there is none. */
  readonly closedSince: number;
  /** Number of the newest gap of all instruments; 0 when there is none. */
  readonly lastGapId: number;
  /** Since the last trade, by the venue's clock; null when there was none. */
  readonly silenceSeconds: number | null;
  /** The venue's time, UTC ms. */
  readonly venueMs: number;
};

/**
 * Figures of the feeds of instruments, one for each that is asked for and in their order. A break of the
 * raw ids is a doubt about a trade that is there: nothing is missing by it.
 *
 * @param instruments with the number of the newest gap that was looked at
 */
export async function feedFigures(
  database: Database,
  instruments: readonly { readonly instrumentId: number; readonly gapId: number }[],
): Promise<FeedFigures[]> {
  const { rows } = await database.pool.query<FeedFigures>(
    `select asked.id as "instrumentId",
            coalesce(gap.missing, 0)::float8 as missing,
            coalesce(gap.closed, 0)::float8 as "closedSince",
            newest.gap_id::float8 as "lastGapId",
            venue.ms as "venueMs",
            case when cursor.last_trade_time_ms is not null
              then greatest(0, venue.ms - cursor.last_trade_time_ms) / 1000 end
              as "silenceSeconds"
       from unnest($1::int[], $2::bigint[]) with ordinality as asked (id, gap_id, place)
      cross join (select coalesce(max(id), 0) as gap_id from feed_gap) newest
       left join lateral (
         select sum(to_id - from_id + 1) filter (where state in ('open', 'filling')) as missing,
                max(to_id - from_id + 1) filter (where state not in ('open', 'filling')) as closed
           from feed_gap
          where instrument_id = asked.id and cause <> 'raw-id-break'
            and (state in ('open', 'filling') or id > asked.gap_id)) gap on true
       left join instrument traded on traded.id = asked.id
       left join feed_cursor cursor on cursor.instrument_id = asked.id
       left join feed_lease lease on lease.instrument_id = asked.id
       left join feed_status status on status.holder = lease.holder
      cross join lateral (
        select extract(epoch from now())::float8 * 1000
             + coalesce(status.status -> 'clockOffsetsMs' ->> traded.market, '0')::float8 as ms) venue
      order by asked.place`,
    [instruments.map(({ instrumentId }) => instrumentId), instruments.map(({ gapId }) => gapId)],
  );
  return rows;
}

/** One stored trade, as rules on prices look at it. */
export type PricedTrade = { readonly id: number; readonly timeMs: number; readonly price: number };

/** Trades of an instrument after one, by id, `limit` at most. */
export async function tradesAfter(
  database: Database,
  instrumentId: number,
  id: number,
  limit: number,
): Promise<PricedTrade[]> {
  const { rows } = await database.pool.query<PricedTrade>(
    `select id::float8 as id, trade_time_ms::float8 as "timeMs", price::float8 as price
       from market_trade where instrument_id = $1 and id > $2 order by id limit $3`,
    [instrumentId, id, limit],
  );
  return rows;
}

/** The newest trade of an instrument by id; null when there is none. */
export async function newestTrade(
  database: Database,
  instrumentId: number,
): Promise<PricedTrade | null> {
  const { rows } = await database.pool.query<PricedTrade>(
    `select id::float8 as id, trade_time_ms::float8 as "timeMs", price::float8 as price
       from market_trade where instrument_id = $1 order by id desc limit 1`,
    [instrumentId],
  );
  return rows[0] ?? null;
}

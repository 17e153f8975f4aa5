import { MarketRow } from "#contracts/feed.ts";
import type { Venue } from "#contracts/market-data.ts";
import type { Queryable } from "./client.ts";

/** Rolling 24 hours of an instrument. Decimal texts; volume in the base asset. */
export type MarketTicker = {
  readonly symbol: string;
  readonly eventTimeMs: number;
  readonly lastPrice: string;
  readonly openPrice: string;
  readonly highPrice: string;
  readonly lowPrice: string;
  readonly volume: string;
  readonly quoteVolume: string;
};

/** Stores the newest tickers of a market. Symbols that are no instruments are left out. */
export async function saveTickers(
  client: Queryable,
  place: { readonly venue: Venue; readonly market: string },
  tickers: readonly MarketTicker[],
): Promise<void> {
  await client.query(
    `INSERT INTO market_ticker AS t (instrument_id, last_price, open_price, high_price, low_price,
       volume, quote_volume, event_time_ms)
     SELECT i.id, n.last_price, n.open_price, n.high_price, n.low_price, n.volume, n.quote_volume,
       n.event_time_ms
     FROM unnest($3::text[], $4::numeric[], $5::numeric[], $6::numeric[], $7::numeric[],
       $8::numeric[], $9::numeric[], $10::bigint[])
       AS n (symbol, last_price, open_price, high_price, low_price, volume, quote_volume,
         event_time_ms)
     JOIN instrument i ON i.workspace_id IS NULL AND i.venue = $1 AND i.market = $2
       AND i.symbol = n.symbol
     ORDER BY i.id
     ON CONFLICT (instrument_id) DO UPDATE SET last_price = excluded.last_price,
       open_price = excluded.open_price, high_price = excluded.high_price,
       low_price = excluded.low_price, volume = excluded.volume,
       quote_volume = excluded.quote_volume, event_time_ms = excluded.event_time_ms
     WHERE t.event_time_ms <= excluded.event_time_ms`,
    [
      place.venue,
      place.market,
      tickers.map((ticker) => ticker.symbol),
      tickers.map((ticker) => ticker.lastPrice),
      tickers.map((ticker) => ticker.openPrice),
      tickers.map((ticker) => ticker.highPrice),
      tickers.map((ticker) => ticker.lowPrice),
      tickers.map((ticker) => ticker.volume),
      tickers.map((ticker) => ticker.quoteVolume),
      tickers.map((ticker) => ticker.eventTimeMs),
    ],
  );
}

/**
 * Instruments of a venue with their rolling 24 hours, the most traded first.
 *
 * @param filter.search part of the symbol or of an asset; empty: all
 * @param filter.instrumentId one instrument only
 */
export async function marketRows(
  client: Queryable,
  workspaceId: string,
  venue: Venue,
  filter: {
    readonly market?: string | undefined;
    readonly search?: string | undefined;
    readonly instrumentId?: number | undefined;
    readonly limit: number;
  },
): Promise<MarketRow[]> {
  const { rows } = await client.query(
    `SELECT i.id AS "instrumentId", i.venue, i.market, i.symbol, i.base_asset AS "baseAsset",
       i.quote_asset AS "quoteAsset", i.status, t.last_price::float8 AS "lastPrice",
       (t.last_price / nullif(t.open_price, 0) - 1)::float8 AS "changeFraction",
       t.high_price::float8 AS "highPrice", t.low_price::float8 AS "lowPrice",
       t.quote_volume::float8 AS "quoteVolume", t.event_time_ms::float8 AS "eventTimeMs",
       EXISTS (SELECT FROM watched_pair w JOIN live_pair p ON p.id = w.live_pair_id
         WHERE w.workspace_id = $1 AND w.retired_at IS NULL
           AND i.id IN (p.instrument_y, p.instrument_x)) AS "isWatched"
     FROM instrument i LEFT JOIN market_ticker t ON t.instrument_id = i.id
     WHERE i.workspace_id IS NULL AND i.venue = $2 AND ($3::text IS NULL OR i.market = $3)
       AND ($4 = '' OR strpos(upper(i.symbol), upper($4)) > 0)
       AND ($5::int IS NULL OR i.id = $5)
     ORDER BY t.quote_volume DESC NULLS LAST, i.symbol, i.market LIMIT $6`,
    [
      workspaceId,
      venue,
      filter.market ?? null,
      filter.search ?? "",
      filter.instrumentId ?? null,
      filter.limit,
    ],
  );
  return rows.map((row) => MarketRow.parse(row));
}

import type { FeedCursor } from "#db/feed-cursors.ts";
import type { VenueTrade } from "../venues/agg-trade.ts";
import type { MarketVenue } from "../venues/market-venue.ts";
import { REST_ROWS_MAX } from "../venues/rest-weights.ts";

/** Where the trades of a symbol begin that was never followed before. */
export type FirstTrades = {
  readonly cursor: FeedCursor;
  /** Stored although it belongs to no bar of ours: it proves that none is missing before the first bar. */
  readonly predecessor: VenueTrade | null;
  /** Trades after it, ascending and without a hole. */
  readonly trades: readonly VenueTrade[];
};

const MINUTE_MS = 60_000;

/** Looked at before the minute begins, to find the trade before it in the same call. */
const LOOK_BACK_MS = 2_000;

/** Pages on the way to the present; the rest is fetched as a gap, while trades come. */
const PAGES_MAX = 100;

/**
 * Fetches the trades of the current minute, so that its bar can be whole.
 *
 * @param reached the first trade that came over the stream, if one has: from there on we have them
 * @returns null when the venue has no trade of the symbol at all
 */
export async function firstTrades(
  venue: MarketVenue,
  symbol: string,
  reached: () => number | null,
  signal: AbortSignal,
): Promise<FirstTrades | null> {
  const how = { share: "backfill", signal } as const;
  const minuteMs = Math.floor(venue.clock.nowMs() / MINUTE_MS) * MINUTE_MS;
  const range = { startTimeMs: minuteMs - LOOK_BACK_MS, limit: REST_ROWS_MAX };
  const trades = await venue.rest.aggTrades(symbol, range, how);
  if (trades.length === 0) trades.push(...(await venue.rest.aggTrades(symbol, { limit: 1 }, how)));
  const oldest = trades[0];
  if (oldest === undefined) return null;
  if (oldest.timeMs >= minuteMs && oldest.id > 0) {
    const fromId = oldest.id - 1;
    const [before] = await venue.rest.aggTrades(symbol, { fromId, limit: 1 }, how);
    if (before?.id === fromId) trades.unshift(before);
  }
  await fetchOn(venue, symbol, { trades, reached, signal });
  const begin = trades.findIndex(({ timeMs }) => timeMs >= minuteMs);
  const firstOwn = begin === -1 ? trades.length : begin;
  const predecessor = trades[firstOwn - 1] ?? null;
  return {
    cursor: startingCursor(predecessor, oldest, minuteMs),
    predecessor,
    trades: trades.slice(firstOwn),
  };
}

/** Page after page, until what the stream has delivered is reached or there is no more. */
async function fetchOn(
  venue: MarketVenue,
  symbol: string,
  options: {
    readonly trades: VenueTrade[];
    readonly reached: () => number | null;
    readonly signal: AbortSignal;
  },
): Promise<void> {
  const { trades, reached, signal } = options;
  let isFull = trades.length >= REST_ROWS_MAX;
  for (let page = 0; page < PAGES_MAX && isFull; page++) {
    const fromId = (trades.at(-1)?.id ?? 0) + 1;
    const reachedId = reached();
    if (reachedId !== null && reachedId <= fromId) return;
    const rows = await venue.rest.aggTrades(
      symbol,
      { fromId, limit: REST_ROWS_MAX },
      { share: "backfill", signal },
    );
    isFull = rows.length === REST_ROWS_MAX;
    for (const row of rows) {
      if (row.id !== (trades.at(-1)?.id ?? 0) + 1) return;
      trades.push(row);
    }
  }
}

function startingCursor(
  predecessor: VenueTrade | null,
  oldest: VenueTrade,
  minuteMs: number,
): FeedCursor {
  const first = predecessor ?? oldest;
  return {
    firstId: first.id,
    firstTradeTimeMs: first.timeMs,
    lastId: predecessor === null ? first.id - 1 : first.id,
    lastRawId: predecessor?.lastTradeId ?? 0,
    lastTradeTimeMs: first.timeMs,
    barsUntilMs: minuteMs,
  };
}

/** Where a symbol begins when the venue could not be asked in time: with the first trade that came. */
export function startAtTrade(trade: VenueTrade): FirstTrades {
  const secondMs = Math.floor(trade.timeMs / 1_000) * 1_000;
  return { cursor: startingCursor(null, trade, secondMs), predecessor: null, trades: [] };
}

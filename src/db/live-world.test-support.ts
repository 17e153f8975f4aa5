import { randomUUID } from "node:crypto";
import type { LiveSnapshot } from "#contracts/live-message.ts";
import { LIVE_PRESETS, type LiveSettings } from "#contracts/live-settings.ts";
import { createLiveInstrument } from "./alert-world.test-support.ts";
import type { Database } from "./client.ts";
import { storeVenueBars, type VenueBar } from "./market-bars.ts";
import { notify } from "./notifications.ts";
import { ensurePartition } from "./partitions.ts";
import { inTransaction } from "./transaction.ts";
import { addWatchedPair } from "./watched-pairs.ts";

/** A workspace of nobody. */
export async function createWorkspace(database: Database): Promise<string> {
  const { rows } = await database.pool.query<{ id: string }>(
    "INSERT INTO workspace (id, name) VALUES (gen_random_uuid(), 'Desk') RETURNING id",
  );
  const [row] = rows;
  if (row === undefined) throw new Error("Invariant: the statement returns a row");
  return row.id;
}

/** Settings of a test: few bars are enough. */
export const QUICK_SETTINGS: LiveSettings = {
  ...LIVE_PRESETS.desk,
  zScoreWindowBars: 20,
  bufferBars: 100,
};

/** Two new instruments of the simulated venue, watched by a workspace. */
export async function watchNewPair(
  database: Database,
  workspaceId: string,
  settings: LiveSettings = QUICK_SETTINGS,
): Promise<{ id: string; livePairId: string; instrumentY: number; instrumentX: number }> {
  const y = await createLiveInstrument(database);
  const x = await createLiveInstrument(database);
  const config = { instrumentY: y.id, instrumentX: x.id, settings };
  const { id } = await addWatchedPair(database, { workspaceId, isGuest: false }, config);
  const { rows } = await database.pool.query<{ livePairId: string }>(
    `SELECT live_pair_id AS "livePairId" FROM watched_pair WHERE id = $1`,
    [id],
  );
  return { id, livePairId: rows[0]?.livePairId ?? "", instrumentY: y.id, instrumentX: x.id };
}

/** A snapshot of a pair without figures. */
export function emptySnapshot(livePairId: string, seq: number): LiveSnapshot {
  const leg = { price: null, tradeTimeMs: null, tradeId: null, volume: null };
  return {
    livePairId,
    seq,
    state: "waiting",
    stateReason: "No trade yet",
    computedAtMs: 1_700_000_000_000,
    freshnessMs: null,
    legY: leg,
    legX: leg,
    now: { spread: null, zScore: null },
    bar: null,
    signal: "none",
    quality: null,
    decay: null,
    sparkline: [],
  };
}

/** One bar of a leg, made of one trade. */
export function tradeBar(openTimeMs: number, close: number): VenueBar {
  return {
    openTimeMs,
    open: close,
    high: close,
    low: close,
    close,
    volume: 1,
    provenance: "complete",
    tradeCount: 1,
    lateCount: 0,
    backfilledCount: 0,
  };
}

/** What a feed would write of one instrument: bars of a second, its newest trade, how far bars are closed. */
export type FeedStep = {
  readonly instrumentId: number;
  readonly bars: readonly VenueBar[];
  readonly trade: { readonly id: number; readonly timeMs: number; readonly price: number };
  readonly barsUntilMs: number;
};

/** Writes what a feed would commit, and wakes the others as it does. */
export async function feedSteps(
  database: Database,
  steps: readonly FeedStep[],
  options: { readonly intervalMs?: number; readonly isSilent?: boolean } = {},
): Promise<void> {
  const { intervalMs = 1_000, isSilent = false } = options;
  for (const { bars, trade } of steps) {
    await ensurePartition(database.pool, "market_trade", trade.timeMs);
    for (const bar of [bars.at(0), bars.at(-1)]) {
      if (bar !== undefined) await ensurePartition(database.pool, "second_bar", bar.openTimeMs);
    }
  }
  await inTransaction(database.pool, async (client) => {
    const batches = steps.map(({ instrumentId, bars }) => ({ instrumentId, intervalMs, bars }));
    await storeVenueBars(client, batches);
    for (const { instrumentId, trade, barsUntilMs } of steps) {
      await client.query(
        `INSERT INTO market_trade (instrument_id, id, trade_time_ms, price, quantity,
           first_trade_id, last_trade_id, buyer_is_maker, backfilled)
         VALUES ($1, $2, $3, $4, 1, $2, $2, false, false) ON CONFLICT DO NOTHING`,
        [instrumentId, trade.id, trade.timeMs, trade.price],
      );
      await client.query(
        `INSERT INTO feed_cursor (instrument_id, first_id, first_trade_time_ms, last_id, last_raw_id,
           last_trade_time_ms, bars_until_ms) VALUES ($1, $2, $3, $2, $2, $3, $4)
         ON CONFLICT (instrument_id) DO UPDATE SET last_id = excluded.last_id,
           last_trade_time_ms = excluded.last_trade_time_ms, bars_until_ms = excluded.bars_until_ms`,
        [instrumentId, trade.id, trade.timeMs, barsUntilMs],
      );
    }
    if (isSilent) return;
    const wakeUp = steps.map(({ instrumentId, trade, barsUntilMs }) => [
      instrumentId,
      trade.id,
      trade.timeMs,
      trade.price,
      barsUntilMs,
    ]);
    await notify(client, "pairdesk_market", JSON.stringify(wakeUp));
  });
}

/** Id of a holder of leases. */
export const newHolder = (): string => randomUUID();

import { MarketWakeUp } from "#contracts/live-message.ts";
import type { Database } from "#db/client.ts";

/** How long trades took to be committed, ms, in the order of their times. */
export type CommitLags = { readonly timeMs: Float64Array; readonly lagMs: Float64Array };

/**
 * Starts to watch when trades are committed: the database tells of each commit (`pairdesk_market`) how far every
 * symbol is stored. Told is after the commit, and a trade is made before its event is sent, so that a lag is rather too
 * long than too short. The exchange's clock is this machine's.
 *
 * @returns ends the watch and tells the lag of every trade made from the start until then, those that had to be
 * fetched as infinite
 */
export async function watchCommits(
  database: Database,
  nowMs: () => number,
): Promise<() => Promise<CommitLags>> {
  const startMs = nowMs();
  const commits = new Map<number, { lastId: number; atMs: number }[]>();
  const client = await database.pool.connect();
  client.on("notification", ({ payload }) => {
    const atMs = nowMs();
    for (const [instrumentId, lastId] of MarketWakeUp.parse(JSON.parse(payload ?? "[]"))) {
      const known = commits.get(instrumentId);
      if (known === undefined) commits.set(instrumentId, [{ lastId, atMs }]);
      else known.push({ lastId, atMs });
    }
  });
  await client.query("LISTEN pairdesk_market");
  return async () => {
    const endMs = nowMs();
    // What was made until now is committed by then, or counts as never.
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    client.release(true);
    return lagsOf(database, commits, { startMs, endMs });
  };
}

async function lagsOf(
  database: Database,
  commits: ReadonlyMap<number, readonly { readonly lastId: number; readonly atMs: number }[]>,
  span: { readonly startMs: number; readonly endMs: number },
): Promise<CommitLags> {
  const { rows } = await database.pool.query<{
    instrumentId: number;
    id: number;
    timeMs: number;
    backfilled: boolean;
  }>(
    `SELECT instrument_id AS "instrumentId", id::float8 AS id, trade_time_ms::float8 AS "timeMs",
       backfilled
     FROM market_trade WHERE trade_time_ms >= $1 AND trade_time_ms < $2 ORDER BY instrument_id, id`,
    [Math.ceil(span.startMs), Math.floor(span.endMs)],
  );
  const next = new Map<number, number>();
  const lags = rows.map(({ instrumentId, id, timeMs, backfilled }) => {
    const told = commits.get(instrumentId) ?? [];
    let at = next.get(instrumentId) ?? 0;
    while (at < told.length && (told[at]?.lastId ?? 0) < id) at += 1;
    next.set(instrumentId, at);
    const atMs = backfilled ? undefined : told[at]?.atMs;
    return { timeMs, lagMs: atMs === undefined ? Number.POSITIVE_INFINITY : atMs - timeMs };
  });
  lags.sort((a, b) => a.timeMs - b.timeMs);
  return {
    timeMs: Float64Array.from(lags, ({ timeMs }) => timeMs),
    lagMs: Float64Array.from(lags, ({ lagMs }) => lagMs),
  };
}

/** The lag that a fraction of the trades do not exceed; NaN of none. */
export function lagQuantile(lagMs: Float64Array, fraction: number): number {
  return lagMs.toSorted()[Math.max(0, Math.ceil(fraction * lagMs.length) - 1)] ?? Number.NaN;
}

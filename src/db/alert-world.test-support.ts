import { randomUUID } from "node:crypto";
import { type AlertRuleInput, AlertRuleInput as RuleInput } from "#contracts/alert.ts";
import { LIVE_PRESETS } from "#contracts/live-settings.ts";
import type { Database } from "./client.ts";

/** A pair that a workspace watches, and the live instruments of its legs. */
export type WatchedWorld = {
  readonly instrumentY: number;
  readonly instrumentX: number;
  readonly symbolY: string;
  readonly symbolX: string;
  readonly livePairId: string;
  readonly watchedPairId: string;
};

/** An instrument of the simulated venue under a symbol of its own. */
export async function createLiveInstrument(
  database: Database,
  symbol = `S${randomUUID().slice(0, 8).toUpperCase()}`,
): Promise<{ id: number; symbol: string }> {
  const { rows } = await database.pool.query<{ id: number; symbol: string }>(
    `insert into instrument (venue, market, symbol, name)
     values ('simulated', 'spot', $1, '') returning id, symbol`,
    [symbol],
  );
  const [row] = rows;
  if (row === undefined) throw new Error("Invariant: the statement returns a row");
  return row;
}

/** Puts a new pair of new instruments on the watchlist of a workspace. */
export async function createWatchedPair(
  database: Database,
  workspaceId: string,
): Promise<WatchedWorld> {
  const y = await createLiveInstrument(database);
  const x = await createLiveInstrument(database);
  const livePairId = randomUUID();
  const watchedPairId = randomUUID();
  await database.pool.query(
    `insert into live_pair (id, instrument_y, instrument_x, settings, config_hash)
     values ($1, $2, $3, $4, $5)`,
    [livePairId, y.id, x.id, JSON.stringify(LIVE_PRESETS.default), livePairId],
  );
  await database.pool.query(
    "insert into watched_pair (id, workspace_id, live_pair_id) values ($1, $2, $3)",
    [watchedPairId, workspaceId, livePairId],
  );
  return {
    instrumentY: y.id,
    instrumentX: x.id,
    symbolY: y.symbol,
    symbolX: x.symbol,
    livePairId,
    watchedPairId,
  };
}

/** A rule on the z-score of a pair; `change` is what the test is about. */
export function pairRule(
  watchedPairId: string,
  change: Partial<AlertRuleInput> = {},
): AlertRuleInput {
  return RuleInput.parse({
    name: "High",
    subject: { kind: "pair", watchedPairId, metric: "z-score" },
    operator: "above",
    threshold: 2,
    hysteresis: 0.5,
    cooldownMs: 0,
    severity: "warning",
    channelIds: [],
    isEnabled: true,
    ...change,
  });
}

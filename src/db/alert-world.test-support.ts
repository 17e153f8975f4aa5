import { randomUUID } from "node:crypto";
import { type AlertRuleInput, AlertRuleInput as RuleInput } from "#contracts/alert.ts";
import { LIVE_PRESETS } from "#contracts/live-settings.ts";
import { createAlertChannel } from "./alert-channels.ts";
import { createAlertRule, deleteAlertRule } from "./alert-rules.ts";
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

/** Rules, a channel and an alert whose delivery was given up, in a workspace. */
export type AlertWorld = {
  readonly ruleId: string;
  readonly deletedRuleId: string;
  readonly channelId: string;
  readonly alertId: string;
};

export async function createAlertWorld(
  database: Database,
  owner: { readonly workspaceId: string; readonly userId: string },
  watchedPairId: string,
): Promise<AlertWorld> {
  const channelId = randomUUID();
  const channel = { id: channelId, kind: "email", name: "Mail", target: "a@b.example" } as const;
  await createAlertChannel(database, owner.workspaceId, { ...channel, secret: null });
  const input = pairRule(watchedPairId, { channelIds: [channelId] });
  const ruleId = await createAlertRule(database, owner, input);
  const deletedRuleId = await createAlertRule(database, owner, input);
  await deleteAlertRule(database, owner.workspaceId, deletedRuleId);
  const { rows } = await database.pool.query<{ id: string }>(
    `with raised as (
       insert into alert (id, workspace_id, rule_id, crossing, severity, message, detail)
       values (gen_random_uuid(), $1, $2, 0, 'warning', 'high',
               '{"value": 3, "threshold": 2, "jobId": null}') returning id),
     given_up as (
       insert into alert_delivery (alert_id, channel_id, state) select id, $3, 'dead' from raised)
     select id from raised`,
    [owner.workspaceId, ruleId, channelId],
  );
  return { ruleId, deletedRuleId, channelId, alertId: rows[0]?.id ?? "" };
}

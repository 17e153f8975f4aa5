import { randomUUID } from "node:crypto";
import { type AlertRuleInput, AlertRuleView, type AlertSubject } from "#contracts/alert.ts";
import { AppError } from "#contracts/error-code.ts";
import {
  StoredRule,
  SUBJECT_COLUMNS,
  SUBJECT_JOINS,
  SubjectRow,
  subjectOf,
} from "./alert-subjects.ts";
import type { Database, Queryable } from "./client.ts";
import { assertChanged, found } from "./found.ts";
import { notify } from "./notifications.ts";
import { inTransaction } from "./transaction.ts";

/** Rules that a workspace may have. */
const RULES_MAX = 200;

type Owner = { readonly workspaceId: string; readonly userId: string };

const RuleRow = SubjectRow.extend({
  ...AlertRuleView.omit({
    subject: true,
    operator: true,
    threshold: true,
    hysteresis: true,
    cooldownMs: true,
    severity: true,
    subjectTitle: true,
    hasSubject: true,
  }).shape,
  config: StoredRule,
});

/** Rules of a workspace, newest first. */
export async function alertRulesOf(
  database: Database,
  workspaceId: string,
): Promise<AlertRuleView[]> {
  const { rows } = await database.pool.query(
    `select r.id, r.name, r.config, r.channel_ids as "channelIds", r.is_enabled as "isEnabled",
            r.state, r.last_value as "lastValue",
            (extract(epoch from r.last_fired_at) * 1000)::float8 as "lastFiredAtMs",
            r.crossing::float8 as "alertCount",
            (extract(epoch from r.created_at) * 1000)::float8 as "createdAtMs", ${SUBJECT_COLUMNS}
       from alert_rule r ${SUBJECT_JOINS}
      where r.workspace_id = $1 and r.deleted_at is null
      order by r.created_at desc, r.id limit $2`,
    [workspaceId, RULES_MAX],
  );
  return rows.map((raw) => {
    const row = RuleRow.parse(raw);
    return AlertRuleView.parse({
      id: row.id,
      name: row.name,
      channelIds: row.channelIds,
      isEnabled: row.isEnabled,
      state: row.state,
      lastValue: row.lastValue,
      lastFiredAtMs: row.lastFiredAtMs,
      alertCount: row.alertCount,
      createdAtMs: row.createdAtMs,
      synthetic: row.synthetic,
      ...row.config,
      ...subjectOf(row.config.subject, row),
    });
  });
}

/**
 * New rule; returns its id.
 *
 * @throws {AppError} invalid-input, naming the field, when the workspace has no such pair, instrument or
 *   channel; conflict when it has as many rules as it may
 */
export function createAlertRule(
  database: Database,
  owner: Owner,
  input: AlertRuleInput,
): Promise<string> {
  return inTransaction(database.pool, async (client) => {
    // Taking turns, or two at once would each find room for one more.
    await client.query("select from workspace where id = $1 for no key update", [
      owner.workspaceId,
    ]);
    const { rows } = await client.query<{ count: number }>(
      `select count(*)::int as count from alert_rule
        where workspace_id = $1 and deleted_at is null`,
      [owner.workspaceId],
    );
    if ((rows[0]?.count ?? 0) >= RULES_MAX) {
      throw new AppError("conflict", `A workspace may have ${RULES_MAX} rules: delete one first`);
    }
    const id = randomUUID();
    const columns = await columnsOf(client, owner.workspaceId, input, null);
    await client.query(
      `insert into alert_rule (id, workspace_id, created_by, name, config, live_pair_id,
                               instrument_id, channel_ids, is_enabled)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [id, owner.workspaceId, owner.userId, ...valuesOf(columns)],
    );
    await notify(client, "pairdesk_watch");
    return id;
  });
}

/**
 * Changes a rule. Another subject, operator, threshold or hysteresis, and switching it on, arm it anew;
 * with other changes it stays as it is.
 *
 * @throws {AppError} not-found; invalid-input as createAlertRule
 */
export function updateAlertRule(
  database: Database,
  workspaceId: string,
  id: string,
  input: AlertRuleInput,
): Promise<void> {
  return inTransaction(database.pool, async (client) => {
    const { rows } = await client.query<RuleBefore & { isEnabled: boolean }>(
      `select config, live_pair_id as "livePairId", is_enabled as "isEnabled" from alert_rule
        where workspace_id = $1 and id = $2 and deleted_at is null for update`,
      [workspaceId, id],
    );
    const before = found(rows[0], "rule");
    const stored = StoredRule.parse(before.config);
    const after = await columnsOf(client, workspaceId, input, before);
    const isArmedAnew =
      (input.isEnabled && !before.isEnabled) ||
      condition(stored, before.livePairId) !== condition(input, after.livePairId);
    await client.query(
      `update alert_rule set name = $3, config = $4, live_pair_id = $5, instrument_id = $6,
              channel_ids = $7, is_enabled = $8, ${NEW_VERSION},
              state = case when $9 then 'armed' else state end,
              cursor = case when $9 then null else cursor end,
              last_value = case when $9 then null else last_value end
        where workspace_id = $1 and id = $2`,
      [workspaceId, id, ...valuesOf(after), isArmedAnew],
    );
    await notify(client, "pairdesk_watch");
  });
}

/** Switches a rule on, which arms it anew, or off. @throws {AppError} not-found */
export async function enableAlertRule(
  database: Database,
  workspaceId: string,
  id: string,
  isEnabled: boolean,
): Promise<void> {
  await change(
    database,
    `update alert_rule set is_enabled = $3, ${NEW_VERSION},
            state = case when $3 and not is_enabled then 'armed' else state end,
            cursor = case when $3 and not is_enabled then null else cursor end
      where workspace_id = $1 and id = $2 and deleted_at is null`,
    [workspaceId, id, isEnabled],
  );
}

/** Deletes a rule, so that it can still be restored; its alerts stay. @throws {AppError} not-found */
export async function deleteAlertRule(
  database: Database,
  workspaceId: string,
  id: string,
): Promise<void> {
  await change(
    database,
    `update alert_rule set deleted_at = now(), ${NEW_VERSION}
      where workspace_id = $1 and id = $2 and deleted_at is null`,
    [workspaceId, id],
  );
}

/** Brings a deleted rule back, armed anew. @throws {AppError} not-found */
export async function restoreAlertRule(
  database: Database,
  workspaceId: string,
  id: string,
): Promise<void> {
  await change(
    database,
    `update alert_rule set deleted_at = null, state = 'armed', cursor = null, ${NEW_VERSION}
      where workspace_id = $1 and id = $2 and deleted_at is not null`,
    [workspaceId, id],
  );
}

/** Whoever keeps the rule in an older version must not write by it: each version is later than the last. */
const NEW_VERSION = "updated_at = greatest(now(), updated_at + interval '1 millisecond')";

async function change(
  database: Database,
  statement: string,
  parameters: readonly unknown[],
): Promise<void> {
  await inTransaction(database.pool, async (client) => {
    const { rowCount } = await client.query(statement, [...parameters]);
    assertChanged(rowCount, "rule");
    await notify(client, "pairdesk_watch");
  });
}

/** What a rule waits for: the pair itself, not its place on a watchlist. */
function condition(rule: StoredRule, livePairId: string | null): string {
  const { subject, operator, threshold, hysteresis } = rule;
  const instrumentId = subject.kind === "feed" ? subject.instrumentId : null;
  const about = [subject.kind, subject.metric, livePairId, instrumentId];
  return JSON.stringify([about, operator, threshold, hysteresis]);
}

type RuleColumns = {
  readonly name: string;
  readonly config: string;
  readonly livePairId: string | null;
  readonly instrumentId: number | null;
  readonly channelIds: readonly string[];
  readonly isEnabled: boolean;
};

/** In the order of the statements: name, config, live_pair_id, instrument_id, channel_ids, is_enabled. */
function valuesOf(columns: RuleColumns): unknown[] {
  const { name, config, livePairId, instrumentId, channelIds, isEnabled } = columns;
  return [name, config, livePairId, instrumentId, channelIds, isEnabled];
}

/** A rule as it was before a change. */
type RuleBefore = { readonly config: unknown; readonly livePairId: string | null };

async function columnsOf(
  client: Queryable,
  workspaceId: string,
  input: AlertRuleInput,
  before: RuleBefore | null,
): Promise<RuleColumns> {
  const { name, channelIds: asked, isEnabled, ...stored } = input;
  const channelIds = [...new Set(asked)];
  await requireChannels(client, workspaceId, channelIds);
  const about = await aboutOf(client, workspaceId, input.subject, before);
  return { name, config: JSON.stringify(stored), ...about, channelIds, isEnabled };
}

async function aboutOf(
  client: Queryable,
  workspaceId: string,
  subject: AlertSubject,
  before: RuleBefore | null,
): Promise<Pick<RuleColumns, "livePairId" | "instrumentId">> {
  switch (subject.kind) {
    case "pair":
      return {
        livePairId: await livePairOf(client, workspaceId, subject.watchedPairId, before),
        instrumentId: null,
      };
    case "feed": {
      const { rowCount } = await client.query(
        "select from instrument where id = $1 and workspace_id is null and market <> ''",
        [subject.instrumentId],
      );
      if (rowCount !== 1) {
        throw new AppError("invalid-input", "There is no live instrument of this number", {
          field: "subject.instrumentId",
        });
      }
      return { livePairId: null, instrumentId: subject.instrumentId };
    }
    case "job":
      return { livePairId: null, instrumentId: null };
  }
}

async function livePairOf(
  client: Queryable,
  workspaceId: string,
  watchedPairId: string,
  before: RuleBefore | null,
): Promise<string> {
  const { rows } = await client.query<{ livePairId: string }>(
    `select live_pair_id as "livePairId" from watched_pair where workspace_id = $1 and id = $2`,
    [workspaceId, watchedPairId],
  );
  const [row] = rows;
  if (row !== undefined) return row.livePairId;
  // A rule keeps its pair when that has left the watchlist.
  const was = before === null ? null : StoredRule.parse(before.config).subject;
  if (was?.kind === "pair" && was.watchedPairId === watchedPairId && before?.livePairId) {
    return before.livePairId;
  }
  throw new AppError("invalid-input", "This pair is not on the watchlist", {
    field: "subject.watchedPairId",
  });
}

async function requireChannels(
  client: Queryable,
  workspaceId: string,
  channelIds: readonly string[],
): Promise<void> {
  const { rowCount } = await client.query(
    `select from alert_channel where workspace_id = $1 and id = any($2) and deleted_at is null`,
    [workspaceId, channelIds],
  );
  if (rowCount !== channelIds.length) {
    throw new AppError("invalid-input", "There is no such channel", { field: "channelIds" });
  }
}

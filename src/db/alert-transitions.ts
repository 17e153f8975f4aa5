import type { AlertDetail } from "#contracts/alert.ts";
import type { Database, Queryable } from "./client.ts";
import { inTransaction } from "./transaction.ts";

/** A rule at the moment of a change, which counts only if the stored rule still is like this. */
type FromRule = {
  readonly ruleId: string;
  /** When a person last changed the rule, UTC ms. */
  readonly version: number;
  /** How many alerts the rule had raised before. */
  readonly crossing: number;
  readonly value: number;
  /** How far the rule has looked then; see the column. */
  readonly cursor: number | null;
};

/** A change of a rule's state: a crossing raises it with an alert, a coming back arms it. */
export type AlertTransition =
  | (FromRule & {
      readonly kind: "raise";
      /** The time of the value, from which the cooldown counts, UTC ms. */
      readonly atMs: number;
      readonly message: string;
      readonly detail: AlertDetail;
    })
  | (FromRule & { readonly kind: "arm" });

/**
 * Numbers of alerts must grow in the order of commits, or a reader that has seen the later of two would
 * never see the earlier: whoever raises alerts in a workspace takes turns.
 */
export async function lockAlertsOf(client: Queryable, workspaceId: string): Promise<void> {
  await client.query("select pg_advisory_xact_lock(hashtextextended('alert ' || $1, 0))", [
    workspaceId,
  ]);
}

/**
 * Alerts are raised in the statement that raises their rule, with a delivery for each of its channels, and
 * tell the listeners. $1 is the workspace; the common table expression `rule` comes before this.
 */
export const RAISE_FROM_RULE = `
  raised as (
    insert into alert (id, workspace_id, rule_id, crossing, severity, message, detail)
    select gen_random_uuid(), rule.workspace_id, rule.id, rule.crossing,
           rule.config ->> 'severity', rule.message, rule.detail
      from rule
    returning id, rule_id),
  delivered as (
    insert into alert_delivery (alert_id, channel_id)
    select raised.id, channel.id
      from raised
      join rule on rule.id = raised.rule_id
      join alert_channel channel on channel.id = any(rule.channel_ids)
       and channel.workspace_id = rule.workspace_id and channel.deleted_at is null)
  select raised.rule_id as "ruleId", pg_notify('pairdesk_alert', $1::uuid::text) from raised`;

/**
 * Stores changes of rules of one workspace, in their order and in one transaction: of each rule as many as
 * follow from what is stored, which makes every alert exactly one, however many processes look and however
 * often they are started again.
 *
 * @returns rules whose change did not follow from what is stored: somebody else was faster, or a person
 *   has changed the rule. Nothing more of them was stored; read them again.
 */
export async function commitAlertTransitions(
  database: Database,
  workspaceId: string,
  transitions: readonly AlertTransition[],
): Promise<ReadonlySet<string>> {
  return inTransaction(database.pool, async (client) => {
    await lockAlertsOf(client, workspaceId);
    const lost = new Set<string>();
    for (const transition of transitions) {
      if (lost.has(transition.ruleId)) continue;
      const isHeld =
        transition.kind === "raise"
          ? await raise(client, workspaceId, transition)
          : await arm(client, workspaceId, transition);
      if (!isHeld) lost.add(transition.ruleId);
    }
    return lost;
  });
}

async function raise(
  client: Queryable,
  workspaceId: string,
  transition: AlertTransition & { kind: "raise" },
): Promise<boolean> {
  const { rowCount } = await client.query(
    `with rule as (
       update alert_rule set state = 'raised', crossing = crossing + 1, last_value = $5, cursor = $6,
              last_fired_at = $7
        where workspace_id = $1 and id = $2 and updated_at = $3 and crossing = $4
          and state = 'armed' and is_enabled and deleted_at is null
       returning *, $8::text as message, $9::jsonb as detail),
     ${RAISE_FROM_RULE}`,
    [
      workspaceId,
      transition.ruleId,
      new Date(transition.version),
      transition.crossing,
      transition.value,
      transition.cursor,
      new Date(transition.atMs),
      transition.message,
      JSON.stringify(transition.detail),
    ],
  );
  return rowCount === 1;
}

async function arm(
  client: Queryable,
  workspaceId: string,
  transition: AlertTransition & { kind: "arm" },
): Promise<boolean> {
  const { rowCount } = await client.query(
    `update alert_rule set state = 'armed', last_value = $5, cursor = $6
      where workspace_id = $1 and id = $2 and updated_at = $3 and crossing = $4
        and state = 'raised' and is_enabled and deleted_at is null`,
    [
      workspaceId,
      transition.ruleId,
      new Date(transition.version),
      transition.crossing,
      transition.value,
      transition.cursor,
    ],
  );
  return rowCount === 1;
}

/** What a rule has looked at without a change of its state. */
export type AlertLook = {
  readonly ruleId: string;
  readonly version: number;
  readonly crossing: number;
  readonly phase: "armed" | "raised";
  /** null: whatever it looked at since had none. */
  readonly value: number | null;
  readonly cursor: number | null;
};

/** Stores how far rules have looked, of those that are in the state that the looker knows. */
export async function saveAlertLooks(
  database: Database,
  looks: readonly AlertLook[],
): Promise<void> {
  if (looks.length === 0) return;
  await database.pool.query(
    `update alert_rule r set last_value = coalesce(l.value, r.last_value), cursor = coalesce(l.cursor, r.cursor)
       from unnest($1::uuid[], $2::timestamptz[], $3::bigint[], $4::text[], $5::float8[],
                   $6::bigint[]) as l (id, version, crossing, phase, value, cursor)
      where r.id = l.id and r.updated_at = l.version and r.crossing = l.crossing
        and r.state = l.phase`,
    [
      looks.map(({ ruleId }) => ruleId),
      looks.map(({ version }) => new Date(version)),
      looks.map(({ crossing }) => crossing),
      looks.map(({ phase }) => phase),
      looks.map(({ value }) => value),
      looks.map(({ cursor }) => cursor),
    ],
  );
}

/**
 * Open time of a bar of a pair up to which all rules on it have looked; null when none has looked at any. A rule
 * that has not begins with what comes.
 */
export async function barsLookedUntilMs(
  client: Queryable,
  livePairId: string,
): Promise<number | null> {
  const { rows } = await client.query<{ untilMs: number | null }>(
    `select min(cursor)::float8 as "untilMs" from alert_rule
      where live_pair_id = $1 and is_enabled and deleted_at is null`,
    [livePairId],
  );
  return rows[0]?.untilMs ?? null;
}

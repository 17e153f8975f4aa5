import {
  Alert,
  type AlertAcknowledgement,
  AlertDetail,
  type AlertHistoryRequest,
  type AlertPage,
  type AlertSeverity,
  AlertSubject,
} from "#contracts/alert.ts";
import { alertHref } from "#contracts/alert-href.ts";
import { IS_SYNTHETIC, SUBJECT_JOINS } from "./alert-subjects.ts";
import type { Database } from "./client.ts";
import { assertChanged } from "./found.ts";
import { notify } from "./notifications.ts";
import { inTransaction } from "./transaction.ts";

type AlertRow = {
  id: string;
  seq: number;
  ruleId: string;
  ruleName: string;
  subject: unknown;
  watchedPairId: string | null;
  severity: AlertSeverity;
  message: string;
  detail: unknown;
  synthetic: boolean;
  firedAtMs: number;
  acknowledgedAtMs: number | null;
  deliveries: unknown;
};

const ALERT_SELECT = `
  select a.id, a.seq::float8 as seq, a.rule_id as "ruleId", r.name as "ruleName",
         r.config -> 'subject' as subject, watched.id as "watchedPairId", a.severity, a.message, a.detail,
         ${IS_SYNTHETIC} as synthetic,
         (extract(epoch from a.fired_at) * 1000)::float8 as "firedAtMs",
         (extract(epoch from a.acknowledged_at) * 1000)::float8 as "acknowledgedAtMs",
         (select coalesce(jsonb_agg(jsonb_build_object(
                   'channelId', c.id, 'channelName', c.name, 'channelKind', c.kind,
                   'state', d.state, 'attempts', d.attempts, 'lastError', d.last_error,
                   'sentAtMs', extract(epoch from d.sent_at) * 1000,
                   'nextAttemptAtMs', case when d.state = 'pending'
                     then extract(epoch from d.next_attempt_at) * 1000 end)
                   order by c.created_at, c.id), '[]')
            from alert_delivery d join alert_channel c on c.id = d.channel_id
           where d.alert_id = a.id) as deliveries
    from alert a join alert_rule r on r.id = a.rule_id ${SUBJECT_JOINS}
   where a.workspace_id = $1`;

/** What one reading of the stream of alerts returns at most. */
export const ALERTS_AFTER_MAX = 500;

/**
 * Alerts of a workspace that came after one, oldest first, at most ALERTS_AFTER_MAX: ask again from the
 * last one for more. Numbers grow in the order of commits (within a workspace), so that nothing appears
 * later with a number that was passed already.
 *
 * @param seq number of the last alert that the reader has, 0 for none
 */
export async function alertsAfter(
  database: Database,
  workspaceId: string,
  seq: number,
): Promise<Alert[]> {
  const { rows } = await database.pool.query<AlertRow>(
    `${ALERT_SELECT} and a.seq > $2 order by a.seq limit $3`,
    [workspaceId, seq, ALERTS_AFTER_MAX],
  );
  return rows.map(toAlert);
}

/** Number of a workspace's newest alert; 0 when it has none. */
export async function latestAlertSeq(database: Database, workspaceId: string): Promise<number> {
  const { rows } = await database.pool.query<{ seq: number | null }>(
    "select max(seq)::float8 as seq from alert where workspace_id = $1",
    [workspaceId],
  );
  return rows[0]?.seq ?? 0;
}

/** A page of a workspace's alerts, newest first. */
export async function alertHistory(
  database: Database,
  workspaceId: string,
  { ruleId, severity, unacknowledgedOnly, beforeSeq, limit }: AlertHistoryRequest,
): Promise<AlertPage> {
  const { rows } = await database.pool.query<AlertRow>(
    `${ALERT_SELECT}
       and ($2::uuid is null or a.rule_id = $2) and ($3::text is null or a.severity = $3)
       and (not $4 or a.acknowledged_at is null) and ($5::float8 is null or a.seq < $5::bigint)
     order by a.seq desc limit $6`,
    [workspaceId, ruleId, severity, unacknowledgedOnly, beforeSeq, limit + 1],
  );
  const alerts = rows.slice(0, limit).map(toAlert);
  const hasMore = rows.length > limit;
  return { alerts, nextBeforeSeq: hasMore ? (alerts.at(-1)?.seq ?? null) : null };
}

/** How many alerts nobody has acknowledged, and the most severe of them. */
export type UnacknowledgedAlerts = {
  readonly count: number;
  readonly worst: AlertSeverity | null;
  /** Number of the newest alert, acknowledged or not; 0 when there is none. */
  readonly latestSeq: number;
};

/** See UnacknowledgedAlerts. */
export async function unacknowledgedAlerts(
  database: Database,
  workspaceId: string,
): Promise<UnacknowledgedAlerts> {
  const { rows } = await database.pool.query<UnacknowledgedAlerts>(
    `select count(*)::int as count,
            case when bool_or(severity = 'critical') then 'critical'
                 when bool_or(severity = 'warning') then 'warning'
                 when count(*) > 0 then 'info' end as worst,
            (select coalesce(max(seq), 0)::float8 from alert where workspace_id = $1)
              as "latestSeq"
       from alert where workspace_id = $1 and acknowledged_at is null`,
    [workspaceId],
  );
  return rows[0] ?? { count: 0, worst: null, latestSeq: 0 };
}

/**
 * Notes that a person has seen an alert, or all up to one; twice is no error.
 *
 * @returns how many were acknowledged now
 * @throws {AppError} not-found when the workspace has no alert of this id
 */
export async function acknowledgeAlerts(
  database: Database,
  owner: { readonly workspaceId: string; readonly userId: string },
  what: AlertAcknowledgement,
): Promise<number> {
  return inTransaction(database.pool, async (client) => {
    if (what.kind === "one") {
      const { rowCount } = await client.query(
        "select from alert where workspace_id = $1 and id = $2",
        [owner.workspaceId, what.id],
      );
      assertChanged(rowCount, "alert");
    }
    const { rowCount } = await client.query(
      `update alert set acknowledged_at = now(), acknowledged_by = $2
        where workspace_id = $1 and acknowledged_at is null
          and ($3::uuid is null or id = $3) and ($4::float8 is null or seq <= $4::bigint)`,
      [
        owner.workspaceId,
        owner.userId,
        what.kind === "one" ? what.id : null,
        what.kind === "all" ? what.untilSeq : null,
      ],
    );
    if (rowCount) await notify(client, "pairdesk_alert", owner.workspaceId);
    return rowCount ?? 0;
  });
}

function toAlert({ subject, watchedPairId, detail, ...row }: AlertRow): Alert {
  const { value, threshold } = AlertDetail.parse(detail);
  const href = alertHref(AlertSubject.parse(subject), watchedPairId);
  return Alert.parse({ ...row, value, threshold, href });
}

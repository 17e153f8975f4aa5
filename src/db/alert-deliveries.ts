import { z } from "zod";
import { AlertChannelView, AlertDetail, AlertSeverity, AlertSubject } from "#contracts/alert.ts";
import { AppError } from "#contracts/error-code.ts";
import type { Database, Queryable } from "./client.ts";
import { assertChanged } from "./found.ts";
import { notify } from "./notifications.ts";
import { inTransaction } from "./transaction.ts";

const ChannelColumns = z.object({
  channelId: z.uuid(),
  workspaceId: z.uuid(),
  kind: AlertChannelView.shape.kind,
  target: z.string(),
  secret: z.instanceof(Uint8Array).nullable(),
});
/** Where something is to be sent; `secret` is sealed for (workspace, channel). */
export type DeliveryChannel = z.infer<typeof ChannelColumns>;

const CHANNEL_COLUMNS = `c.id as "channelId", c.workspace_id as "workspaceId", c.kind,
  c.config ->> 'target' as target, c.secret`;

const DeliveryRow = ChannelColumns.extend({
  alertId: z.uuid(),
  /** 1 for the first attempt. */
  attempt: z.number().int(),
  ruleName: z.string(),
  subject: AlertSubject,
  /** Of a pair rule, where the pair is on the watchlist now. */
  watchedPairId: z.uuid().nullable(),
  severity: AlertSeverity,
  message: z.string(),
  detail: AlertDetail,
  firedAtMs: z.number(),
});
/** An alert to be sent to a channel, taken for one attempt. */
export type ClaimedDelivery = z.infer<typeof DeliveryRow>;

/**
 * Takes deliveries that are due, for one attempt each. Several workers share them: what one has taken the
 * others see again only after `leaseMs`, when whoever took it must be dead.
 *
 * @param options.perChannel of one channel at most, so that a slow one does not hold up the others
 * @param options.busyChannelIds channels of which none are to be taken
 */
export async function claimAlertDeliveries(
  database: Database,
  options: {
    readonly limit: number;
    readonly perChannel: number;
    readonly busyChannelIds: readonly string[];
    readonly leaseMs: number;
  },
): Promise<ClaimedDelivery[]> {
  const { rows } = await database.pool.query(
    `with due as (
       select d.alert_id, d.channel_id
         from alert_channel c
         cross join lateral (
           select alert_id, channel_id from alert_delivery
            where channel_id = c.id and state = 'pending' and next_attempt_at <= now()
            order by next_attempt_at limit $2 for update skip locked) d
        where c.deleted_at is null and not c.id = any($3::uuid[])
        limit $1)
     update alert_delivery d set attempts = d.attempts + 1,
            next_attempt_at = now() + $4::float8 * interval '1 millisecond'
       from due, alert a, alert_rule r, alert_channel c
      where d.alert_id = due.alert_id and d.channel_id = due.channel_id
        and a.id = d.alert_id and r.id = a.rule_id and c.id = d.channel_id
     returning d.alert_id as "alertId", d.attempts as attempt, ${CHANNEL_COLUMNS},
       r.name as "ruleName", r.config -> 'subject' as subject, a.severity, a.message, a.detail,
       (select w.id from watched_pair w
         where w.live_pair_id = r.live_pair_id and w.workspace_id = r.workspace_id)
         as "watchedPairId",
       (extract(epoch from a.fired_at) * 1000)::float8 as "firedAtMs"`,
    [options.limit, options.perChannel, options.busyChannelIds, options.leaseMs],
  );
  return rows.map((row) => DeliveryRow.parse(row));
}

/** What became of an attempt. */
export type DeliveryOutcome =
  | { readonly kind: "sent" }
  | { readonly kind: "retry"; readonly error: string; readonly delayMs: number }
  | { readonly kind: "dead"; readonly error: string };

/** Notes what became of an attempt, unless somebody has taken the delivery since. */
export async function settleAlertDelivery(
  database: Database,
  { alertId, channelId, attempt }: Pick<ClaimedDelivery, "alertId" | "channelId" | "attempt">,
  outcome: DeliveryOutcome,
): Promise<void> {
  const state = { sent: "sent", retry: "pending", dead: "dead" }[outcome.kind];
  await database.pool.query(
    `update alert_delivery set state = $4, last_error = $5,
            sent_at = case when $4 = 'sent' then now() end,
            next_attempt_at = now() + $6::float8 * interval '1 millisecond'
      where alert_id = $1 and channel_id = $2 and attempts = $3 and state = 'pending'`,
    [
      alertId,
      channelId,
      attempt,
      state,
      outcome.kind === "sent" ? null : outcome.error,
      outcome.kind === "retry" ? outcome.delayMs : 0,
    ],
  );
}

/**
 * Puts a delivery that was given up back among those to be sent, with all its attempts.
 *
 * @throws {AppError} not-found; conflict when it was not given up, or its channel is gone
 */
export function retryAlertDelivery(
  database: Database,
  workspaceId: string,
  { alertId, channelId }: { readonly alertId: string; readonly channelId: string },
): Promise<void> {
  return inTransaction(database.pool, async (client) => {
    const { rows, rowCount } = await client.query<{ isGivenUp: boolean; isDeleted: boolean }>(
      `select d.state = 'dead' as "isGivenUp", c.deleted_at is not null as "isDeleted"
         from alert_delivery d
         join alert a on a.id = d.alert_id and a.workspace_id = $1
         join alert_channel c on c.id = d.channel_id
        where d.alert_id = $2 and d.channel_id = $3 for update of d`,
      [workspaceId, alertId, channelId],
    );
    assertChanged(rowCount, "delivery");
    if (rows[0]?.isDeleted) throw new AppError("conflict", "The channel was deleted");
    if (!rows[0]?.isGivenUp) throw new AppError("conflict", "The delivery was not given up");
    await client.query(
      `update alert_delivery set state = 'pending', attempts = 0, next_attempt_at = now()
        where alert_id = $1 and channel_id = $2`,
      [alertId, channelId],
    );
    await notify(client, "pairdesk_alert", workspaceId);
  });
}

/** Takes the test messages that were asked for. Each is sent once at most. */
export async function claimChannelTests(
  client: Queryable,
  limit: number,
): Promise<DeliveryChannel[]> {
  const { rows } = await client.query(
    `with due as (
       select id from alert_channel where test_state = 'pending' and deleted_at is null
        order by test_at limit $1 for update skip locked)
     update alert_channel c set test_state = 'sending', test_at = now()
       from due where c.id = due.id
     returning ${CHANNEL_COLUMNS}`,
    [limit],
  );
  return rows.map((row) => ChannelColumns.parse(row));
}

/** Notes what became of a test message. @param error null when it was sent */
export async function settleChannelTest(
  client: Queryable,
  channelId: string,
  error: string | null,
): Promise<void> {
  await client.query(
    `update alert_channel set test_error = $2, test_at = now(),
            test_state = case when $2::text is null then 'sent' else 'failed' end
      where id = $1 and test_state = 'sending'`,
    [channelId, error],
  );
}

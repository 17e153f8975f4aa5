import { AlertChannelView } from "#contracts/alert.ts";
import { AppError } from "#contracts/error-code.ts";
import type { Database } from "./client.ts";
import { assertChanged } from "./found.ts";
import { notify } from "./notifications.ts";
import { inTransaction } from "./transaction.ts";

/** Channels that a workspace may have. */
const CHANNELS_MAX = 20;

/** A test message is not sent twice: when the worker dies while it sends one, nobody knows. */
const TEST_IS_LOST = "c.test_at < now() - interval '1 minute'";

/** Channels of a workspace in the order in which they were made. */
export async function alertChannelsOf(
  database: Database,
  workspaceId: string,
): Promise<AlertChannelView[]> {
  const { rows } = await database.pool.query(
    `select c.id, c.kind, c.name, c.config ->> 'target' as target,
            (extract(epoch from c.created_at) * 1000)::float8 as "createdAtMs",
            count(d.*) filter (where d.state = 'pending')::int as "pendingCount",
            count(d.*) filter (where d.state = 'dead')::int as "deadCount",
            (array_agg(d.last_error order by d.next_attempt_at desc)
              filter (where d.last_error is not null and d.state <> 'sent'))[1] as "lastError",
            case when c.test_state is not null then jsonb_build_object(
              'atMs', extract(epoch from c.test_at) * 1000,
              'state', case when c.test_state <> 'sending' then c.test_state
                when ${TEST_IS_LOST} then 'failed' else 'pending' end,
              'error', case when c.test_state = 'sending' and ${TEST_IS_LOST}
                then 'the worker was stopped meanwhile' else c.test_error end) end as test
       from alert_channel c
       left join alert_delivery d on d.channel_id = c.id and d.state <> 'sent'
      where c.workspace_id = $1 and c.deleted_at is null
      group by c.id order by c.created_at, c.id`,
    [workspaceId],
  );
  return rows.map((row) => AlertChannelView.parse(row));
}

/** A channel as it is stored. */
export type NewAlertChannel = {
  readonly id: string;
  readonly kind: AlertChannelView["kind"];
  readonly name: string;
  /** What may be shown of where it leads. */
  readonly target: string;
  /** What may not, sealed; null when there is nothing of the kind. */
  readonly secret: Buffer | null;
};

/** @throws {AppError} conflict when the workspace has as many channels as it may */
export function createAlertChannel(
  database: Database,
  workspaceId: string,
  channel: NewAlertChannel,
): Promise<void> {
  return inTransaction(database.pool, async (client) => {
    // Taking turns, or two at once would each find room for one more.
    await client.query("select from workspace where id = $1 for no key update", [workspaceId]);
    const { rowCount } = await client.query(
      `insert into alert_channel (id, workspace_id, kind, name, config, secret)
       select $1, $2, $3, $4, jsonb_build_object('target', $5::text), $6
        where (select count(*) from alert_channel
                where workspace_id = $2 and deleted_at is null) < $7`,
      [
        channel.id,
        workspaceId,
        channel.kind,
        channel.name,
        channel.target,
        channel.secret,
        CHANNELS_MAX,
      ],
    );
    if (rowCount === 1) return;
    throw new AppError(
      "conflict",
      `A workspace may have ${CHANNELS_MAX} channels: delete one first`,
    );
  });
}

/**
 * Deletes a channel for good: its secret is erased, rules lose it, and what was still to be delivered is
 * given up.
 *
 * @throws {AppError} not-found
 */
export function deleteAlertChannel(
  database: Database,
  workspaceId: string,
  id: string,
): Promise<void> {
  return inTransaction(database.pool, async (client) => {
    const { rowCount } = await client.query(
      `update alert_channel set deleted_at = now(), secret = null, test_state = null
        where workspace_id = $1 and id = $2 and deleted_at is null`,
      [workspaceId, id],
    );
    assertChanged(rowCount, "channel");
    await client.query(
      `update alert_rule set channel_ids = array_remove(channel_ids, $2)
        where workspace_id = $1 and $2 = any(channel_ids)`,
      [workspaceId, id],
    );
    await client.query(
      `update alert_delivery set state = 'dead', last_error = 'the channel was deleted'
        where channel_id = $1 and state = 'pending'`,
      [id],
    );
  });
}

/** Asks for a test message; the worker sends it and notes what became of it. @throws {AppError} not-found */
export function requestChannelTest(
  database: Database,
  workspaceId: string,
  id: string,
): Promise<void> {
  return inTransaction(database.pool, async (client) => {
    const { rowCount } = await client.query(
      `update alert_channel set test_state = 'pending', test_error = null, test_at = now()
        where workspace_id = $1 and id = $2 and deleted_at is null`,
      [workspaceId, id],
    );
    assertChanged(rowCount, "channel");
    await notify(client, "pairdesk_alert", workspaceId);
  });
}

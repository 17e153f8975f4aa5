import type { Database } from "./client.ts";
import { type Keyring, rewrapSecret } from "./secret-box.ts";

/** Secrets that are read at a time. */
const BATCH = 500;

/**
 * Wraps the secrets of all channels with the current key, so that older keys may go. Safe to run at any
 * time, by several at once, and again after a stop in the middle.
 *
 * @param onError called for each secret that does not open; it stays as it is
 * @returns how many were wrapped anew
 */
export async function rotateChannelSecrets(
  database: Database,
  keyring: Keyring,
  onError: (channelId: string, error: unknown) => void,
): Promise<number> {
  let rotated = 0;
  let after: string | null = null;
  for (;;) {
    const { rows }: { rows: { id: string; workspaceId: string; secret: Buffer }[] } =
      await database.pool.query(
        `select id, workspace_id as "workspaceId", secret from alert_channel
          where secret is not null and ($1::uuid is null or id > $1) order by id limit $2`,
        [after, BATCH],
      );
    for (const { id, workspaceId, secret } of rows) {
      try {
        const sealed = rewrapSecret(keyring, { workspaceId, recordId: id }, secret);
        if (sealed === null) continue;
        // Only what was read is replaced: a channel may be deleted meanwhile.
        const { rowCount } = await database.pool.query(
          "update alert_channel set secret = $2 where id = $1 and secret = $3",
          [id, sealed, secret],
        );
        rotated += rowCount ?? 0;
      } catch (error) {
        onError(id, error);
      }
    }
    after = rows.at(-1)?.id ?? null;
    if (rows.length < BATCH) return rotated;
  }
}

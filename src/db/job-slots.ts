import { AppError } from "#contracts/error-code.ts";
import type { Queryable } from "./client.ts";

/** Scans, backtests and imports that one workspace may have waiting or running at a time. */
export const ACTIVE_JOBS_MAX = 10;

/** Verifications by strangers that one workspace may have waiting or running: they take no slot from its owner. */
export const PUBLIC_JOBS_MAX = 2;

/** SQL: a job that nobody who is signed in has started. */
const IS_PUBLIC = "kind = 'verification' and created_by is null";

/**
 * Lock of the workspace's job slots, until the transaction ends: those who start jobs go one after the
 * other. A starter that reads or locks rows before it knows whether it needs a slot takes this first, so
 * that no two of them wait for each other.
 */
export async function lockJobSlots(client: Queryable, workspaceId: string): Promise<void> {
  await client.query("select pg_advisory_xact_lock(hashtextextended('job-slots:' || $1, 0))", [
    workspaceId,
  ]);
}

/**
 * Room for one more job of a workspace. Held until the transaction ends, so that parallel requests are
 * counted one after the other. Inspections are not counted: they are short, and uploads have limits of
 * their own; nor is what strangers have verified.
 *
 * @throws {AppError} rate-limited when ACTIVE_JOBS_MAX jobs are waiting or running
 */
export async function requireJobSlot(client: Queryable, workspaceId: string): Promise<void> {
  await lockJobSlots(client, workspaceId);
  const { rows } = await client.query<{ count: number }>(
    `select count(*)::int as count from job
      where workspace_id = $1 and state in ('queued', 'running') and kind <> 'inspect-upload'
        and not (${IS_PUBLIC})`,
    [workspaceId],
  );
  if ((rows[0]?.count ?? 0) >= ACTIVE_JOBS_MAX) {
    throw new AppError(
      "rate-limited",
      `At most ${ACTIVE_JOBS_MAX} jobs wait or run at a time: let one finish, or cancel it`,
    );
  }
}

/**
 * Room for one more verification by somebody who is not signed in, of a workspace.
 *
 * @throws {AppError} rate-limited when PUBLIC_JOBS_MAX of them are waiting or running
 */
export async function requirePublicJobSlot(client: Queryable, workspaceId: string): Promise<void> {
  await lockJobSlots(client, workspaceId);
  const { rows } = await client.query<{ count: number }>(
    `select count(*)::int as count from job
      where workspace_id = $1 and state in ('queued', 'running') and ${IS_PUBLIC}`,
    [workspaceId],
  );
  if ((rows[0]?.count ?? 0) >= PUBLIC_JOBS_MAX) {
    throw new AppError(
      "rate-limited",
      "Other reports of the same owner are being verified: try again in a minute",
    );
  }
}

import type { Queryable } from "./client.ts";

/** After this long without a beat a worker counts as dead; it beats every two seconds. */
export const HEARTBEAT_STALE_MS = 8_000;

/**
 * A lock younger than this may belong to a worker that has not written its first heartbeat yet.
 */
const LOCK_GRACE_MS = 5_000;

/** Says that a worker is alive, and under which names it locks jobs in the queue. */
export async function beatHeart(
  client: Queryable,
  worker: { readonly id: string; readonly queueWorkerIds: readonly string[] },
): Promise<void> {
  await client.query(
    `INSERT INTO worker_heartbeat (id, queue_worker_ids, started_at, beat_at)
     VALUES ($1, $2, now(), now())
     ON CONFLICT (id) DO UPDATE SET queue_worker_ids = excluded.queue_worker_ids, beat_at = now()`,
    [worker.id, worker.queueWorkerIds],
  );
}

/** Takes a worker's heartbeat away: it has stopped, holding no job. */
export async function stopHeart(client: Queryable, workerId: string): Promise<void> {
  await client.query("DELETE FROM worker_heartbeat WHERE id = $1", [workerId]);
}

/**
 * Names under which dead workers still hold jobs in the queue. graphile-worker itself would free these
 * jobs only after four hours.
 *
 * @returns names for forceUnlockWorkers; empty when all is well
 */
export async function deadQueueWorkerIds(client: Queryable): Promise<string[]> {
  const { rows } = await client.query<{ locked_by: string }>(
    `SELECT DISTINCT locked_by FROM graphile_worker.jobs
     WHERE locked_by IS NOT NULL AND locked_at < now() - $1 * interval '1 millisecond'
       AND NOT EXISTS (
         SELECT FROM worker_heartbeat
         WHERE locked_by = ANY(queue_worker_ids)
           AND beat_at > now() - $2 * interval '1 millisecond')`,
    [LOCK_GRACE_MS, HEARTBEAT_STALE_MS],
  );
  return rows.map((row) => row.locked_by);
}

/** Frees the jobs that these queue workers hold. Only for workers that are dead. */
export async function unlockQueueWorkers(
  client: Queryable,
  queueWorkerIds: readonly string[],
): Promise<void> {
  await client.query("SELECT graphile_worker.force_unlock_workers($1)", [queueWorkerIds]);
}

/** Forgets workers that have been silent for ten minutes. */
export async function forgetDeadWorkers(client: Queryable): Promise<void> {
  await client.query("DELETE FROM worker_heartbeat WHERE beat_at < now() - interval '10 minutes'");
}

import type { Database } from "./client.ts";

/** What the database says of itself and of those who work on it. Ages in ms, null when there is none. */
export type DatabaseHealth = {
  appliedMigrations: string[];
  workerHeartbeatAgeMs: number | null;
  /** How long the oldest job that could run has waited. */
  queueLagMs: number;
};

/**
 * Health of the installation, as far as the database knows it.
 *
 * @throws when the database does not answer or has no tables yet
 */
export async function databaseHealth(database: Database): Promise<DatabaseHealth> {
  const { rows } = await database.pool.query<DatabaseHealth>(
    `select
       (select coalesce(array_agg(migration_name order by migration_name), '{}')
          from _prisma_migrations where finished_at is not null and rolled_back_at is null)
         as "appliedMigrations",
       (select extract(epoch from now() - max(beat_at))::float8 * 1000 from worker_heartbeat)
         as "workerHeartbeatAgeMs",
       (select coalesce(greatest(0, extract(epoch from now() - min(run_at))), 0)::float8 * 1000
          from graphile_worker.jobs
         where locked_at is null and run_at <= now() and attempts < max_attempts)
         as "queueLagMs"`,
  );
  const row = rows[0];
  if (row === undefined) throw new Error("the database gave no answer");
  return row;
}

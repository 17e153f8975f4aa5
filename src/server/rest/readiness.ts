import type { DatabaseHealth } from "#db/health.ts";

/** A worker writes its heartbeat every two seconds; after four missed ones it counts as gone. */
const HEARTBEAT_AGE_MAX_MS = 8_000;

/** Jobs may wait behind long ones; so long a wait means that nobody works. */
const QUEUE_LAG_MAX_MS = 600_000;

type Check = { ok: boolean; detail: string };

/** Whether the installation can do its work, and if not, what is missing. */
export type Readiness = {
  ready: boolean;
  checks: Record<"database" | "migrations" | "worker" | "queue", Check>;
};

/**
 * Judges the health of the installation.
 *
 * @param health null: the database did not answer
 * @param expectedMigrations names of the migrations that this version of the program needs
 */
export function judgeReadiness(
  health: DatabaseHealth | null,
  expectedMigrations: readonly string[],
): Readiness {
  const checks =
    health === null
      ? {
          database: { ok: false, detail: "does not answer, or was never migrated" },
          migrations: { ok: false, detail: "unknown" },
          worker: { ok: false, detail: "unknown" },
          queue: { ok: false, detail: "unknown" },
        }
      : {
          database: { ok: true, detail: "answers" },
          migrations: judgeMigrations(health.appliedMigrations, expectedMigrations),
          worker: judgeWorker(health.workerHeartbeatAgeMs),
          queue: judgeQueue(health.queueLagMs),
        };
  return { ready: Object.values(checks).every(({ ok }) => ok), checks };
}

function judgeMigrations(applied: readonly string[], expected: readonly string[]): Check {
  const missing = expected.filter((name) => !applied.includes(name));
  if (missing.length > 0) return { ok: false, detail: `missing: ${missing.join(", ")}` };
  return { ok: true, detail: `${expected.length} applied` };
}

function judgeWorker(heartbeatAgeMs: number | null): Check {
  if (heartbeatAgeMs === null) return { ok: false, detail: "no worker has reported" };
  const detail = `last heartbeat ${Math.round(heartbeatAgeMs)} ms ago`;
  return { ok: heartbeatAgeMs <= HEARTBEAT_AGE_MAX_MS, detail };
}

function judgeQueue(lagMs: number): Check {
  return { ok: lagMs <= QUEUE_LAG_MAX_MS, detail: `oldest job waits for ${Math.round(lagMs)} ms` };
}

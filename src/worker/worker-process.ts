import type pino from "pino";
import type { WorkerEnv } from "./env.ts";
import { binanceAddresses, feedOptions } from "./feed/feed-env.ts";
import { resolveExchange } from "./venues/resolve-exchange.ts";

/** A part of a worker, and the worker itself. */
export type WorkerProcess = {
  /** Resolves when the worker cannot go on, with the reason. */
  readonly failed: Promise<string>;
  /** Ends in good order: what was begun is finished or given back, and everything is let go of. */
  readonly stop: () => Promise<void>;
};

/**
 * Starts the roles of a worker. The database is migrated already. A role is loaded when it is wanted: a feed that
 * starts again after a crash should not wait for the code of the jobs.
 */
export async function startWorker(env: WorkerEnv, log: pino.Logger): Promise<WorkerProcess> {
  const parts: WorkerProcess[] = [];
  if (env.WORKER_ROLES.includes("jobs")) {
    const { startJobWorker } = await import("./job-worker.ts");
    parts.push(await startJobWorker(env, log));
  }
  if (env.WORKER_ROLES.includes("feed")) {
    const { startFeed } = await import("./feed/feed-process.ts");
    const exchange = await resolveExchange(env.EXCHANGE, binanceAddresses(env));
    parts.push(await startFeed(env.DATABASE_URL, feedOptions(env, exchange), log));
  }
  if (env.WORKER_ROLES.includes("live")) {
    const { startLiveRole } = await import("./live/live-role.ts");
    const times = { leaseMs: env.LIVE_LEASE_MS, staleAfterMs: env.LIVE_STALE_AFTER_MS };
    parts.push(startLiveRole(env.DATABASE_URL, times, log));
  }
  return {
    failed: Promise.race(parts.map(({ failed }) => failed)),
    stop: async () => {
      await Promise.all(parts.map(({ stop }) => stop()));
    },
  };
}

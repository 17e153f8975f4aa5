import { setTimeout as delay } from "node:timers/promises";
import type pino from "pino";
import type { Database } from "#db/client.ts";
import {
  beatHeart,
  deadQueueWorkerIds,
  forgetDeadWorkers,
  stopHeart,
  unlockQueueWorkers,
} from "#db/worker-heartbeats.ts";

const BEAT_MS = 2_000;

/** So many beats in a row without the database and the worker gives up: starting again is recovery. */
const FAILED_BEATS_MAX = 5;

/** Beats the heart of a worker and frees the jobs of dead ones. */
export type QueueKeeper = {
  /** Resolves when the database has been out of reach for too long. */
  readonly databaseLost: Promise<void>;
  readonly stop: () => Promise<void>;
};

/**
 * Starts to beat. graphile-worker keeps the jobs of a killed worker locked for four hours; the heartbeats
 * tell who is dead, and the next live worker unlocks their jobs.
 *
 * @param worker.queueWorkerIds names under which this process locks jobs
 */
export function startQueueKeeper(
  database: Database,
  worker: { readonly id: string; readonly queueWorkerIds: () => readonly string[] },
  log: pino.Logger,
): QueueKeeper {
  const ended = new AbortController();
  const lost = Promise.withResolvers<void>();
  const beat = async () => {
    await beatHeart(database.pool, { id: worker.id, queueWorkerIds: worker.queueWorkerIds() });
    const dead = await deadQueueWorkerIds(database.pool);
    if (dead.length > 0) {
      log.warn({ queueWorkerIds: dead }, "freeing the jobs of workers that are dead");
      await unlockQueueWorkers(database.pool, dead);
    }
    await forgetDeadWorkers(database.pool);
  };
  const beating = (async () => {
    let failed = 0;
    while (!ended.signal.aborted) {
      try {
        await beat();
        failed = 0;
      } catch (error) {
        failed += 1;
        log.warn({ err: error, failed }, "a heartbeat could not be written");
        if (failed >= FAILED_BEATS_MAX) lost.resolve();
      }
      // The wait is cut short when the worker stops.
      await delay(BEAT_MS, undefined, { signal: ended.signal }).catch(() => undefined);
    }
  })();
  return {
    databaseLost: lost.promise,
    stop: async () => {
      ended.abort();
      await beating;
      await stopHeart(database.pool, worker.id);
    },
  };
}

import { randomUUID } from "node:crypto";
import { EventEmitter } from "node:events";
import { parseCronItems, type Runner, run, type WorkerEvents } from "graphile-worker";
import type pino from "pino";
import { z } from "zod";
import { createDatabase } from "#db/client.ts";
import { RUN_JOB_TASK } from "#db/jobs.ts";
import { startListener } from "#db/notifications.ts";
import { applyRetention } from "#db/retention.ts";
import { startAlertDesk } from "./alerts/alert-desk.ts";
import { codeHash } from "./code-hash.ts";
import { createComputePool } from "./compute/compute-pool.ts";
import type { WorkerEnv } from "./env.ts";
import { venueAddresses } from "./feed/feed-env.ts";
import { EXPANSION_LIMITS } from "./imports/expand-file.ts";
import { createCancelRequests, MAYBE_MISSED } from "./jobs/cancel-requests.ts";
import type { JobEngine } from "./jobs/job-context.ts";
import { runJob } from "./jobs/run-job.ts";
import { createQueueLogger } from "./log.ts";
import { startQueueKeeper } from "./queue-keeper.ts";
import { startScanScheduler } from "./scan-scheduler.ts";
import { createVenueAccess } from "./venues/venue-access.ts";

/** The part of a worker that takes jobs from the queue. */
export type JobWorker = {
  /** Resolves when it cannot go on: the database is gone, or the queue has ended by itself. */
  readonly failed: Promise<string>;
  /** Takes no more jobs, gives the running ones back to the queue, and lets go of everything. */
  readonly stop: () => Promise<void>;
};

const RETENTION_TASK = "retention";

/** Every ten minutes, so that guests are gone soon after their time; also when a worker starts. */
const RETENTION_AT = "*/10 * * * *";

const RunJobPayload = z.object({ jobId: z.uuid() });

/** Connections of a job (transaction, COPY, progress), and those of the queue, the heartbeat and alerts. */
const CONNECTIONS_PER_JOB = 3;
const CONNECTIONS_OWN = 9;

/** Starts to take jobs. The database is migrated already. */
export async function startJobWorker(env: WorkerEnv, log: pino.Logger): Promise<JobWorker> {
  const database = createDatabase(env.DATABASE_URL, {
    max: CONNECTIONS_OWN + CONNECTIONS_PER_JOB * env.WORKER_CONCURRENCY,
    applicationName: "pairdesk-worker",
  });
  const compute = createComputePool(env.COMPUTE_THREADS);
  const limits = { ...EXPANSION_LIMITS, expandedBytesMax: env.UPLOAD_EXPANDED_MAX_BYTES };
  const barQuota = { barsMax: env.BARS_MAX, guestBarsMax: env.GUEST_BARS_MAX };
  const cancelRequests = createCancelRequests();
  const listener = startListener(
    env.DATABASE_URL,
    { pairdesk_job_cancel: (jobId) => cancelRequests.emit(jobId) },
    {
      onConnect: () => cancelRequests.emit(MAYBE_MISSED),
      onError: (error) => log.warn({ err: error }, "cancel requests are not heard at once"),
    },
  );
  const engine: JobEngine = {
    database,
    compute,
    log,
    limits,
    barQuota,
    codeHash: codeHash(),
    cancelRequests,
    venues: createVenueAccess(venueAddresses(env), env.FEED_REST_TIMEOUT_MS),
  };
  const stopping = new AbortController();
  const queueWorkerIds: string[] = [];
  const events: WorkerEvents = new EventEmitter();
  events.on("pool:create", ({ workerPool }) => queueWorkerIds.push(workerPool.id));
  const queue = await startQueue(engine, env, { events, stopping: stopping.signal });
  await queue.addJob(RETENTION_TASK, {}, { jobKey: RETENTION_TASK, maxAttempts: 1 });
  const worker = { id: randomUUID(), queueWorkerIds: () => queueWorkerIds };
  const keeper = startQueueKeeper(database, worker, log);
  const scheduler = startScanScheduler(database, log);
  const alerts = startAlertDesk(database, env, log);
  return {
    failed: Promise.race([
      keeper.databaseLost.then(() => "the database is out of reach"),
      queue.promise.then(() => "the queue has ended"),
    ]),
    stop: async () => {
      stopping.abort();
      const alertsStopped = alerts.stop();
      await scheduler.stop();
      await queue.stop();
      await alertsStopped;
      await keeper.stop();
      await listener.stop();
      await compute.close();
      await database.close();
    },
  };
}

function startQueue(
  engine: JobEngine,
  env: WorkerEnv,
  process: { readonly events: WorkerEvents; readonly stopping: AbortSignal },
): Promise<Runner> {
  return run({
    pgPool: engine.database.pool,
    concurrency: env.WORKER_CONCURRENCY,
    noHandleSignals: true,
    pollInterval: 1_000,
    events: process.events,
    logger: createQueueLogger(engine.log),
    taskList: {
      [RUN_JOB_TASK]: async (payload) => {
        const { jobId } = RunJobPayload.parse(payload);
        await runJob(engine, jobId, process.stopping);
      },
      [RETENTION_TASK]: () => removeExpired(engine, env),
    },
    parsedCronItems: parseCronItems([
      { task: RETENTION_TASK, match: RETENTION_AT, options: { maxAttempts: 1, backfillPeriod: 0 } },
    ]),
  });
}

async function removeExpired({ database, log }: JobEngine, env: WorkerEnv): Promise<void> {
  const removed = await applyRetention(database.pool, { alertDays: env.ALERT_DAYS });
  log.info({ removed }, "retention applied");
}

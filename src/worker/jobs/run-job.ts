import { randomUUID } from "node:crypto";
import { AppError } from "#contracts/error-code.ts";
import type { JobError } from "#contracts/job.ts";
import type { DatabaseClient } from "#db/client.ts";
import {
  type ClaimedJob,
  claimJob,
  finishJob,
  postponeJob,
  releaseJob,
  requeueJob,
} from "#db/jobs.ts";
import { inTransaction } from "#db/transaction.ts";
import { InvalidInputError } from "#quant/invalid-input-error.ts";
import { runBackfillHistory } from "./backfill-history.ts";
import { runBacktest } from "./backtest.ts";
import { releaseUploads, runImportUploads } from "./import-uploads.ts";
import { runInspectUpload } from "./inspect-upload.ts";
import { type JobContext, type JobEnding, type JobEngine, JobStop } from "./job-context.ts";
import { startJobPulse } from "./job-pulse.ts";
import { runLearning } from "./learning-run.ts";
import { runOptimisation } from "./optimisation.ts";
import { runPairAnalysis } from "./pair-analysis.ts";
import { runPublishedStudy } from "./published-study.ts";
import { runScan } from "./scan.ts";
import { runVerification } from "./verification.ts";

/** An unexpected error is tried again until this attempt. */
const ATTEMPTS_ON_ERROR_MAX = 3;

/**
 * A job that was begun this often and never ended takes its worker down with it: it is given up. Below
 * graphile-worker's own limit, after which the job would stay "running" for ever.
 */
const ATTEMPTS_MAX = 20;

/**
 * Runs one attempt of a job: claim, work, and the final state in the transaction that stores the results.
 * Returns when nothing is left to be done; throws when the queue is to try again later.
 *
 * @param stopping aborted when the process is to end; the job then goes back to the queue at once
 */
export async function runJob(
  engine: JobEngine,
  jobId: string,
  stopping: AbortSignal,
): Promise<void> {
  const job = await claimJob(engine.database, jobId);
  if (job === null) return;
  const log = engine.log.child({ jobId, kind: job.params.kind, attempt: job.attempt });
  if (job.attempt > ATTEMPTS_MAX) {
    await end({ ...engine, log }, job, {
      ...unexpectedFailure(log, new Error("too many attempts")),
      write: (client) => letGo(client, job),
    });
    return;
  }
  const controller = new AbortController();
  const stop = () => controller.abort(new JobStop("stopping"));
  if (stopping.aborted) stop();
  stopping.addEventListener("abort", stop);
  const pulse = startJobPulse(engine.database, job, controller, {
    requests: engine.cancelRequests,
    onError: (error) => log.warn({ err: error }, "the progress could not be written"),
  });
  const context: JobContext = {
    ...engine,
    log,
    job,
    signal: controller.signal,
    progress: pulse.progress,
  };
  log.info("job started");
  try {
    const ending = await work(context);
    await end(context, job, ending, controller.signal);
    log.info({ outcome: ending.kind }, "job ended");
  } catch (error) {
    await endAfterError(context, controller.signal.aborted ? controller.signal.reason : error);
  } finally {
    stopping.removeEventListener("abort", stop);
    await pulse.stop();
  }
}

function work(context: JobContext): Promise<JobEnding> {
  const { params } = context.job;
  switch (params.kind) {
    case "inspect-upload":
      return runInspectUpload(context, params);
    case "import-uploads":
      return runImportUploads(context, params);
    case "scan":
      return runScan(context, params);
    case "backtest":
      return runBacktest(context, params);
    case "optimisation":
      return runOptimisation(context, params);
    case "verification":
      return runVerification(context, params);
    case "published-study":
      return runPublishedStudy(context, params);
    case "learning-run":
      return runLearning(context, params);
    case "pair-analysis":
      return runPairAnalysis(context, params);
    case "backfill-history":
      return runBackfillHistory(context, params);
  }
}

/** What the attempts of a job that is given up have left behind. */
async function letGo(client: DatabaseClient, { params }: ClaimedJob): Promise<void> {
  if (params.kind === "import-uploads") await releaseUploads(client, params);
}

async function endAfterError(context: JobContext, error: unknown): Promise<void> {
  const { job, log, database } = context;
  if (error instanceof JobStop) {
    log.info({ reason: error.reason }, "job stopped");
    if (error.reason === "cancelled") {
      await inTransaction(database.pool, (client) =>
        finishJob(client, job, { state: "cancelled" }),
      );
    } else if (error.reason === "stopping") {
      await inTransaction(database.pool, (client) => requeueJob(client, job));
    }
    return;
  }
  const expected = expectedFailure(error);
  if (expected !== null) {
    log.info({ err: error }, "job failed as it should");
    await end(context, job, { kind: "failed", error: expected });
    return;
  }
  if (job.attempt < ATTEMPTS_ON_ERROR_MAX) {
    log.warn({ err: error }, "job failed and will be tried again");
    await releaseJob(database.pool, job, "Waiting to try again");
    throw error;
  }
  await end(context, job, unexpectedFailure(log, error));
}

/** What the person can do something about: the message says what. */
function expectedFailure(error: unknown): AppError | null {
  if (error instanceof AppError) return error;
  if (error instanceof InvalidInputError) {
    return new AppError("invalid-input", error.message, { cause: error });
  }
  return null;
}

function unexpectedFailure(
  log: JobContext["log"],
  error: unknown,
): Extract<JobEnding, { kind: "failed" }> {
  const errorId = randomUUID();
  log.error({ err: error, errorId }, "job failed");
  return {
    kind: "failed",
    error: new AppError(
      "internal",
      `Something went wrong on our side. Nothing was changed. Error ${errorId}`,
      { cause: error },
    ),
  };
}

const NEVER_STOPPED = new AbortController().signal;

/** The attempt lost its claim between its work and its commit: what it wrote is rolled back. */
class ClaimLost extends Error {}

/** @param signal aborted when the job is to stop; what it has written by then does not count */
async function end(
  { database, log }: JobEngine,
  job: ClaimedJob,
  ending: JobEnding,
  signal: AbortSignal = NEVER_STOPPED,
): Promise<void> {
  try {
    await inTransaction(
      database.pool,
      async (client) => {
        if (!(await settle(client, job, ending))) throw new ClaimLost();
      },
      { signal },
    );
  } catch (error) {
    if (!(error instanceof ClaimLost)) throw error;
    log.warn("the job was finished or taken by another worker: its result is dropped");
  }
}

/** @returns false when the attempt does not hold the job any more */
async function settle(
  client: DatabaseClient,
  job: ClaimedJob,
  ending: JobEnding,
): Promise<boolean> {
  if (ending.kind === "later") return postponeJob(client, job, ending);
  await ending.write?.(client);
  return finishJob(
    client,
    job,
    ending.kind === "succeeded"
      ? { state: "succeeded", result: ending.result }
      : { state: "failed", error: jobError(ending.error) },
  );
}

function jobError(error: AppError): JobError {
  return { code: error.code, message: error.message, field: error.field ?? null };
}

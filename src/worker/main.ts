// The worker process: reads its environment, starts, and ends when it is told to or cannot go on.
import process from "node:process";
import { readWorkerEnv } from "./env.ts";
import { createLog } from "./log.ts";
import { startWorker } from "./worker-process.ts";

/** After this the process ends whatever still hangs; the heartbeat of the next one sorts the jobs out. */
const STOP_MS_MAX = 2_500;

const env = readWorkerEnv();
const log = createLog(env.LOG_LEVEL);
const worker = await startWorker(env, log);
log.info({ concurrency: env.WORKER_CONCURRENCY, threads: env.COMPUTE_THREADS }, "worker started");

let isStopping = false;

async function stop(reason: string, exitCode: number): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  log.info({ reason }, "worker stopping");
  setTimeout(() => process.exit(exitCode), STOP_MS_MAX).unref();
  await worker.stop().catch((error: unknown) => log.error({ err: error }, "stopping failed"));
  log.info("worker stopped");
  process.exit(exitCode);
}

process.on("SIGTERM", () => void stop("SIGTERM", 0));
process.on("SIGINT", () => void stop("SIGINT", 0));
// A supervisor that holds a channel to us is gone when the channel closes.
process.on("disconnect", () => void stop("the supervisor is gone", 1));
process.on("uncaughtException", (error) => {
  log.fatal({ err: error }, "unexpected error");
  process.exit(1);
});
void worker.failed.then((reason) => stop(reason, 1));

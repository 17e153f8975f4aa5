import { Logger, type LogLevel } from "graphile-worker";
import pino from "pino";

/** Log of the worker: JSON lines. Connection strings carry a password, so they are never written. */
export function createLog(level: string): pino.Logger {
  return pino({
    level,
    base: { process: "worker" },
    redact: { paths: ["connectionString", "*.connectionString", "password", "*.password"] },
    serializers: { err: pino.stdSerializers.err },
  });
}

const LEVEL: Record<`${LogLevel}`, "error" | "warn" | "debug"> = {
  error: "error",
  warning: "warn",
  // What the queue calls information, a line for each job, the jobs say themselves.
  info: "debug",
  debug: "debug",
};

/** The queue's messages in the worker's log. */
export function createQueueLogger(log: pino.Logger): Logger {
  return new Logger(() => (level, message) => {
    log[LEVEL[level]]({ source: "queue" }, message);
  });
}

import { Logger, type LogLevel } from "graphile-worker";
import pino from "pino";
import { REDACTED_PATHS } from "#contracts/redacted-paths.ts";

/** Log of the worker: JSON lines without secrets, whichever object they hide in. */
export function createLog(level: string, destination?: pino.DestinationStream): pino.Logger {
  const options: pino.LoggerOptions = {
    level,
    base: { process: "worker" },
    redact: { paths: [...REDACTED_PATHS], censor: "[redacted]" },
    serializers: { err: pino.stdSerializers.err },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
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

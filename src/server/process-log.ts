import type pino from "pino";
import { serverEnv } from "./env.ts";
import { createLog } from "./log.ts";

let cached: pino.Logger | undefined;

/** The log of this process. */
export function processLog(): pino.Logger {
  cached ??= createLog(serverEnv().LOG_LEVEL);
  return cached;
}

import pino from "pino";
import { REDACTED_PATHS } from "#contracts/redacted-paths.ts";

/** Replaces the token of a share link, which opens a report or a model for whoever reads the log. */
export function logPath(path: string): string {
  return path.replace(/\/r\/(m\/)?[^/?#]+/g, "/r/$1[token]").replace(/[?#].*$/s, "");
}

/** Log of the web process: JSON lines without secrets, whichever object they hide in. */
export function createLog(level: string, destination?: pino.DestinationStream): pino.Logger {
  const options: pino.LoggerOptions = {
    level,
    base: { process: "web" },
    redact: { paths: [...REDACTED_PATHS], censor: "[redacted]" },
    serializers: {
      err: pino.stdSerializers.err,
      path: (path: unknown) => (typeof path === "string" ? logPath(path) : path),
    },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

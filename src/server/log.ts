import pino from "pino";

const SECRET_FIELDS = [
  "password",
  "current",
  "next",
  "passwordHash",
  "token",
  "sessionToken",
  "csrfToken",
  "access_token",
  "refresh_token",
  "id_token",
  "client_secret",
  "clientSecret",
  "secret",
  "cookie",
  "set-cookie",
  "authorization",
];

/** Replaces the token of a share link, which opens a report for whoever reads the log. */
export function logPath(path: string): string {
  return path.replace(/\/r\/[^/?#]+/g, "/r/[token]").replace(/[?#].*$/s, "");
}

/** Log of the web process: JSON lines without secrets, whichever object they hide in. */
export function createLog(level: string, destination?: pino.DestinationStream): pino.Logger {
  const options: pino.LoggerOptions = {
    level,
    base: { process: "web" },
    redact: {
      paths: SECRET_FIELDS.flatMap((name) => {
        const key = `["${name}"]`;
        return [key, `*${key}`, `*.*${key}`, `*.*.*${key}`];
      }),
      censor: "[redacted]",
    },
    serializers: {
      err: pino.stdSerializers.err,
      path: (path: unknown) => (typeof path === "string" ? logPath(path) : path),
    },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

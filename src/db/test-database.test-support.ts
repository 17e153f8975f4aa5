import { randomBytes } from "node:crypto";
import process from "node:process";
import pg from "pg";
import { createDatabase, type Database } from "./client.ts";

/** A fresh migrated database of one test file. */
export type TestDatabase = {
  readonly database: Database;
  readonly connectionString: string;
  readonly drop: () => Promise<void>;
};

/**
 * Copies the migrated template that the test run made, so that every test file starts from empty tables.
 *
 * @returns the database and its address; call `drop` when the file's tests are over
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  const serverUrl = process.env["TEST_DATABASE_URL"];
  if (!serverUrl) throw new Error("TEST_DATABASE_URL is not set: run the tests with vitest");
  const name = `test_${randomBytes(6).toString("hex")}`;
  await onServer(serverUrl, `CREATE DATABASE ${name} TEMPLATE pairdesk_template`);
  const connectionString = `${serverUrl}/${name}`;
  const database = createDatabase(connectionString, { max: 8, applicationName: "pairdesk-test" });
  const drop = async () => {
    await database.close();
    await onServer(serverUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  };
  return { database, connectionString, drop };
}

async function onServer(serverUrl: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: `${serverUrl}/postgres` });
  await client.connect();
  try {
    // Two copies of one template at the same moment refuse each other: take turns.
    await client.query("SELECT pg_advisory_lock(727151)");
    await client.query(statement);
  } finally {
    await client.end();
  }
}

import process from "node:process";
import pg from "pg";
import { expect, test } from "vitest";
import { migrate } from "./migrate.ts";

test("migrating a migrated database changes nothing", async () => {
  const serverUrl = process.env["TEST_DATABASE_URL"] ?? "";
  const name = `migrate_twice_${process.pid}`;
  const admin = new pg.Client({ connectionString: `${serverUrl}/postgres` });
  await admin.connect();
  await admin.query(`CREATE DATABASE ${name}`);
  await admin.end();
  // The database goes with the server: dropping it here would cut the engine's last connections.
  expect((await migrate(`${serverUrl}/${name}`)).length).toBeGreaterThan(0);
  expect(await migrate(`${serverUrl}/${name}`)).toEqual([]);
});

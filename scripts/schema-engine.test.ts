import process from "node:process";
import pg from "pg";
import { expect, test } from "vitest";
import { migrate } from "./migrate.ts";

test("migrating a migrated database changes nothing", async () => {
  const serverUrl = process.env["TEST_DATABASE_URL"] ?? "";
  const admin = new pg.Client({ connectionString: `${serverUrl}/postgres` });
  await admin.connect();
  await admin.query("CREATE DATABASE migrate_twice");
  try {
    const url = `${serverUrl}/migrate_twice`;
    expect((await migrate(url)).length).toBeGreaterThan(0);
    expect(await migrate(url)).toEqual([]);
  } finally {
    await admin.query("DROP DATABASE migrate_twice WITH (FORCE)");
    await admin.end();
  }
});

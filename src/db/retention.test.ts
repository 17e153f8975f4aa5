import { afterAll, beforeAll, expect, test } from "vitest";
import { applyRetention } from "./retention.ts";
import { createTestDatabase, type TestDatabase } from "./test-database.test-support.ts";

let context: TestDatabase;

beforeAll(async () => {
  context = await createTestDatabase();
});

afterAll(() => context.drop());

test("what has expired goes with all that is its own; what has not stays", async () => {
  const { pool } = context.database;
  await pool.query(
    `INSERT INTO workspace (id, name, expires_at) VALUES
       ('00000000-0000-4000-8000-000000000001', 'expired', now() - interval '1 minute'),
       ('00000000-0000-4000-8000-000000000002', 'guest', now() + interval '1 day'),
       ('00000000-0000-4000-8000-000000000003', 'kept', NULL);
     INSERT INTO user_account (id, name, is_guest, expires_at) VALUES
       (gen_random_uuid(), 'Guest', true, now() - interval '1 minute'),
       (gen_random_uuid(), 'Person', false, NULL);
     INSERT INTO upload (id, workspace_id, file_name, state, created_at)
       SELECT gen_random_uuid(), '00000000-0000-4000-8000-000000000003', name,
         state::"UploadState", now() - age::interval
       FROM (VALUES ('cut.csv', 'receiving', '2 days'), ('coming.csv', 'receiving', '1 hour'),
         ('forgotten.csv', 'inspected', '31 days'), ('done.csv', 'imported', '400 days'))
         AS file (name, state, age);
     INSERT INTO upload (id, workspace_id, file_name)
       VALUES (gen_random_uuid(), '00000000-0000-4000-8000-000000000001', 'of the guest.csv');
     INSERT INTO rate_limit (key, window_start, count) VALUES
       ('old', now() - interval '3 days', 1), ('new', now(), 1);`,
  );
  expect(await applyRetention(pool)).toMatchObject({
    guestWorkspaces: 1,
    guestUsers: 1,
    uploads: 2,
    rateLimits: 1,
  });
  const names = async (statement: string) =>
    (await pool.query(statement)).rows.map((row) => row.name);
  expect(await names("SELECT name FROM workspace ORDER BY name")).toEqual(["guest", "kept"]);
  expect(await names("SELECT name FROM user_account")).toEqual(["Person"]);
  expect(await names("SELECT file_name AS name FROM upload ORDER BY file_name")).toEqual([
    "coming.csv",
    "done.csv",
  ]);
});

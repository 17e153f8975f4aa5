import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createPerson } from "#server/world.test-support.ts";
import { createAlertChannel } from "./alert-channels.ts";
import { alertRulesOf, createAlertRule } from "./alert-rules.ts";
import { createWatchedPair, pairRule } from "./alert-world.test-support.ts";
import { alertsAfter } from "./alerts.ts";
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
  expect(await applyRetention(pool, { alertDays: 365 })).toMatchObject({
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

test("an alert goes with its deliveries when its days are over; its rule stays as it is", async () => {
  const { database } = context;
  const owner = await createPerson(database);
  const { watchedPairId } = await createWatchedPair(database, owner.workspaceId);
  const channelId = randomUUID();
  const channel = { id: channelId, kind: "email", name: "M", target: "a@b.example" } as const;
  await createAlertChannel(database, owner.workspaceId, { ...channel, secret: null });
  const input = pairRule(watchedPairId, { channelIds: [channelId] });
  const ruleId = await createAlertRule(database, owner, input);
  await database.pool.query(
    `WITH rule AS (UPDATE alert_rule SET crossing = 2, state = 'raised' WHERE id = $1 RETURNING *),
       old AS (INSERT INTO alert (id, workspace_id, rule_id, crossing, severity, message, detail, fired_at)
         SELECT gen_random_uuid(), workspace_id, id, n, 'info', 'age ' || n,
           '{"value":1,"threshold":1,"jobId":null}', now() - n * interval '6 days'
         FROM rule, unnest(ARRAY[1, 2]) AS n RETURNING id)
     INSERT INTO alert_delivery (alert_id, channel_id) SELECT id, $2 FROM old`,
    [ruleId, channelId],
  );
  expect(await applyRetention(database.pool, { alertDays: 10 })).toMatchObject({ alerts: 1 });
  const alerts = await alertsAfter(database, owner.workspaceId, 0);
  expect(alerts.map(({ message }) => message)).toEqual(["age 1"]);
  expect((await database.pool.query("SELECT FROM alert_delivery")).rowCount).toBe(1);
  expect(await alertRulesOf(database, owner.workspaceId)).toMatchObject([
    { id: ruleId, state: "raised", alertCount: 2 },
  ]);
});

import { afterAll, beforeAll, expect, test } from "vitest";
import { createAccount } from "./accounts.ts";
import {
  ACTIVE_JOBS_MAX,
  PUBLIC_JOBS_MAX,
  requireJobSlot,
  requirePublicJobSlot,
} from "./job-slots.ts";
import { enqueueJob } from "./jobs.ts";
import { createTestDatabase, type TestDatabase } from "./test-database.test-support.ts";
import { inTransaction } from "./transaction.ts";

let subject: TestDatabase;
beforeAll(async () => {
  subject = await createTestDatabase();
});
afterAll(() => subject.drop());

test("of many jobs asked for at once, a workspace gets so many and no more", async () => {
  const { pool } = subject.database;
  const account = { name: "Ada", email: null, passwordHash: null };
  const { workspaceId } = await createAccount(subject.database, account);
  const ask = () =>
    inTransaction(pool, async (client) => {
      await requireJobSlot(client, workspaceId);
      const params = { kind: "scan", scanId: workspaceId } as const;
      return enqueueJob(client, { workspaceId, createdBy: null, params });
    });
  const outcomes = await Promise.allSettled(Array.from({ length: ACTIVE_JOBS_MAX + 5 }, ask));
  const refused = outcomes.filter((outcome) => outcome.status === "rejected");
  expect(refused).toHaveLength(5);
  expect(refused[0]?.reason).toMatchObject({ code: "rate-limited" });
  const { rows } = await pool.query("select count(*)::int as jobs from graphile_worker.jobs");
  expect(rows).toEqual([{ jobs: ACTIVE_JOBS_MAX }]);
});

test("regression: what strangers had verified took the slots of the owner", async () => {
  const { pool } = subject.database;
  const account = { name: "Emmy", email: null, passwordHash: null };
  const { workspaceId } = await createAccount(subject.database, account);
  const verify = () =>
    inTransaction(pool, async (client) => {
      await requirePublicJobSlot(client, workspaceId);
      const params = { kind: "verification", verificationId: workspaceId } as const;
      return enqueueJob(client, { workspaceId, createdBy: null, params });
    });
  for (let i = 0; i < PUBLIC_JOBS_MAX; i++) await verify();
  await expect(verify()).rejects.toMatchObject({ code: "rate-limited" });
  const scan = () =>
    inTransaction(pool, async (client) => {
      await requireJobSlot(client, workspaceId);
      const params = { kind: "scan", scanId: workspaceId } as const;
      return enqueueJob(client, { workspaceId, createdBy: null, params });
    });
  for (let i = 0; i < ACTIVE_JOBS_MAX; i++) await scan();
  await expect(scan()).rejects.toMatchObject({ code: "rate-limited" });
});

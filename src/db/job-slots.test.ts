import { afterAll, beforeAll, expect, test } from "vitest";
import { createAccount } from "./accounts.ts";
import { ACTIVE_JOBS_MAX, requireJobSlot } from "./job-slots.ts";
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

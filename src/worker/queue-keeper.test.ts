import { randomUUID } from "node:crypto";
import pino from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#db/test-database.test-support.ts";
import { beatHeart, deadQueueWorkerIds } from "#db/worker-heartbeats.ts";
import { startQueueKeeper } from "./queue-keeper.ts";

let context: TestDatabase;

beforeAll(async () => {
  context = await createTestDatabase();
});

afterAll(() => context.drop());

/** A job that a queue worker has held for a while. */
async function lockedJob(lockedBy: string, seconds: number): Promise<void> {
  const { pool } = context.database;
  await pool.query("SELECT graphile_worker.add_job('run-job', job_key := $1)", [lockedBy]);
  await pool.query(
    `UPDATE graphile_worker._private_jobs SET locked_by = $1,
       locked_at = now() - $2 * interval '1 second' WHERE key = $1`,
    [lockedBy, seconds],
  );
}

async function lockHolders(): Promise<string[]> {
  const { rows } = await context.database.pool.query<{ locked_by: string }>(
    "SELECT locked_by FROM graphile_worker.jobs WHERE locked_by IS NOT NULL ORDER BY locked_by",
  );
  return rows.map((row) => row.locked_by);
}

test("jobs of a dead worker are freed; those of live and of just started ones are not", async () => {
  const { database } = context;
  await lockedJob("pool-dead", 60);
  await lockedJob("pool-silent", 60);
  await lockedJob("pool-live", 60);
  await lockedJob("pool-new", 1);
  const silent = randomUUID();
  await beatHeart(database.pool, { id: silent, queueWorkerIds: ["pool-silent"] });
  await beatHeart(database.pool, { id: randomUUID(), queueWorkerIds: ["pool-live"] });
  await database.pool.query(
    "UPDATE worker_heartbeat SET beat_at = now() - interval '9 seconds' WHERE id = $1",
    [silent],
  );
  expect((await deadQueueWorkerIds(database.pool)).sort()).toEqual(["pool-dead", "pool-silent"]);
  const keeper = startQueueKeeper(
    database,
    { id: randomUUID(), queueWorkerIds: () => ["pool-keeper"] },
    pino({ level: "silent" }),
  );
  await expect.poll(lockHolders).toEqual(["pool-live", "pool-new"]);
  await keeper.stop();
  const { rows } = await database.pool.query(
    "SELECT FROM worker_heartbeat WHERE 'pool-keeper' = ANY(queue_worker_ids)",
  );
  expect(rows).toHaveLength(0);
});

import pino from "pino";
import { expect, test } from "vitest";
import { createTestDatabase } from "#db/test-database.test-support.ts";
import { readWorkerEnv } from "./env.ts";
import { startWorker } from "./worker-process.ts";

test("regression: an expired guest stayed until the seventeenth minute of the next hour", async () => {
  const { database, connectionString, drop } = await createTestDatabase();
  await database.pool.query(
    `INSERT INTO workspace (id, name, expires_at) VALUES
       (gen_random_uuid(), 'Expired', now() - interval '1 minute'),
       (gen_random_uuid(), 'Still here', now() + interval '1 minute')`,
  );
  const names = async () => {
    const { rows } = await database.pool.query<{ name: string }>("SELECT name FROM workspace");
    return rows.map(({ name }) => name);
  };
  const env = readWorkerEnv({
    NODE_ENV: "test",
    DATABASE_URL: connectionString,
    COMPUTE_THREADS: "1",
    WORKER_ROLES: "jobs",
  });
  const worker = await startWorker(env, pino({ level: "silent" }));
  await expect.poll(names, { timeout: 60_000, interval: 20 }).toEqual(["Still here"]);
  await worker.stop();
  await drop();
});

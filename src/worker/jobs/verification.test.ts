import { afterAll, beforeAll, expect, test } from "vitest";
import { Verification } from "#contracts/verification.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.test-support.ts";
import type { JobEngine } from "./job-context.ts";
import { createTestEngine, createWorkspace, runNow } from "./job-harness.test-support.ts";
import { finishedBacktest, storeTestUniverse, testStrategy } from "./strategy-jobs.test-support.ts";

let context: TestDatabase;
let engine: JobEngine;
let workspaceId: string;
let backtestId: string;

beforeAll(async () => {
  context = await createTestDatabase();
  engine = createTestEngine(context.database, 2);
  workspaceId = await createWorkspace(context.database);
  const ids = await storeTestUniverse(context.database, workspaceId, {
    seed: 7,
    instruments: 2,
    bars: 1_500,
  });
  const config = testStrategy({ books: [ids], formationBars: 500, tradingBars: 1_000 });
  ({ backtestId } = await finishedBacktest(engine, workspaceId, config));
});

afterAll(async () => {
  await engine.compute.close();
  await context.drop();
});

async function verify(own: JobEngine = engine) {
  const { pool } = context.database;
  const { rows } = await pool.query<{ id: string }>(
    `INSERT INTO verification (id, workspace_id, backtest_id)
     VALUES (gen_random_uuid(), $1, $2) RETURNING id`,
    [workspaceId, backtestId],
  );
  const verificationId = rows[0]?.id ?? "";
  const job = await runNow(own, workspaceId, { kind: "verification", verificationId });
  expect(job).toMatchObject({ state: "succeeded", error: null, subjectId: backtestId });
  const stored = await pool.query("SELECT outcome FROM verification WHERE id = $1", [
    verificationId,
  ]);
  const outcome = Verification.shape.outcome.parse(stored.rows[0]?.outcome);
  if (outcome === null) throw new Error("the outcome was not stored");
  return outcome;
}

async function storedReport(): Promise<unknown> {
  const { rows } = await context.database.pool.query("SELECT report FROM backtest WHERE id = $1", [
    backtestId,
  ]);
  return rows[0]?.report;
}

test("a report made again agrees in every part, and stays as it was", async () => {
  const before = await storedReport();
  const { agrees, parts } = await verify();
  expect(agrees).toBe(true);
  expect(parts.filter((part) => !part.agrees)).toEqual([]);
  expect(parts.map(({ name }) => name)).toEqual(
    expect.arrayContaining([
      "settings",
      "data",
      "code",
      "orders",
      "fills",
      "equity",
      "sharpeRatio",
    ]),
  );
  expect(await storedReport()).toEqual(before);
});

test("another worker with newer code verifies it as well, and says that the code is another", async () => {
  const newer = { ...createTestEngine(context.database, 1), codeHash: "newer" };
  const { agrees, parts } = await verify(newer);
  await newer.compute.close();
  expect(agrees).toBe(true);
  expect(parts.filter((part) => !part.agrees).map(({ name }) => name)).toEqual(["code"]);
});

test("other data does not agree, and the parts say where", async () => {
  const { pool } = context.database;
  await pool.query(
    "UPDATE bar SET close = close * 1.001, high = high * 1.01 WHERE open_time_ms % 7200000 = 0",
  );
  await pool.query("UPDATE bar_series SET content_hash = 'changed'");
  const { agrees, parts } = await verify();
  expect(agrees).toBe(false);
  const differing = parts.filter((part) => !part.agrees).map(({ name }) => name);
  expect(differing).toEqual(expect.arrayContaining(["data", "fills", "equity"]));
  expect(differing).not.toContain("settings");
});

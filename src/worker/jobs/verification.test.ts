import { afterAll, beforeAll, expect, test } from "vitest";
import { Verification } from "#contracts/verification.ts";
import { seriesOfInstruments } from "#db/instruments.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.test-support.ts";
import { HOUR_MS } from "../imports/import-cases.test-support.ts";
import type { JobEngine } from "./job-context.ts";
import { createTestEngine, createWorkspace, runNow } from "./job-harness.test-support.ts";
import {
  finishedBacktest,
  storeTestBars,
  storeTestUniverse,
  testStrategy,
} from "./strategy-jobs.test-support.ts";

let context: TestDatabase;
let engine: JobEngine;
let workspaceId: string;
let backtestId: string;
let instrumentIds: number[];

beforeAll(async () => {
  context = await createTestDatabase();
  engine = createTestEngine(context.database, 2);
  workspaceId = await createWorkspace(context.database);
  instrumentIds = await storeTestUniverse(context.database, workspaceId, {
    seed: 7,
    instruments: 2,
    bars: 1_500,
  });
  const config = testStrategy({ books: [instrumentIds], formationBars: 500, tradingBars: 1_000 });
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

async function firstSeries() {
  const { pool } = context.database;
  const [series] = await seriesOfInstruments(pool, workspaceId, instrumentIds, HOUR_MS);
  if (series === undefined) throw new Error("the universe was not stored");
  return series;
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

test("regression: a bar after the period made the data of a report differ", async () => {
  const before = await firstSeries();
  const price = Float64Array.of(100);
  await storeTestBars(context.database, workspaceId, before.symbol, {
    openTimeMs: Float64Array.of(before.lastOpenTimeMs + HOUR_MS),
    ...{ open: price, high: price, low: price, close: price, volume: price },
  });
  expect((await firstSeries()).contentHash).not.toBe(before.contentHash);
  const { agrees, parts } = await verify();
  expect(parts.filter((part) => part.agrees !== true)).toEqual([]);
  expect(agrees).toBe(true);
});

test("a report from before hashes were of the bars read says so, and is compared by its figures", async () => {
  const report = await storedReport();
  await context.database.pool.query(
    `UPDATE backtest SET report = jsonb_set(report #- '{manifest,hashedBars}', '{manifest,dataHash}', '"old"')
      WHERE id = $1`,
    [backtestId],
  );
  const { agrees, parts } = await verify();
  await context.database.pool.query("UPDATE backtest SET report = $2 WHERE id = $1", [
    backtestId,
    report,
  ]);
  expect(agrees).toBe(true);
  expect(parts.filter((part) => part.agrees !== true)).toMatchObject([
    { name: "data", agrees: null, reported: "not kept" },
  ]);
});

test("other data does not agree, and the parts say where", async () => {
  const { pool } = context.database;
  await pool.query(
    "UPDATE bar SET close = close * 1.001, high = high * 1.01 WHERE open_time_ms % 7200000 = 0",
  );
  const { agrees, parts } = await verify();
  expect(agrees).toBe(false);
  const differing = parts.filter((part) => !part.agrees).map(({ name }) => name);
  expect(differing).toEqual(expect.arrayContaining(["data", "fills", "equity"]));
  expect(differing).not.toContain("settings");
});

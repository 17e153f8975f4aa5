import { afterAll, beforeAll, expect, test } from "vitest";
import type { WalkForward } from "#contracts/backtest-plan.ts";
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

async function verify(own: JobEngine = engine, of: string = backtestId) {
  const { pool } = context.database;
  const { rows } = await pool.query<{ id: string }>(
    `INSERT INTO verification (id, workspace_id, backtest_id)
     VALUES (gen_random_uuid(), $1, $2) RETURNING id`,
    [workspaceId, of],
  );
  const verificationId = rows[0]?.id ?? "";
  const job = await runNow(own, workspaceId, { kind: "verification", verificationId });
  expect(job).toMatchObject({ state: "succeeded", error: null, subjectId: of });
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
  const { agrees, parts } = await verifyChanged(
    `jsonb_set(report #- '{manifest,hashedBars}', '{manifest,dataHash}', '"old"')`,
  );
  expect(agrees).toBe(true);
  expect(parts.filter((part) => part.agrees !== true)).toMatchObject([
    { name: "data", agrees: null, reported: "not kept" },
    { name: "series", agrees: null, reported: "not kept" },
  ]);
});

test("regression: a report from before trades told their signals was said to disagree", async () => {
  const { agrees, parts } = await verifyChanged(
    `jsonb_set(report #- '{analysis,lookAhead,continuedCuts}' #- '{scanWarnings}', '{trades}',
      (SELECT jsonb_agg(trade - 'signals') FROM jsonb_array_elements(report -> 'trades') AS trade))`,
  );
  expect(parts.filter((part) => part.agrees === false)).toEqual([]);
  expect(agrees).toBe(true);
});

/** Verifies the report as it would be with a change, an expression of SQL, and puts it back as it was. */
async function verifyChanged(changed: string) {
  const { pool } = context.database;
  const report = await storedReport();
  await pool.query(`UPDATE backtest SET report = ${changed} WHERE id = $1`, [backtestId]);
  try {
    return await verify();
  } finally {
    await pool.query("UPDATE backtest SET report = $2 WHERE id = $1", [backtestId, report]);
  }
}

test.each([
  { at: "analysis,months,0,return", name: "months" },
  { at: "costs,fees", name: "costs" },
  { at: "instrumentCosts,0,fees", name: "instrumentCosts" },
  { at: "trades,0,legs,1,entryPrice", name: "trades" },
  { at: "analysis,drawdowns,0,depth", name: "drawdowns" },
  { at: "analysis,benchmarks,0,sharpeRatio,value", name: "benchmarks" },
  { at: "analysis,intervals,0,lower", name: "intervals" },
  { at: "analysis,evidence,deflatedSharpe,value", name: "deflatedSharpe" },
  { at: "analysis,evidence,trials", name: "deflatedSharpe" },
  { at: "analysis,lookAhead,cuts,0", name: "lookAhead" },
  { at: "books,0,fit", name: "books", to: '{"hedgeRatio": 7}' },
  { at: "finalEquity", name: "finalEquity" },
  { at: "manifest,series,0,bars", name: "series" },
])("regression: a report with another $at was said to agree", async ({ at, name, to = "7" }) => {
  const { agrees, parts } = await verifyChanged(`jsonb_set(report, '{${at}}', '${to}')`);
  expect(agrees).toBe(false);
  expect(parts.filter((part) => part.agrees !== true).map((part) => part.name)).toEqual([name]);
});

test("what depends on when a report was made is not compared", async () => {
  const { agrees } = await verifyChanged(
    `jsonb_set(jsonb_set(jsonb_set(report, '{durationMs}', '7'),
       '{warnings}', '["of a scan since deleted"]'::jsonb || (report -> 'warnings')),
       '{scanWarnings}', '1')`,
  );
  expect(agrees).toBe(true);
});

test("regression: a report with another warning was said to agree", async () => {
  const { agrees, parts } = await verifyChanged(
    `jsonb_set(report, '{warnings}', '["Nothing to worry about."]')`,
  );
  expect(agrees).toBe(false);
  expect(parts.filter((part) => !part.agrees).map(({ name }) => name)).toEqual(["warnings"]);
});

test("regression: drawn columns other than the equity were not compared", async () => {
  const { pool } = context.database;
  const { rows } = await pool.query<{ bars: number; columns: string[] }>(
    `SELECT octet_length(series) / 8 / array_length(series_columns, 1) AS bars,
            series_columns AS columns FROM backtest WHERE id = $1`,
    [backtestId],
  );
  const [{ bars, columns } = { bars: 0, columns: [] }] = rows;
  const place = columns.indexOf("close.1");
  const flip = async () => {
    await pool.query(
      `UPDATE backtest SET series = set_byte(series, $2, get_byte(series, $2) # 1) WHERE id = $1`,
      [backtestId, 8 * (place * bars + 17)],
    );
  };
  await flip();
  const { agrees, parts } = await verify();
  await flip();
  expect(agrees).toBe(false);
  expect(parts.filter((part) => !part.agrees).map(({ name }) => name)).toEqual([
    "chartColumns",
    "chartColumns.close.1",
  ]);
  expect((await verify()).agrees).toBe(true);
});

test("columns that a report was made without are told, and are no disagreement", async () => {
  const { pool } = context.database;
  const { rows } = await pool.query("SELECT series, series_columns FROM backtest WHERE id = $1", [
    backtestId,
  ]);
  await pool.query(
    `UPDATE backtest SET series_columns = series_columns[1:array_length(series_columns, 1) - 1],
       series = substring(series from 1 for
         octet_length(series) / array_length(series_columns, 1) * (array_length(series_columns, 1) - 1))
     WHERE id = $1`,
    [backtestId],
  );
  const { agrees, parts } = await verify();
  await pool.query("UPDATE backtest SET series = $2, series_columns = $3 WHERE id = $1", [
    ...[backtestId, rows[0]?.series, rows[0]?.series_columns],
  ]);
  expect(agrees).toBe(true);
  expect(parts.filter((part) => part.agrees === null)).toHaveLength(1);
});

test("a walk-forward made again agrees in its windows too, until one of them is another", async () => {
  const config = testStrategy({ books: [instrumentIds], formationBars: 700, tradingBars: 700 });
  const walkForward: WalkForward = {
    ...{ formationBars: 500, tradingBars: 400, window: "rolling", purgeBars: 0, embargoBars: 0 },
    ...{ selection: { kind: "fixed" }, optimise: null },
  };
  const plan = { kind: "walk-forward" as const, walkForward };
  const { backtestId: walked } = await finishedBacktest(engine, workspaceId, config, plan);
  const same = await verify(engine, walked);
  expect(same.parts.filter((part) => part.agrees !== true)).toEqual([]);
  await context.database.pool.query(
    "UPDATE backtest SET report = jsonb_set(report, '{windows,0,pairs,0,netPnl}', '7') WHERE id = $1",
    [walked],
  );
  const other = await verify(engine, walked);
  expect(other.agrees).toBe(false);
  expect(other.parts.filter((part) => !part.agrees).map(({ name }) => name)).toEqual(["windows"]);
});

test("regression: a walk-forward that had chosen its parameters was verified with its trials counted twice", async () => {
  const config = testStrategy({ books: [instrumentIds], formationBars: 700, tradingBars: 700 });
  const walkForward: WalkForward = {
    ...{ formationBars: 500, tradingBars: 400, window: "rolling", purgeBars: 0, embargoBars: 0 },
    selection: { kind: "fixed" },
    optimise: {
      space: { entryZScore: [1, 1.5, 2] },
      objective: "sharpeRatio",
    },
  };
  const plan = { kind: "walk-forward" as const, walkForward };
  const { backtestId: walked, report } = await finishedBacktest(engine, workspaceId, config, plan);
  expect(report.analysis?.evidence.deflatedSharpe.value).not.toBeNull();
  const { agrees, parts } = await verify(engine, walked);
  expect(parts.filter((part) => part.agrees !== true)).toEqual([]);
  expect(agrees).toBe(true);
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

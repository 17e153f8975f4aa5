import { afterAll, beforeAll, expect, test } from "vitest";
import { Verification } from "#contracts/verification.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.test-support.ts";
import { syntheticUniverse } from "#quant/synthetic/synthetic-universe.ts";
import { HOUR_MS, START_MS } from "../imports/import-cases.test-support.ts";
import type { JobEngine } from "./job-context.ts";
import { createTestEngine, createWorkspace, runNow } from "./job-harness.test-support.ts";
import { finishedBacktest, storeTestBars, testStrategy } from "./strategy-jobs.test-support.ts";

const HALF_MS = HOUR_MS / 2;
const HOURS = 1_500;
const PROTECTION = { stopLoss: 0.005, takeProfit: 0.005 };

type HalfHours = ReturnType<typeof syntheticUniverse>[number];

let context: TestDatabase;
let engine: JobEngine;
let workspaceId: string;
let instrumentIds: number[];
let halves: readonly HalfHours[];

beforeAll(async () => {
  context = await createTestDatabase();
  engine = createTestEngine(context.database, 2);
  workspaceId = await createWorkspace(context.database);
  halves = syntheticUniverse({
    ...{ seed: 7, instruments: 2, bars: 2 * HOURS, intervalMs: HALF_MS, startMs: START_MS },
  });
  instrumentIds = [];
  for (const half of halves) {
    const { symbol } = half;
    instrumentIds.push(await storeTestBars(context.database, workspaceId, symbol, hours(half)));
  }
});

afterAll(async () => {
  await engine.compute.close();
  await context.drop();
});

/** Two and two halves make an hour. */
function hours({ openTimeMs, open, high, low, close, volume }: HalfHours) {
  const of = (value: (first: number) => number): Float64Array =>
    Float64Array.from({ length: HOURS }, (_, hour) => value(2 * hour));
  const at = (column: Float64Array, i: number): number => Number(column[i]);
  return {
    openTimeMs: of((i) => at(openTimeMs, i)),
    open: of((i) => at(open, i)),
    high: of((i) => Math.max(at(high, i), at(high, i + 1))),
    low: of((i) => Math.min(at(low, i), at(low, i + 1))),
    close: of((i) => at(close, i + 1)),
    volume: of((i) => at(volume, i) + at(volume, i + 1)),
  };
}

function run(protection?: typeof PROTECTION) {
  const config = testStrategy({
    ...{ books: [instrumentIds], formationBars: 500, tradingBars: HOURS - 500 },
    ...(protection === undefined ? {} : { protection }),
  });
  return finishedBacktest(engine, workspaceId, config);
}

/** Names of what a verification finds otherwise. */
async function differingParts(backtestId: string) {
  const { pool } = context.database;
  const { rows } = await pool.query<{ id: string }>(
    `INSERT INTO verification (id, workspace_id, backtest_id)
     VALUES (gen_random_uuid(), $1, $2) RETURNING id`,
    [workspaceId, backtestId],
  );
  const verificationId = rows[0]?.id ?? "";
  await runNow(engine, workspaceId, { kind: "verification", verificationId });
  const stored = await pool.query("SELECT outcome FROM verification WHERE id = $1", [
    verificationId,
  ]);
  const parts = Verification.shape.outcome.parse(stored.rows[0]?.outcome)?.parts ?? [];
  expect(parts.length).toBeGreaterThan(0);
  return parts.filter(({ agrees }) => agrees !== true).map(({ name }) => name);
}

test("regression: the inside of a bar was never told by finer bars that were there", async () => {
  const byPath = await run(PROTECTION);
  const exits = byPath.report.trades.map(({ exitReason }) => exitReason);
  expect(exits).toContain("protective-stop");
  expect(exits).toContain("protective-limit");
  expect(byPath.report.manifest.insideBars).toEqual({
    finerIntervalMs: null,
    reason: "there are no shorter bars of its instruments",
  });
  expect(byPath.report.warnings.join(" ")).toContain("pessimistic path");

  for (const [place, half] of halves.entries()) {
    const part = place === 0 ? half : withoutHour(half, 700);
    await storeTestBars(context.database, workspaceId, half.symbol, part, HALF_MS);
  }
  const holed = await run(PROTECTION);
  const untold = { bars: 1, firstMs: START_MS + 700 * HOUR_MS, symbol: halves[1]?.symbol };
  expect(holed.report.manifest.insideBars).toEqual({
    ...{ finerIntervalMs: HALF_MS, reason: null, untold },
  });
  expect(holed.report.warnings.join(" ")).toContain(
    "do not tell the inside of 1 bar for every instrument",
  );
  expect(holed.report.analysis?.lookAhead.isPassed).toBe(true);
  expect(await differingParts(holed.backtestId)).toEqual([]);

  for (const half of halves) {
    await storeTestBars(context.database, workspaceId, half.symbol, half, HALF_MS);
  }
  const finer = await run(PROTECTION);
  expect(finer.report.manifest.insideBars).toEqual({ finerIntervalMs: HALF_MS, reason: null });
  const read = finer.report.manifest.series.filter(({ intervalMs }) => intervalMs === HALF_MS);
  expect(read).toHaveLength(2);
  expect(new Set(read.map(({ bars }) => bars))).toEqual(new Set([2 * (HOURS - 500)]));
  expect(finer.report.manifest.dataHash).not.toBe(byPath.report.manifest.dataHash);
  expect(finer.report.analysis?.lookAhead.isPassed).toBe(true);
  // Finer bars grant what the pessimistic path did not, and nothing less.
  expect(finer.report.finalEquity).not.toBe(byPath.report.finalEquity);
  expect(finer.report.warnings.join(" ")).not.toContain("pessimistic path");

  for (const { backtestId } of [byPath, finer]) {
    expect(await differingParts(backtestId)).toEqual([]);
  }
  // Bars that were added are other data, and named as such.
  expect(await differingParts(holed.backtestId)).toEqual(["warnings", "data", "series"]);
});

test("regression: bars that end after what is traded were not covered to their end", async () => {
  const config = testStrategy({
    ...{ books: [instrumentIds], formationBars: 500, tradingBars: HOURS - 600 },
    protection: PROTECTION,
  });
  const endMs = config.trading.endMs - HOUR_MS / 4;
  const trading = { ...config.trading, endMs };
  const { report } = await finishedBacktest(engine, workspaceId, { ...config, trading });
  expect(report.manifest.insideBars).toEqual({ finerIntervalMs: HALF_MS, reason: null });
});

test("without stops and limits no finer bars are read, and nothing is said of them", async () => {
  const { manifest, warnings } = (await run()).report;
  expect(manifest.insideBars).toBeUndefined();
  expect(manifest.series).toHaveLength(2);
  expect(warnings.join(" ")).not.toContain("inside bars");
});

function withoutHour(half: HalfHours, hour: number) {
  const kept = (column: Float64Array): Float64Array =>
    column.filter((_, i) => Math.floor(i / 2) !== hour);
  const { openTimeMs, open, high, low, close, volume } = half;
  return {
    openTimeMs: kept(openTimeMs),
    open: kept(open),
    high: kept(high),
    low: kept(low),
    close: kept(close),
    volume: kept(volume),
  };
}

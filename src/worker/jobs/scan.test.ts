import { afterAll, beforeAll, expect, test } from "vitest";
import { Manifest } from "#contracts/manifest.ts";
import type { ScanConfig, ScanPairRow } from "#contracts/scan.ts";
import { ScanSummary } from "#contracts/scan.ts";
import { listSeries } from "#db/instruments.ts";
import { jobById, requestJobCancel } from "#db/jobs.ts";
import { scanPairsOf } from "#db/scan-pairs.test-support.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.test-support.ts";
import { inTransaction } from "#db/transaction.ts";
import { HOUR_MS, START_MS } from "../imports/import-cases.test-support.ts";
import type { JobEngine } from "./job-context.ts";
import {
  addJob,
  createScan,
  createTestEngine,
  createUniverse,
  createWorkspace,
  importFiles,
  NEVER_STOPPING,
  runNow,
  whileBarsChange,
} from "./job-harness.test-support.ts";
import { runJob } from "./run-job.ts";

let context: TestDatabase;
let engine: JobEngine;
let workspaceId: string;

const BARS = 200;

/** A walk that the same seed always gives, in small whole cents. */
function walk(seed: number, bars: number): number[] {
  let state = seed;
  let price = 10_000;
  return Array.from({ length: bars }, () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    price += (state % 101) - 50;
    return price / 100;
  });
}

function closesCsv(prices: readonly number[], firstBar = 0): string {
  const rows = prices.map((price, i) => `${START_MS + (firstBar + i) * HOUR_MS},${price}`);
  return ["ts,close", ...rows].join("\n");
}

beforeAll(async () => {
  context = await createTestDatabase();
  engine = createTestEngine(context.database, 2);
  workspaceId = await createWorkspace(context.database);
  const a = walk(1, BARS);
  await importFiles(engine, workspaceId, [
    { name: "AAA.csv", bytes: closesCsv(a) },
    { name: "BBB.csv", bytes: closesCsv(walk(2, BARS)) },
    { name: "COPY.csv", bytes: closesCsv(a.map((price) => price * 2)) },
    { name: "FLAT.csv", bytes: closesCsv(a.map(() => 5)) },
    { name: "LATER.csv", bytes: closesCsv(walk(3, 50), BARS) },
    { name: "SHORT.csv", bytes: closesCsv(walk(4, 20)) },
  ]);
});

afterAll(async () => {
  await engine.compute.close();
  await context.drop();
});

async function idsOf(...symbols: string[]): Promise<number[]> {
  const series = await listSeries(context.database, workspaceId);
  return series.filter(({ symbol }) => symbols.includes(symbol)).map((one) => one.instrumentId);
}

async function scan(
  symbols: readonly string[],
  options: Partial<ScanConfig> = {},
): Promise<{
  readonly job: Awaited<ReturnType<typeof runNow>>;
  readonly rows: readonly ScanPairRow[];
  readonly summary: ScanSummary | null;
}> {
  const ids = await idsOf(...symbols);
  const scanId = await createScan(context.database, workspaceId, {
    universeId: await createUniverse(context.database, workspaceId, HOUR_MS, ids),
    formation: { startMs: START_MS, endMs: START_MS + 250 * HOUR_MS },
    lags: { kind: "aic" },
    direction: "y-on-x",
    significance: 0.05,
    ...options,
  });
  const job = await runNow(engine, workspaceId, { kind: "scan", scanId });
  const { rows } = await context.database.pool.query("SELECT summary FROM scan WHERE id = $1", [
    scanId,
  ]);
  return {
    job,
    rows: await scanPairsOf(context.database, workspaceId, scanId),
    summary: ScanSummary.nullable().parse(rows[0]?.summary ?? null),
  };
}

test("a pair without an answer says why, and the others are tested all the same", async () => {
  const { job, rows, summary } = await scan(["AAA", "BBB", "COPY", "FLAT", "LATER", "SHORT"]);
  expect(job.state).toBe("succeeded");
  const refusals = new Map(rows.map((row) => [`${row.symbolY} ${row.symbolX}`, row.refusal]));
  expect(refusals.get("AAA BBB")).toBeNull();
  expect(refusals.get("AAA COPY")).toBe("collinear");
  expect(refusals.get("AAA FLAT")).toBe("constant");
  expect(refusals.get("AAA LATER")).toBe("no-common-bars");
  expect(refusals.get("AAA SHORT")).toBe("too-short");
  expect(summary).toMatchObject({ pairCount: 15, testedCount: 2, refusedCount: 13 });
  expect(summary?.warnings?.join()).toContain("weaker: LATER, SHORT");
  expect(summary?.dataSpan?.firstOpenTimeMs).toBe(START_MS);
  for (const row of rows) expect(row.qValue === null).toBe(row.refusal !== null);
});

test("leg Y is the symbol that comes first in the alphabet", async () => {
  const { rows } = await scan(["BBB", "AAA"]);
  expect(rows).toMatchObject([{ symbolY: "AAA", symbolX: "BBB", observations: BARS }]);
});

test("both directions count when the smaller p-value is taken: it is doubled", async () => {
  const [one] = (await scan(["AAA", "BBB"])).rows;
  const [both] = (await scan(["AAA", "BBB"], { direction: "smaller-of-both-doubled" })).rows;
  const smaller = Math.min(one?.pValueYx ?? 9, one?.pValueXy ?? 9);
  expect(one?.qValue).toBe(one?.pValueYx);
  expect(both?.qValue).toBe(Math.min(1, 2 * smaller));
});

test("a formation period longer than the data is flagged", async () => {
  const { summary } = await scan(["AAA", "BBB"], {
    formation: { startMs: START_MS - 1_000 * HOUR_MS, endMs: START_MS + 9_000 * HOUR_MS },
  });
  expect(summary?.warnings).toEqual([
    expect.stringContaining("starts before the data: the first bar is that of 2024-01-01 00:00"),
    expect.stringContaining("ends after the data: the last bar is that of 2024-01-09 07:00"),
  ]);
});

test("a formation period without any data fails, naming the field", async () => {
  const { job, rows } = await scan(["AAA", "BBB"], {
    formation: { startMs: 0, endMs: START_MS },
  });
  expect(job).toMatchObject({
    state: "failed",
    error: { code: "invalid-input", field: "formation" },
  });
  expect(rows).toEqual([]);
});

test("regression: five bars were scanned, and nothing could be tested", async () => {
  const { job, rows } = await scan(["AAA", "BBB"], {
    formation: { startMs: START_MS - 1_000 * HOUR_MS, endMs: START_MS + 5 * HOUR_MS },
  });
  expect(job).toMatchObject({
    state: "failed",
    error: { code: "invalid-input", field: "formation" },
  });
  expect(rows).toEqual([]);
});

test("a universe that has lost its instruments fails, naming the field", async () => {
  const { job } = await scan(["AAA"]);
  expect(job.error).toMatchObject({ code: "invalid-input", field: "universeId" });
});

test("regression: a manifest could name data that came in after the closes were read", async () => {
  const manifest = async () => {
    const { rows } = await context.database.pool.query(
      "SELECT manifest FROM scan ORDER BY created_at DESC LIMIT 1",
    );
    return Manifest.parse(rows[0]?.manifest);
  };
  const before = await scan(["AAA", "BBB"]);
  const { dataHash } = await manifest();
  const after = await whileBarsChange(context.database, () => scan(["AAA", "BBB"]));
  expect((await manifest()).dataHash).toBe(dataHash);
  expect(after.rows[0]?.statisticYx).toBe(before.rows[0]?.statisticYx);
});

test("a scan that is cancelled while it is stored waits for no statement", async () => {
  const { pool } = context.database;
  const ids = await idsOf("AAA", "BBB");
  const scanId = await createScan(context.database, workspaceId, {
    universeId: await createUniverse(context.database, workspaceId, HOUR_MS, ids),
    formation: { startMs: START_MS, endMs: START_MS + 250 * HOUR_MS },
    lags: { kind: "aic" },
    direction: "y-on-x",
    significance: 0.05,
  });
  const jobId = await addJob(context.database, workspaceId, { kind: "scan", scanId });
  await inTransaction(pool, async (other) => {
    // Whoever stores pairs waits until this transaction ends.
    await other.query("LOCK TABLE scan_pair IN ACCESS EXCLUSIVE MODE");
    const running = runJob(engine, jobId, NEVER_STOPPING);
    const waiting = "SELECT FROM pg_locks WHERE relation = 'scan_pair'::regclass AND NOT granted";
    for (let count = 0; count !== 1; ) count = (await pool.query(waiting)).rowCount ?? 0;
    await requestJobCancel(context.database, workspaceId, jobId);
    engine.cancelRequests.emit(jobId);
    await running;
    const job = await jobById(context.database, workspaceId, jobId);
    expect(job).toMatchObject({ state: "cancelled" });
  });
  expect(await scanPairsOf(context.database, workspaceId, scanId)).toEqual([]);
});

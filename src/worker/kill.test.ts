// A worker is killed with SIGKILL in the middle of its work; the next one must go on soon, and leave no row
// doubled or missing. Real processes, real database.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import process from "node:process";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { BacktestReport } from "#contracts/backtest.ts";
import type { BacktestPlan } from "#contracts/backtest-plan.ts";
import type { OptimisationConfig } from "#contracts/optimisation.ts";
import { type Bars, barsBetween, contentHash } from "#db/bars.ts";
import { insertDemoBacktest } from "#db/demo-template.ts";
import { listSeries } from "#db/instruments.ts";
import { jobById } from "#db/jobs.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.test-support.ts";
import { inTransaction } from "#db/transaction.ts";
import { uploadById } from "#db/uploads.ts";
import { createRandom } from "#quant/synthetic/random.ts";
import { START_MS } from "./imports/import-cases.test-support.ts";
import {
  addJob,
  createScan,
  createTestEngine,
  createUniverse,
  createWorkspace,
  storeUpload,
} from "./jobs/job-harness.test-support.ts";
import { storeOneSeries } from "./jobs/store-series.ts";
import {
  finishedBacktest,
  runTestOptimisation,
  storeOptimisation,
  storeStrategy,
  storeTestUniverse,
  testStrategy,
} from "./jobs/strategy-jobs.test-support.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** 15 seconds of a machine of one's own: starting a process on one that is busy takes as long again, and more. */
const GO_ON_WITHIN_MS = 45_000;

vi.setConfig({ testTimeout: 400_000 });

let context: TestDatabase;
const workers = new Set<ChildProcess>();

beforeAll(async () => {
  context = await createTestDatabase();
});

afterEach(() => stopWorkers());

afterAll(() => context.drop());

function startWorker(): ChildProcess {
  const worker = spawn(process.execPath, [path.join(import.meta.dirname, "main.ts")], {
    env: {
      ...process.env,
      DATABASE_URL: context.connectionString,
      WORKER_ROLES: "jobs",
      LOG_LEVEL: "error",
    },
    stdio: ["ignore", "ignore", "inherit"],
  });
  workers.add(worker);
  return worker;
}

async function kill(worker: ChildProcess, signal: "SIGKILL" | "SIGTERM"): Promise<void> {
  workers.delete(worker);
  if (worker.exitCode !== null || worker.signalCode !== null) return;
  const exited = once(worker, "exit");
  worker.kill(signal);
  await exited;
}

async function stopWorkers(): Promise<void> {
  for (const worker of workers) await kill(worker, "SIGTERM");
}

async function progressOf(workspaceId: string, jobId: string): Promise<number> {
  const job = await jobById(context.database, workspaceId, jobId);
  expect(["queued", "running"]).toContain(job?.state);
  return job?.progress ?? 0;
}

/** Kills a worker once its job has come this far, starts another, and waits for the end. */
async function killAndGoOn(workspaceId: string, jobId: string, progress: number): Promise<void> {
  const first = startWorker();
  await expect
    .poll(() => progressOf(workspaceId, jobId), { timeout: 120_000, interval: 20 })
    .toBeGreaterThan(progress);
  await kill(first, "SIGKILL");
  const restartedAtMs = Date.now();
  startWorker();
  const job = () => jobById(context.database, workspaceId, jobId);
  await expect
    .poll(async () => (await job())?.state, { timeout: 250_000, interval: 50 })
    .toBe("succeeded");
  const startedAtMs = (await job())?.startedAtMs ?? 0;
  expect(startedAtMs).toBeGreaterThan(restartedAtMs);
  expect(startedAtMs - restartedAtMs).toBeLessThan(GO_ON_WITHIN_MS);
  const { rows } = await context.database.pool.query("SELECT attempts FROM job WHERE id = $1", [
    jobId,
  ]);
  expect(rows).toEqual([{ attempts: 2 }]);
}

function minuteCsv(count: number): string {
  const lines = ["ts,open,high,low,close,volume"];
  for (let i = 0; i < count; i++) {
    const price = 100 + (i % 97) / 10;
    lines.push([START_MS + i * MINUTE_MS, price, price + 1, price - 1, price + 0.5, i].join(","));
  }
  return lines.join("\n");
}

test("an import goes on after SIGKILL, and every bar of every file is there once", async () => {
  const workspaceId = await createWorkspace(context.database);
  const barCounts = new Map([
    ["FIRST", 5_000],
    ["SECOND", 400_000],
    ["THIRD", 5_000],
  ]);
  const uploadIds: string[] = [];
  for (const [symbol, count] of barCounts) {
    const file = { name: `${symbol}.csv`, bytes: minuteCsv(count) };
    uploadIds.push(await storeUpload(context.database, workspaceId, file));
  }
  const jobId = await addJob(context.database, workspaceId, {
    kind: "import-uploads",
    uploadIds,
    badRows: "refuse",
  });
  await killAndGoOn(workspaceId, jobId, 0.55);
  const series = await listSeries(context.database, workspaceId);
  expect(new Map(series.map(({ symbol, barCount }) => [symbol, barCount]))).toEqual(barCounts);
  for (const one of series) {
    const bars = await barsBetween(context.database, one.seriesId);
    expect(bars.close).toHaveLength(one.barCount);
    expect(contentHash(bars)).toBe(one.contentHash);
    expect(one.missingCount).toBe(0);
  }
  for (const id of uploadIds) {
    const upload = await uploadById(context.database, workspaceId, id);
    expect(upload).toMatchObject({ state: "imported", report: { series: [{ replacedCount: 0 }] } });
  }
  const chunks = await context.database.pool.query("SELECT FROM upload_chunk");
  expect(chunks.rowCount).toBe(0);
});

/** Closes that wander from hour to hour, like no other series. */
function walk(stream: number, count: number): Bars {
  const { gaussian } = createRandom(1, stream);
  const openTimeMs = Float64Array.from({ length: count }, (_, t) => START_MS + t * HOUR_MS);
  const none = new Float64Array(count).fill(Number.NaN);
  let level = 4;
  const close = openTimeMs.map(() => {
    level += 0.01 * gaussian();
    return Math.exp(level);
  });
  return { openTimeMs, open: none, high: none, low: none, close, volume: none };
}

test("a scan goes on after SIGKILL, and every pair is there once", async () => {
  const workspaceId = await createWorkspace(context.database);
  // Few bars and very many pairs: testing and storing them takes seconds.
  const bars = 250;
  for (let i = 0; i < 600; i++) {
    await inTransaction(context.database.pool, (client) =>
      storeOneSeries(
        client,
        { workspaceId, venue: "upload", symbol: `WALK${i}`, name: "", group: "" },
        { symbol: `WALK${i}`, bars: walk(i, bars), duplicateCount: 0, rejectedCount: 0 },
        { intervalMs: HOUR_MS, closeOnly: true, signal: new AbortController().signal },
      ),
    );
  }
  const scanId = await createScan(context.database, workspaceId, {
    universeId: await createUniverse(context.database, workspaceId, HOUR_MS),
    formation: { startMs: START_MS, endMs: START_MS + bars * HOUR_MS },
    lags: { kind: "aic" },
    direction: "y-on-x",
    significance: 0.05,
  });
  const jobId = await addJob(context.database, workspaceId, { kind: "scan", scanId });
  await killAndGoOn(workspaceId, jobId, 0.2);
  const { rows } = await context.database.pool.query(
    `SELECT count(*)::int AS pairs, count(q_value)::int AS tested FROM scan_pair
     WHERE scan_id = $1`,
    [scanId],
  );
  expect(rows).toEqual([{ pairs: 179_700, tested: 179_700 }]);
});

test("an optimisation goes on after SIGKILL, and its trials are those of one that was left alone", async () => {
  const { database } = context;
  const workspaceId = await createWorkspace(database);
  const ids = await storeTestUniverse(database, workspaceId, {
    seed: 3,
    instruments: 4,
    bars: 4_000,
  });
  // Two pairs are for the event engine: it takes seconds.
  const config = testStrategy({
    books: [ids.slice(0, 2), ids.slice(2)],
    formationBars: 1_000,
    tradingBars: 3_000,
  });
  const search: OptimisationConfig = {
    space: {
      entryZScore: { kind: "range", from: 1, to: 3, step: 0.1 },
      exitZScore: { kind: "range", from: 0, to: 0.9, step: 0.05 },
    },
    method: { kind: "grid" },
    objective: "totalReturn",
    tradesMin: 1,
  };
  const versionId = await storeStrategy(database, workspaceId, config);
  const optimisationId = await storeOptimisation(database, workspaceId, versionId, search);
  const jobId = await addJob(database, workspaceId, { kind: "optimisation", optimisationId });
  await killAndGoOn(workspaceId, jobId, 0.3);
  const { rows } = await database.pool.query<{ name: string; data: Buffer }>(
    "SELECT name, data FROM optimisation_column WHERE optimisation_id = $1",
    [optimisationId],
  );
  // Or the worker would take the job that is run here.
  await stopWorkers();
  const engine = createTestEngine(database, 2);
  const alone = await runTestOptimisation(engine, workspaceId, config, search);
  await engine.compute.close();
  expect(rows).toHaveLength(alone.columns.size);
  for (const { name, data } of rows) {
    const values = Array.from({ length: data.length / 8 }, (_, i) => data.readDoubleLE(8 * i));
    expect(values).toEqual(alone.columns.get(name));
  }
});

test("a walk-forward goes on after SIGKILL to the hashes of one that was left alone", async () => {
  const { database } = context;
  const workspaceId = await createWorkspace(database);
  const ids = await storeTestUniverse(database, workspaceId, {
    seed: 3,
    instruments: 10,
    bars: 6_000,
  });
  const config = testStrategy({
    books: [ids.slice(0, 2)],
    formationBars: 1_000,
    tradingBars: 5_000,
  });
  const plan: BacktestPlan = {
    kind: "walk-forward",
    walkForward: {
      formationBars: 1_000,
      tradingBars: 250,
      window: "rolling",
      purgeBars: 0,
      embargoBars: 0,
      selection: {
        kind: "scan",
        instruments: ids,
        falseDiscoveryRate: 0.5,
        halfLifeMaxBars: null,
        pairsMax: 3,
      },
      optimise: null,
    },
  };
  const versionId = await storeStrategy(database, workspaceId, config);
  const { backtestId } = await insertDemoBacktest(database, workspaceId, versionId, plan);
  const jobId = await addJob(database, workspaceId, { kind: "backtest", backtestId });
  await killAndGoOn(workspaceId, jobId, 0.3);
  const { rows } = await database.pool.query("SELECT report FROM backtest WHERE id = $1", [
    backtestId,
  ]);
  const engine = createTestEngine(database, 2);
  const alone = await finishedBacktest(engine, workspaceId, config, plan);
  await engine.compute.close();
  const hashes = BacktestReport.parse(rows[0]?.report).analysis?.hashes;
  expect(hashes).toEqual(alone.report.analysis?.hashes);
  expect(alone.report.trades.length).toBeGreaterThan(0);
});

test("a worker that is asked to stop ends by itself and leaves its job to the next one", async () => {
  const workspaceId = await createWorkspace(context.database);
  const file = { name: "STOPPED.csv", bytes: minuteCsv(200_000) };
  const uploadId = await storeUpload(context.database, workspaceId, file);
  const jobId = await addJob(context.database, workspaceId, {
    kind: "import-uploads",
    uploadIds: [uploadId],
    badRows: "refuse",
  });
  const worker = startWorker();
  await expect
    .poll(() => progressOf(workspaceId, jobId), { timeout: 120_000, interval: 20 })
    .toBeGreaterThan(0.1);
  await kill(worker, "SIGTERM");
  expect(worker.exitCode).toBe(0);
  expect(await jobById(context.database, workspaceId, jobId)).toMatchObject({ state: "queued" });
  const beating = await context.database.pool.query(
    "SELECT FROM worker_heartbeat WHERE started_at > (SELECT created_at FROM job WHERE id = $1)",
    [jobId],
  );
  const locked = await context.database.pool.query(
    "SELECT FROM graphile_worker.jobs WHERE locked_at IS NOT NULL",
  );
  expect([beating.rowCount, locked.rowCount]).toEqual([0, 0]);
});

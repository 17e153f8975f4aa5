import { afterAll, beforeAll, expect, test } from "vitest";
import type { OptimisationConfig } from "#contracts/optimisation.ts";
import { jobById, requestJobCancel } from "#db/jobs.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.test-support.ts";
import type { JobEngine } from "./job-context.ts";
import {
  addJob,
  createTestEngine,
  createWorkspace,
  NEVER_STOPPING,
} from "./job-harness.test-support.ts";
import { runJob } from "./run-job.ts";
import {
  finishedBacktest,
  runTestOptimisation,
  storeOptimisation,
  storeStrategy,
  storeTestUniverse,
  testStrategy,
} from "./strategy-jobs.test-support.ts";

let context: TestDatabase;
let engine: JobEngine;
let workspaceId: string;
let ids: number[];

const PERIODS = { formationBars: 500, tradingBars: 1_500 };
const GRID: OptimisationConfig = {
  space: {
    zScoreWindowBars: { kind: "values", values: [30, 60] },
    entryZScore: { kind: "range", from: 1.5, to: 2.5, step: 0.5 },
    prices: { kind: "values", values: ["log", "level"] },
  },
  method: { kind: "grid" },
  objective: "sharpeRatio",
  tradesMin: 1,
};

beforeAll(async () => {
  context = await createTestDatabase();
  engine = createTestEngine(context.database, 2);
  workspaceId = await createWorkspace(context.database);
  ids = await storeTestUniverse(context.database, workspaceId, {
    seed: 7,
    instruments: 4,
    bars: 2_000,
  });
});

afterAll(async () => {
  await engine.compute.close();
  await context.drop();
});

function strategy(parameters: Record<string, number | string> = {}) {
  return testStrategy({ ...PERIODS, books: [ids.slice(0, 2)], parameters });
}

test("a grid stores every trial in columns, and the best with what they are worth", async () => {
  const { job, summary, columns, live, trialCount } = await runTestOptimisation(
    engine,
    workspaceId,
    strategy(),
    GRID,
  );
  expect(job).toMatchObject({ state: "succeeded", error: null });
  expect(summary).toMatchObject({ trials: 12, skipped: 0, fastTrials: 12 });
  expect([live, trialCount]).toEqual([null, 12]);
  expect(columns.get("figure.sharpeRatio")).toHaveLength(12);
  const windows = [30, 30, 30, 60, 60, 60];
  expect(columns.get("parameter.zScoreWindowBars")).toEqual([...windows, ...windows]);
  expect(columns.get("parameter.prices")?.filter((place) => place === 0)).toHaveLength(6);
  const sharpes = summary?.best.map(({ figures }) => figures["sharpeRatio"] ?? 0) ?? [];
  expect(sharpes).toEqual(sharpes.toSorted((a, b) => b - a));
  const [best] = summary?.best ?? [];
  expect(best?.figures["valueAtRisk95"]).toEqual(expect.any(Number));
  expect(best?.neighbours).toEqual(expect.any(Number));
  expect(summary?.overfitting.backtestOverfitting.value).toBeGreaterThanOrEqual(0);
  expect(summary?.overfitting.deflatedSharpe.value).toBeLessThanOrEqual(
    summary?.overfitting.probabilisticSharpe.value ?? 0,
  );
});

test("a trial has the figures of a backtest with its parameters", async () => {
  const { summary } = await runTestOptimisation(engine, workspaceId, strategy(), GRID);
  for (const { parameters, figures } of summary?.best.slice(0, 3) ?? []) {
    const config = testStrategy({ ...PERIODS, books: [ids.slice(0, 2)], parameters });
    const { report } = await finishedBacktest(engine, workspaceId, config);
    const { metrics } = report;
    for (const name of [
      "totalReturn",
      "sharpeRatio",
      "drawdownMax",
      "turnover",
      "exposure",
    ] as const) {
      expect(figures[name], name).toBeCloseTo(metrics[name].value ?? Number.NaN, 9);
    }
    expect(figures["trades"]).toBe(metrics.tradeCount.value);
    expect(figures["valueAtRisk95"]).toBeCloseTo(metrics.valueAtRisk95.value ?? Number.NaN, 9);
  }
});

test("what was tried before raises the bar of what is tried after", async () => {
  const first = await runTestOptimisation(engine, workspaceId, strategy(), GRID);
  const second = await runTestOptimisation(engine, workspaceId, strategy(), GRID);
  const earlier = [first, second].map(({ summary }) => summary?.overfitting.earlierTrials ?? 0);
  expect((earlier[1] ?? 0) - (earlier[0] ?? 0)).toBe(12);
  const { report } = await finishedBacktest(engine, workspaceId, strategy({ entryZScore: 1.7 }));
  expect(report.analysis?.evidence.trials).toBeGreaterThan(24);
});

test("the same seed tries the same, whatever the number of threads", async () => {
  const single = createTestEngine(context.database, 1);
  for (const method of [
    { kind: "random", trials: 8, seed: 3 },
    { kind: "tpe", trials: 40, seed: 3 },
  ] as const) {
    const config: OptimisationConfig = {
      ...GRID,
      method,
      space: {
        zScoreWindowBars: { kind: "range", from: 20, to: 120, step: 5 },
        entryZScore: { kind: "range", from: 1, to: 3, step: 0.1 },
      },
    };
    const a = await runTestOptimisation(engine, workspaceId, strategy(), config);
    const b = await runTestOptimisation(single, workspaceId, strategy(), config);
    expect(a.summary?.trials).toBe(method.trials);
    expect(b.columns).toEqual(a.columns);
  }
  await single.compute.close();
});

test("strategies that the sweep does not cover are tried by the event engine", async () => {
  const config = testStrategy({ ...PERIODS, kind: "indicator-vote", books: [ids] });
  const { job, summary } = await runTestOptimisation(engine, workspaceId, config, {
    ...GRID,
    space: { votesToEnter: { kind: "range", from: 1, to: 3, step: 1 } },
    objective: "totalReturn",
  });
  expect(job.error).toBeNull();
  expect(summary).toMatchObject({ fastTrials: 0 });
  expect((summary?.trials ?? 0) + (summary?.skipped ?? 0)).toBe(3);
});

test("without a trial that can be ranked there is no best, and the panel says why", async () => {
  const { summary } = await runTestOptimisation(engine, workspaceId, strategy(), {
    ...GRID,
    tradesMin: 10_000,
  });
  expect(summary?.best).toEqual([]);
  expect(summary?.overfitting.deflatedSharpe).toEqual({
    value: null,
    reason: "no trial has a value to be ranked by",
  });
});

test("a search that is cancelled stops in its middle, and its trials count all the same", async () => {
  const { database } = context;
  // Two pairs are for the event engine: it takes seconds.
  const config = testStrategy({ ...PERIODS, books: [ids.slice(0, 2), ids.slice(2)] });
  const versionId = await storeStrategy(database, workspaceId, config);
  const optimisationId = await storeOptimisation(database, workspaceId, versionId, {
    ...GRID,
    space: {
      entryZScore: { kind: "range", from: 1, to: 3, step: 0.01 },
      exitZScore: { kind: "range", from: 0, to: 0.9, step: 0.01 },
    },
  });
  const jobId = await addJob(database, workspaceId, { kind: "optimisation", optimisationId });
  const running = runJob(engine, jobId, NEVER_STOPPING);
  const trialsOf = async (): Promise<number> => {
    const { rows } = await database.pool.query<{ count: number }>(
      "SELECT trial_count AS count FROM optimisation WHERE id = $1",
      [optimisationId],
    );
    return rows[0]?.count ?? 0;
  };
  await expect.poll(trialsOf, { timeout: 60_000, interval: 20 }).toBeGreaterThan(0);
  await requestJobCancel(database, workspaceId, jobId);
  engine.cancelRequests.emit(jobId);
  await running;
  const job = await jobById(database, workspaceId, jobId);
  expect(job?.state).toBe("cancelled");
  expect(await trialsOf()).toBeLessThan(10_000);
});

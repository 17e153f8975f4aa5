import { afterAll, beforeAll, expect, test } from "vitest";
import type { PairAnalysisConfig } from "#contracts/pair-analysis.ts";
import { requestJobCancel } from "#db/jobs.ts";
import { pairAnalysisOf, pairAnalysisSeriesOf, startPairAnalysis } from "#db/pair-analyses.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.test-support.ts";
import { engleGranger } from "#quant/cointegration/engle-granger.ts";
import { createRandom } from "#quant/synthetic/random.ts";
import { HOUR_MS, START_MS } from "../imports/import-cases.test-support.ts";
import type { JobEngine } from "./job-context.ts";
import {
  createTestEngine,
  createWorkspace,
  importFiles,
  NEVER_STOPPING,
} from "./job-harness.test-support.ts";
import { runJob } from "./run-job.ts";
import { valuesAtTimes } from "./values-at-times.ts";

const BARS = 400;
/** Bars that only leg Y has. */
const MISSING_IN_X = new Set([100, 101, 250]);

let context: TestDatabase;
let engine: JobEngine;
let workspaceId: string;
let legs: { instrumentY: number; instrumentX: number };
const closes = pairOfCloses();

function pairOfCloses(): { y: number[]; x: number[] } {
  const random = createRandom(5);
  const y: number[] = [];
  const x: number[] = [];
  let level = 4;
  let spread = 0;
  for (let t = 0; t < BARS; t++) {
    level += 0.01 * random.gaussian();
    spread = 0.8 * spread + 0.01 * random.gaussian();
    x.push(Math.exp(level));
    y.push(Math.exp(1 + 0.7 * level + spread));
  }
  return { y, x };
}

beforeAll(async () => {
  context = await createTestDatabase();
  engine = createTestEngine(context.database);
  workspaceId = await createWorkspace(context.database);
  const line = (bar: number, close: number) => `${START_MS + bar * HOUR_MS},${close}`;
  const rowsY = closes.y.map((close, bar) => line(bar, close));
  const rowsX = closes.x.map((close, bar) => line(bar, close));
  const keptX = rowsX.filter((_, bar) => !MISSING_IN_X.has(bar));
  await importFiles(engine, workspaceId, [
    { name: "YYY.csv", bytes: ["ts,close", ...rowsY].join("\n") },
    { name: "XXX.csv", bytes: ["ts,close", ...keptX].join("\n") },
  ]);
  const { rows } = await context.database.pool.query<{ symbol: string; id: number }>(
    "SELECT symbol, id FROM instrument",
  );
  const idOf = (symbol: string) => rows.find((row) => row.symbol === symbol)?.id ?? 0;
  legs = { instrumentY: idOf("YYY"), instrumentX: idOf("XXX") };
});

afterAll(async () => {
  await engine.compute.close();
  await context.drop();
});

/** A question without the limits of the web process: the owner is nobody. */
async function ask(changed: Partial<PairAnalysisConfig> = {}) {
  const config: PairAnalysisConfig = {
    ...legs,
    intervalMs: HOUR_MS,
    window: { startMs: START_MS, endMs: START_MS + BARS * HOUR_MS },
    prices: "log",
    hedge: { kind: "ols" },
    zScoreWindowBars: 20,
    testWindowBars: 60,
    costBps: 5,
    riskFreeBps: 1,
    ...changed,
  };
  const { rows } = await context.database.pool.query<{ id: string }>(
    `INSERT INTO user_account (id, name) VALUES (gen_random_uuid(), 'Somebody') RETURNING id`,
  );
  const owner = { workspaceId, userId: rows[0]?.id ?? "" };
  return startPairAnalysis(context.database, owner, config);
}

test("an analysis stores its figures and its series over the common bars", async () => {
  const { analysisId, jobId } = await ask();
  await runJob(engine, jobId ?? "", NEVER_STOPPING);
  const view = await pairAnalysisOf(context.database, workspaceId, analysisId);
  expect(view).toMatchObject({ job: { state: "succeeded", progress: 1 }, symbolY: "YYY" });
  const n = BARS - MISSING_IN_X.size;
  expect(view.result).toMatchObject({
    observations: n,
    droppedBars: 3,
    firstOpenTimeMs: START_MS,
    manifest: { codeHash: "code-under-test" },
  });
  const kept = (values: number[]) =>
    Float64Array.from(values.filter((_, bar) => !MISSING_IN_X.has(bar)).map(Math.log));
  const expected = engleGranger(kept(closes.y), kept(closes.x));
  expect(view.result?.hedge.hedgeRatio).toBeCloseTo(expected.hedgeRatio, 9);
  const [yOnX] = view.result?.tests ?? [];
  expect(yOnX).toMatchObject({ name: "engle-granger-yx", lags: expected.lags, reason: null });
  expect(yOnX?.statistic).toBeCloseTo(expected.statistic, 9);
  const liquid = view.result?.signal.flags.find(({ name }) => name === "liquid");
  expect(liquid).toMatchObject({ holds: null, reason: "no-volume" });
  const { columns } = await pairAnalysisSeriesOf(context.database, workspaceId, analysisId);
  expect(columns.openTimeMs).toHaveLength(n);
  expect(columns.openTimeMs[100]).toBe(START_MS + 102 * HOUR_MS);
  expect(columns.spread[0]).toBeCloseTo(expected.residuals[0] ?? Number.NaN, 9);
});

test("a window without enough bars fails in words", async () => {
  const { analysisId, jobId } = await ask({
    window: { startMs: START_MS, endMs: START_MS + 40 * HOUR_MS },
  });
  await runJob(engine, jobId ?? "", NEVER_STOPPING);
  const view = await pairAnalysisOf(context.database, workspaceId, analysisId);
  expect(view.job).toMatchObject({ state: "failed", error: { code: "invalid-input" } });
  expect(view.result).toBeNull();
});

test("a cancelled analysis leaves nothing behind", async () => {
  const { analysisId, jobId } = await ask({ zScoreWindowBars: 33 });
  await requestJobCancel(context.database, workspaceId, jobId ?? "");
  await runJob(engine, jobId ?? "", NEVER_STOPPING);
  const view = await pairAnalysisOf(context.database, workspaceId, analysisId);
  expect(view).toMatchObject({ job: { state: "cancelled" }, result: null });
});

test("values are found at their times, and nowhere else", () => {
  const at = (times: number[]) =>
    valuesAtTimes(Float64Array.of(1, 3, 5), Float64Array.of(10, 30, 50), Float64Array.from(times));
  expect(at([1, 2, 3, 5, 6])).toEqual(Float64Array.of(10, Number.NaN, 30, 50, Number.NaN));
});

// What a version of a dataset tells of the bars that it was saved on, with bars stored as an import stores them and
// a run that reads them.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { DatasetConfig } from "#contracts/dataset.ts";
import type { LearningRunConfig } from "#contracts/learning-run.ts";
import { datasetBarsOf } from "#db/dataset-bars.ts";
import { createDataset } from "#db/datasets.ts";
import { learningRunOf, startLearningRun } from "#db/learning-runs.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.test-support.ts";
import { defaultParameters } from "#quant/learning/models/learners.ts";
import { createRandom } from "#quant/synthetic/random.ts";
import { HOUR_MS, START_MS } from "../imports/import-cases.test-support.ts";
import type { JobEngine } from "./job-context.ts";
import { createTestEngine, createWorkspace, NEVER_STOPPING } from "./job-harness.test-support.ts";
import { runJob } from "./run-job.ts";
import { storeTestBars } from "./strategy-jobs.test-support.ts";

const BARS = 300;

let context: TestDatabase;
let engine: JobEngine;
let workspaceId: string;

beforeAll(async () => {
  context = await createTestDatabase();
  engine = createTestEngine(context.database);
  workspaceId = await createWorkspace(context.database);
});

afterAll(async () => {
  await engine.compute.close();
  await context.drop();
});

const store = (symbol: string, first: number, close: Float64Array) =>
  storeTestBars(context.database, workspaceId, symbol, {
    openTimeMs: close.map((_, t) => START_MS + (first + t) * HOUR_MS),
    close,
  });

async function savedDataset(name: string) {
  const random = createRandom(3);
  const prices = () => Float64Array.from({ length: BARS }, () => 100 + random.gaussian());
  const books = [[await store(`${name}Y`, 0, prices()), await store(`${name}X`, 0, prices())]];
  const config = DatasetConfig.parse({
    ...{ books, intervalMs: HOUR_MS, pooling: "pooled" },
    window: { startMs: START_MS, endMs: START_MS + BARS * HOUR_MS },
    spread: { kind: "rolling", windowBars: 30, price: "log" },
    features: [{ kind: "z-score", of: "spread", windowBars: 10 }],
    label: {
      ...{ kind: "direction", of: "spread", horizonBars: 1, deadZone: 0, hedge: "held" },
      ...{ unit: "absolute", windowBars: 20 },
    },
  });
  const dataset = { name, notes: "", config };
  const { versionId } = await createDataset(context.database, workspaceId, dataset);
  return { versionId, bars: () => datasetBarsOf(context.database, workspaceId, versionId) };
}

const RUN: LearningRunConfig = {
  kind: "models",
  learners: [{ kind: "logistic", parameters: defaultParameters("logistic") }],
  split: { kind: "chronological", testShare: 0.3 },
  preparation: { impute: "none", winsoriseShare: null, scale: "none", componentsShare: null },
  ...{ balance: "none", uniqueness: false, search: null, seed: 1 },
};

async function startRun(datasetVersionId: string) {
  const owner = { workspaceId, userId: randomUUID() };
  return startLearningRun(context.database, owner, { datasetVersionId, name: "Run", config: RUN });
}

test("regression: a version had a hash of its settings alone, and not of the bars it was saved on", async () => {
  const { versionId, bars } = await savedDataset("A");
  const saved = await bars();
  expect(saved).toMatchObject({ kind: "hashed", series: 2, bars: 2 * BARS, changed: [] });
  const { runId, jobId } = await startRun(versionId);
  await runJob(engine, jobId, NEVER_STOPPING);
  const { summary } = await learningRunOf(context.database, workspaceId, runId);
  expect(saved).toMatchObject({ contentHash: summary?.datasetHash });
});

test("bars that were corrected or taken away within the span are told by symbol, later ones are no change", async () => {
  const { bars } = await savedDataset("B");
  const saved = await bars();
  await store("BY", BARS, Float64Array.of(101, 102));
  expect(await bars()).toEqual(saved);
  await store("BX", 7, Float64Array.of(99));
  const changed = { symbol: "BX", venue: "upload", bars: BARS, barsNow: BARS };
  expect(await bars()).toEqual({ ...saved, changed: [changed] });
  await context.database.pool.query(
    `delete from bar_series s using instrument i
      where i.id = s.instrument_id and i.workspace_id = $1 and i.symbol = 'BX'`,
    [workspaceId],
  );
  expect(await bars()).toEqual({ ...saved, changed: [{ ...changed, barsNow: 0 }] });
});

test("a version from before bars were hashed says so", async () => {
  const { versionId } = await savedDataset("C");
  const older = randomUUID();
  await context.database.pool.query(
    `insert into dataset_version (id, dataset_id, version, config, config_hash)
     select $2, dataset_id, version + 1, config, config_hash from dataset_version where id = $1`,
    [versionId, older],
  );
  expect(await datasetBarsOf(context.database, workspaceId, older)).toEqual({ kind: "unhashed" });
});

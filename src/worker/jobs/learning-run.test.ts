// Training, judging, keeping and using a model, on hourly bars of pairs that we made: their spread returns to its
// mean, so that there is something to find.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DatasetConfig } from "#contracts/dataset.ts";
import type { LearningRunConfig, LearningRunSummary } from "#contracts/learning-run.ts";
import { createDataset } from "#db/datasets.ts";
import { jobById, requestJobCancel } from "#db/jobs.ts";
import { dropResults } from "#db/learning-parts.ts";
import { learningRunOf, runDetailOf, runModelFile, startLearningRun } from "#db/learning-runs.ts";
import { registerModel } from "#db/models.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.test-support.ts";
import { defaultParameters } from "#quant/learning/models/learners.ts";
import { readModelFile } from "#quant/learning/models/model-file.ts";
import { createRandom } from "#quant/synthetic/random.ts";
import { HOUR_MS, START_MS } from "../imports/import-cases.test-support.ts";
import type { JobEngine } from "./job-context.ts";
import { createTestEngine, createWorkspace, NEVER_STOPPING } from "./job-harness.test-support.ts";
import { runJob } from "./run-job.ts";
import { runTestBacktest, storeTestBars, testStrategy } from "./strategy-jobs.test-support.ts";

const BARS = 700;
/** Hours that models learn from; a strategy trades those after. */
const LEARNED_BARS = 500;

let context: TestDatabase;
let engine: JobEngine;
let workspaceId: string;
let books: number[][];

beforeAll(async () => {
  context = await createTestDatabase();
  engine = createTestEngine(context.database);
  workspaceId = await createWorkspace(context.database);
  books = [await storePair("A", 1), await storePair("B", 2)];
});

afterAll(async () => {
  await engine.compute.close();
  await context.drop();
});

async function storePair(name: string, seed: number, bars = BARS): Promise<number[]> {
  const random = createRandom(seed);
  const openTimeMs = Float64Array.from({ length: bars }, (_, t) => START_MS + t * HOUR_MS);
  let walk = 4;
  let spread = 0;
  const x = new Float64Array(bars);
  const y = x.map((_, t) => {
    walk += 0.005 * random.gaussian();
    spread = 0.85 * spread + 0.01 * random.gaussian();
    x[t] = Math.exp(walk);
    return Math.exp(0.2 + walk + spread);
  });
  const store = (symbol: string, close: Float64Array) =>
    storeTestBars(engine.database, workspaceId, symbol, { openTimeMs, close });
  return [await store(`${name}Y`, y), await store(`${name}X`, x)];
}

const ROLLING = { kind: "rolling", windowBars: 40, price: "log" } as const;

function datasetConfig(changed: Partial<DatasetConfig> = {}): DatasetConfig {
  return DatasetConfig.parse({
    books,
    intervalMs: HOUR_MS,
    window: { startMs: START_MS, endMs: START_MS + LEARNED_BARS * HOUR_MS },
    spread: ROLLING,
    features: [
      { kind: "z-score", of: "spread", windowBars: 30 },
      { kind: "delta", of: "spread", lagBars: 1 },
    ],
    label: {
      kind: "direction",
      of: "spread",
      horizonBars: 3,
      deadZone: 0,
      hedge: "held",
      unit: "absolute",
      windowBars: 30,
    },
    pooling: "pooled",
    ...changed,
  });
}

const RUN: Extract<LearningRunConfig, { kind: "models" }> = {
  kind: "models",
  learners: [
    { kind: "logistic", parameters: defaultParameters("logistic") },
    { kind: "decision-tree", parameters: defaultParameters("decision-tree") },
  ],
  split: { kind: "walk-forward", window: "expanding", trainingShare: 0.5, folds: 2 },
  preparation: { impute: "none", winsoriseShare: null, scale: "standard", componentsShare: null },
  balance: "none",
  uniqueness: true,
  search: { method: "random", trials: 3, innerFolds: 2 },
  seed: 5,
};

/** How many trained models there are anywhere in something that goes between threads. */
function modelsIn(value: unknown): number {
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return 0;
  const own = "kind" in value && value.kind === "recipe" ? 1 : 0;
  const inside = value instanceof Map ? [...value.values()] : Object.values(value);
  return inside.reduce<number>((sum, one) => sum + modelsIn(one), own);
}

async function startRun(config: LearningRunConfig, dataset: DatasetConfig) {
  const owner = { workspaceId, userId: randomUUID() };
  const named = { name: "Pairs", notes: "", config: dataset };
  const { versionId } = await createDataset(engine.database, workspaceId, named);
  return startLearningRun(engine.database, owner, {
    datasetVersionId: versionId,
    name: "Run",
    config,
  });
}

async function finishedRun(
  config: LearningRunConfig,
  dataset: DatasetConfig = datasetConfig(),
): Promise<{ runId: string; summary: LearningRunSummary }> {
  const { runId, jobId } = await startRun(config, dataset);
  await runJob(engine, jobId, NEVER_STOPPING);
  const { summary } = await learningRunOf(engine.database, workspaceId, runId);
  if (summary === null) {
    const job = await jobById(engine.database, workspaceId, jobId);
    throw new Error(`the run ended as ${job?.state}: ${job?.error?.message}`);
  }
  return { runId, summary };
}

describe("a run", () => {
  test("trains baselines beside what is asked for, searches within training rows, and judges all on the same rows", async () => {
    const { runId, summary } = await finishedRun(RUN);
    expect(summary.models.filter(({ isBaseline }) => isBaseline).length).toBeGreaterThanOrEqual(3);
    expect(summary.results).toHaveLength(summary.models.length);
    const [group] = summary.groups;
    const logistic = summary.models.find(({ kind }) => kind === "logistic");
    const result = summary.results.find(({ model }) => model === logistic?.key);
    expect(result?.refusal).toBeNull();
    // What returns to its mean is told by its own past: no feature is needed, and the verdict says so.
    expect(result?.verdict).toMatchObject({ kind: "does-not-beat", baseline: "Autoregression" });
    // Two folds and all rows, three trials each.
    expect(result?.trials).toBe(9);
    expect(result?.intervals["logLoss"]).toBeDefined();
    const key = { model: logistic?.key ?? "", group: group?.key ?? "" };
    const { detail, trials, hasFile } = await runDetailOf(engine.database, workspaceId, runId, key);
    expect(hasFile).toBe(true);
    // The same settings over other bars are another dataset.
    expect(summary.manifest.hashedBars).toBe("read");
    expect(summary.datasetHash).toMatch(/^[0-9a-f]{64}$/);
    expect(summary.datasetHash).not.toBe(summary.manifest.dataHash);
    expect(trials.map(({ fold }) => fold)).toEqual([0, 0, 0, 1, 1, 1, 2, 2, 2]);
    expect(detail.importance?.map(({ feature }) => feature).sort()).toEqual([
      "delta(spread, 1)",
      "z-score(spread, 30)",
    ]);
    expect(detail.predictions.timeMs.length).toBeGreaterThan(50);
    // Both pairs were learned together; each has its scores and its predictions.
    expect(result?.members).toHaveLength(2);
    const ofSecond = { ...key, member: 1 };
    const second = await runDetailOf(engine.database, workspaceId, runId, ofSecond);
    expect(second.detail.predictions.timeMs.length).toBeGreaterThan(50);
    expect(second.detail.predictions.source).not.toEqual(detail.predictions.source);
    expect({ ...second.detail, predictions: detail.predictions }).toEqual(detail);
    // An attempt that comes late takes nothing of a finished run.
    await dropResults(engine.database.pool, runId);
    expect(await runDetailOf(engine.database, workspaceId, runId, ofSecond)).toEqual(second);
    expect(detail.classCurves?.map(({ share }) => share).reduce((a, b) => a + b)).toBeCloseTo(1);
    // What orders the rows by one of two classes orders them by the other.
    const [down, up] = detail.classCurves ?? [];
    expect(up?.rocAuc).toBeCloseTo(down?.rocAuc ?? 0, 12);
    const { rows } = await engine.database.pool.query(
      "select 1 from learning_part where run_id = $1",
      [runId],
    );
    expect(rows).toHaveLength(0);
  });

  test("is the same with more threads, to the bytes of its models", async () => {
    const forest = { ...defaultParameters("random-forest"), treeCount: 10 };
    const gru = { ...defaultParameters("gru"), lengthBars: 4, units: 4, epochs: 2 };
    const seeded: LearningRunConfig = {
      ...RUN,
      learners: [
        { kind: "random-forest", parameters: forest },
        { kind: "gru", parameters: gru },
      ],
      search: null,
    };
    const one = await finishedRun(seeded);
    const wide = createTestEngine(context.database, 3);
    try {
      const { runId, jobId } = await startRun(seeded, datasetConfig());
      await runJob(wide, jobId, NEVER_STOPPING);
      const other = await learningRunOf(engine.database, workspaceId, runId);
      const figures = (summary: LearningRunSummary | null) =>
        summary?.results.map(({ seconds: _, ...result }) => result);
      expect(figures(other.summary)).toEqual(figures(one.summary));
      const { rows } = await engine.database.pool.query<{ files: number; same: boolean }>(
        `select count(a.file)::int as files, bool_and(a.file is not distinct from b.file) as same
           from learning_result a left join learning_result b
             on b.run_id = $2 and (b.model, b.group_key) = (a.model, a.group_key)
          where a.run_id = $1`,
        [one.runId, runId],
      );
      expect(rows).toEqual([{ files: 2, same: true }]);
    } finally {
      await wide.compute.close();
    }
  });

  test("regression: every trained model of a run was in memory at once; a task gets or gives one at most", async () => {
    const models: number[] = [];
    const { compute } = engine;
    const run: typeof compute.run = async (kind, input, options) => {
      const output = await compute.run(kind, input, options);
      models.push(modelsIn(input) + modelsIn(output));
      return output;
    };
    const counting: JobEngine = { ...engine, compute: { ...compute, run } };
    const each = datasetConfig({ pooling: "each" });
    const { runId, jobId } = await startRun({ ...RUN, search: null }, each);
    await runJob(counting, jobId, NEVER_STOPPING);
    const { rows } = await engine.database.pool.query(
      "select count(file)::int as files from learning_result where run_id = $1",
      [runId],
    );
    expect(rows[0].files).toBe(4);
    // Each was trained by one task, and made a file by another.
    expect(models.filter((count) => count > 0)).toEqual(new Array(8).fill(1));
  });

  test("regression: a long search told nothing between its parts; it tells every trial, is cancelled within one, and counts as looked at", async () => {
    const forest = defaultParameters("random-forest");
    const long: LearningRunConfig = {
      ...RUN,
      learners: [{ kind: "random-forest", parameters: { ...forest, treeCount: 300 } }],
      search: { method: "tpe", trials: 300, innerFolds: 3 },
    };
    const owner = { workspaceId, userId: randomUUID() };
    const named = { name: "Searched", notes: "", config: datasetConfig() };
    const { versionId } = await createDataset(engine.database, workspaceId, named);
    const start = (config: LearningRunConfig) =>
      startLearningRun(engine.database, owner, { datasetVersionId: versionId, name: "", config });
    const { runId, jobId } = await start(long);
    const running = runJob(engine, jobId, NEVER_STOPPING);
    const liveSearch = async () => {
      const { live } = await learningRunOf(engine.database, workspaceId, runId);
      return live?.searches[0];
    };
    await expect
      .poll(async () => (await liveSearch())?.trialsDone ?? 0, { timeout: 60_000, interval: 50 })
      .toBeGreaterThan(2);
    const search = await liveSearch();
    expect(search?.stage).toMatch(/^Random forest on .*, fold \d of 2$/);
    expect(search?.trials).toBeGreaterThan(search?.trialsDone ?? 0);
    expect(search?.best?.loss).toBeGreaterThan(0);
    expect(search?.best?.trial).toBeLessThanOrEqual(search?.trialsDone ?? 0);
    expect(Object.keys(search?.best?.parameters ?? {}).sort()).toEqual(Object.keys(forest).sort());
    await expect
      .poll(async () => (await jobById(engine.database, workspaceId, jobId))?.stage)
      .toMatch(/fold \d of 2, trial \d+ of \d+$/);
    const askedAtMs = performance.now();
    await requestJobCancel(engine.database, workspaceId, jobId);
    engine.cancelRequests.emit(jobId);
    await running;
    expect(performance.now() - askedAtMs).toBeLessThan(5_000);
    expect((await jobById(engine.database, workspaceId, jobId))?.state).toBe("cancelled");
    const { runId: next } = await start({ ...RUN, search: null });
    const { earlierRuns } = await learningRunOf(engine.database, workspaceId, next);
    const { earlierRuns: before } = await learningRunOf(engine.database, workspaceId, runId);
    expect(earlierRuns).toEqual({ ...before, unfinished: before.unfinished + 1 });
  });

  test("goes on where a worker died: finished parts are not trained again", async () => {
    const { runId, jobId } = await startRun({ ...RUN, search: null }, datasetConfig());
    const dying = new AbortController();
    const watcher = setInterval(async () => {
      const { rows } = await engine.database.pool.query(
        "select count(*)::int as n from learning_part where run_id = $1",
        [runId],
      );
      if (rows[0].n >= 3) dying.abort();
    }, 5);
    await runJob(engine, jobId, dying.signal);
    clearInterval(watcher);
    // Wrong on purpose: whoever trained it again would put it right.
    const marked = await engine.database.pool.query(
      `update learning_part p set result = q.result
         from learning_part q
        where p.run_id = $1 and q.run_id = $1 and p.part = 'pooled/0/1' and q.part = 'pooled/0/0'`,
      [runId],
    );
    expect(marked.rowCount).toBe(1);
    await runJob(engine, jobId, NEVER_STOPPING);
    const { summary } = await learningRunOf(engine.database, workspaceId, runId);
    const { summary: whole } = await finishedRun({ ...RUN, search: null });
    const scoresOf = (one: LearningRunSummary | null) => one?.results.map(({ scores }) => scores);
    expect(scoresOf(summary)?.slice(1)).toEqual(scoresOf(whole)?.slice(1));
    expect(scoresOf(summary)?.[0]).not.toEqual(scoresOf(whole)?.[0]);
  });

  test.each([
    {
      name: "a learner of numbers for a label of classes",
      run: { ...RUN, learners: [{ kind: "ridge", parameters: defaultParameters("ridge") }] },
      dataset: {},
      message: /Ridge regression does not predict classes/,
    },
    {
      name: "more trainings than anybody waits for",
      run: {
        ...RUN,
        search: { method: "tpe", trials: 500, innerFolds: 10 },
      } satisfies LearningRunConfig,
      dataset: { pooling: "each" } as const,
      message: /trainings; at most 50,000/,
    },
    {
      name: "features that need more bars than there are",
      run: RUN,
      dataset: {
        features: [{ kind: "z-score", of: "spread", windowBars: 450 }],
      } as Partial<DatasetConfig>,
      message: /rows/,
    },
  ])("refuses $name", async ({ run, dataset, message }) => {
    const { jobId } = await startRun(run, datasetConfig(dataset));
    await runJob(engine, jobId, NEVER_STOPPING);
    const job = await jobById(engine.database, workspaceId, jobId);
    expect(job?.state).toBe("failed");
    expect(job?.error?.code).toBe("invalid-input");
    expect(job?.error?.message).toMatch(message);
  });

  test("leaves out a pair that cannot be learned from, says so, and trains the others", async () => {
    const short = await storePair("SHORT", 9, 60);
    const dataset = datasetConfig({ pooling: "each", books: [...books, short] });
    const { summary } = await finishedRun({ ...RUN, search: null }, dataset);
    expect(summary.groups.map(({ label }) => label)).toEqual(["AY / AX", "BY / BX"]);
    expect(summary.warnings.join(" ")).toMatch(/SHORTY \/ SHORTX is left out: /);
  });

  test("shows the bot's rule as what it is, and its counterpart beside it", async () => {
    const { summary } = await finishedRun(
      { kind: "bot", seed: 1 },
      datasetConfig({ pooling: "each", books: books.slice(0, 1) }),
    );
    expect(summary.groups.map(({ label }) => label)).toEqual([
      "AY / AX, label: the rule",
      "AY / AX, label: the next bar",
    ]);
    const forest = summary.models.find(({ kind }) => kind === "random-forest");
    const accuracy = summary.groups.map(
      ({ key }) =>
        summary.results.find(({ model, group }) => model === forest?.key && group === key)?.scores[
          "accuracy"
        ] ?? 0,
    );
    expect(summary.results.map(({ verdict }) => verdict?.kind)).not.toContain("beats");
    expect(accuracy[0]).toBeGreaterThan(0.95);
    expect(accuracy[1]).toBeLessThan(0.75);
    expect(summary.warnings.join(" ")).toMatch(/rule/);
  });

  test("repeats the published comparison with both definitions of accuracy", async () => {
    const { summary } = await finishedRun({ kind: "thesis", seed: 1 });
    expect(summary.results).toHaveLength(12);
    const rlrt = summary.results.find(({ model }) => model === "rlrt");
    expect(rlrt?.scores["wholeTrendAccuracyPublished"]).toBeGreaterThan(0.6);
    expect(rlrt?.scores["wholeTrendAccuracy"]).toBeLessThan(0.6);
    expect(summary.results.filter(({ verdict }) => verdict !== null)).toHaveLength(10);
    const forest = summary.results.find(({ model }) => model === "random-forest");
    expect(Object.keys(forest?.intervals ?? {})).toEqual(Object.keys(forest?.scores ?? {}));
  });
});

describe("a model that was kept", () => {
  async function keptModel(
    config: LearningRunConfig = { ...RUN, search: null },
    dataset: DatasetConfig = datasetConfig(),
  ): Promise<string> {
    const { runId, summary } = await finishedRun(config, dataset);
    const [group] = summary.groups;
    const logistic = summary.models.find(({ kind }) => kind === "logistic");
    const key = { model: logistic?.key ?? "", group: group?.key ?? "" };
    const file = await runModelFile(engine.database, workspaceId, runId, key);
    const { span, intervalMs } = readModelFile(file.toString("utf8"));
    const actor = { workspaceId, userId: randomUUID() };
    const { versionId } = await registerModel(engine.database, actor, {
      name: "Gate",
      notes: "",
      runId,
      file,
      card: {
        learner: { kind: "logistic", label: "Logistic regression" },
        parameters: {},
        dataset: { name: "Pairs", version: 1, configHash: "" },
        books: summary.groups[0]?.books ?? [],
        intervalMs,
        span,
        rows: 1,
        features: [],
        label: "",
        classes: summary.classes,
        folds: "",
        seed: 5,
        trials: 0,
        scores: {},
        verdict: null,
        warnings: [],
        manifest: summary.manifest,
        trainedBy: "",
      },
    });
    return versionId;
  }

  function gated(modelVersionId: string, formationBars: number, threshold = 0.55) {
    return testStrategy({
      books: books.slice(0, 1),
      formationBars,
      tradingBars: BARS - formationBars,
      parameters: { zScoreWindowBars: 30, entryZScore: 1 },
      gate: { modelVersionId, mode: "approve", threshold },
    });
  }

  test("gates a backtest after what it has learned, and the proof holds", async () => {
    const versionId = await keptModel();
    const free = testStrategy({
      books: books.slice(0, 1),
      formationBars: LEARNED_BARS + 10,
      tradingBars: BARS - LEARNED_BARS - 10,
      parameters: { zScoreWindowBars: 30, entryZScore: 1 },
    });
    const all = await runTestBacktest(engine, workspaceId, free);
    const some = await runTestBacktest(engine, workspaceId, gated(versionId, LEARNED_BARS + 10));
    const none = await runTestBacktest(engine, workspaceId, gated(versionId, LEARNED_BARS + 10, 1));
    expect(some.job?.error).toBeNull();
    const trades = [all, some, none].map(({ report }) => report?.trades.length ?? -1);
    expect(trades[0]).toBeGreaterThan(trades[1] ?? 0);
    expect(trades[1]).toBeGreaterThan(0);
    expect(trades[2]).toBe(0);
    expect(some.report?.analysis?.lookAhead.isPassed).toBe(true);
  });

  test("is refused where it would trade bars that it has learned from, and says up to when", async () => {
    const versionId = await keptModel();
    const { job } = await runTestBacktest(engine, workspaceId, gated(versionId, 300));
    expect(job?.state).toBe("failed");
    expect(job?.error?.message).toMatch(/learned from bars up to \d{4}-\d{2}-\d{2}/);
  });

  test.each([
    { name: "a rolling line", run: { ...RUN, search: null }, spread: ROLLING },
    {
      name: "a line of the formation, which is frozen with the model",
      run: { ...RUN, search: null },
      spread: { kind: "formation", formationBars: 100, price: "log" } as const,
    },
    { name: "parameters searched in each formation", run: RUN, spread: ROLLING },
  ])("is trained anew in each formation of a walk-forward: $name", async ({ run, spread }) => {
    const versionId = await keptModel(run, datasetConfig({ spread }));
    const strategy = gated(versionId, 300, 0.5);
    const { job, report } = await runTestBacktest(engine, workspaceId, strategy, {
      kind: "walk-forward",
      walkForward: {
        formationBars: 300,
        tradingBars: 100,
        window: "rolling",
        purgeBars: 0,
        embargoBars: 0,
        selection: { kind: "fixed" },
        optimise: null,
      },
    });
    expect(job?.error).toBeNull();
    expect(report?.windows?.length).toBeGreaterThan(2);
    expect(report?.trades.length).toBeGreaterThan(0);
    expect(report?.analysis?.lookAhead.isPassed).toBe(true);
  });
});

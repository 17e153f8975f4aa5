import { DatasetConfig } from "#contracts/dataset.ts";
import type { LearningRunConfig, LearningRunSummary, RunDetail } from "#contracts/learning-run.ts";
import type { Database } from "#db/client.ts";
import { createDataset } from "#db/datasets.ts";
import { finishLearningRun, saveResult } from "#db/learning-parts.ts";
import { startLearningRun } from "#db/learning-runs.ts";
import { assembleDataset } from "#quant/learning/labels/assemble-dataset.ts";
import { modelFileText } from "#quant/learning/models/model-file.ts";
import { fitRecipe } from "#quant/learning/models/recipe.ts";
import { driftReference } from "#quant/learning/scores/drift-reference.ts";
import { createRandom } from "#quant/synthetic/random.ts";
import { MODEL_CARD } from "./model-world.test-support.ts";

type Legs = {
  readonly instrumentY: number;
  readonly instrumentX: number;
  readonly window: DatasetConfig["window"];
};

/** A dataset of one pair. */
export function datasetConfig({ instrumentY, instrumentX, window }: Legs): DatasetConfig {
  return DatasetConfig.parse({
    books: [[instrumentY, instrumentX]],
    intervalMs: MODEL_CARD.intervalMs,
    window,
    spread: { kind: "rolling", windowBars: 30, price: "log" },
    features: [
      { kind: "z-score", of: "spread", windowBars: 10 },
      { kind: "delta", of: "spread", lagBars: 1 },
    ],
    label: {
      kind: "direction",
      of: "spread",
      horizonBars: 1,
      deadZone: 0,
      hedge: "held",
      unit: "absolute",
      windowBars: 20,
    },
    pooling: "pooled",
  });
}

export const LEARNING_RUN: LearningRunConfig = {
  kind: "models",
  learners: [{ kind: "logistic", parameters: { penalty: 1 } }],
  split: { kind: "chronological", testShare: 0.2 },
  preparation: { impute: "none", winsoriseShare: null, scale: "standard", componentsShare: null },
  balance: "none",
  uniqueness: false,
  search: null,
  seed: 1,
};

/** A trained model of a pair of a workspace, as the text of its file. */
export function trainedModelText(legs: Legs): string {
  const { features, label, spread, books, intervalMs } = datasetConfig(legs);
  const random = createRandom(3);
  const closes = [0, 1].map(() =>
    Float64Array.from({ length: 150 }, () => 100 + random.gaussian()),
  );
  const [y, x] = closes;
  if (y === undefined || x === undefined) throw new Error("Invariant: a pair has two legs");
  const bars = {
    openTimeMs: Float64Array.from(y, (_, t) => legs.window.startMs + t * intervalMs),
    columns: { "close-y": y, "close-x": x },
  };
  const rows = assembleDataset([{ name: "", symbols: [], bars, spread }], features, label);
  const recipe = {
    learner: "logistic",
    parameters: { penalty: 1 },
    preparation: [],
    balance: "none",
  } as const;
  const fitted = fitRecipe(rows, Int32Array.from(rows.target.keys()), recipe, { seed: 1 });
  return modelFileText({
    model: { fitted, features, label, spreads: [spread], incomplete: "drop" },
    training: { recipe, search: null, weighting: "none" },
    spread,
    books,
    intervalMs,
    span: { startMs: legs.window.startMs, endMs: legs.window.startMs + 150 * intervalMs },
    seed: 1,
    drift: [driftReference(rows.table, { losses: null, horizonBars: 1 })],
  });
}

const DETAIL: RunDetail = {
  chosen: [{ penalty: 1 }],
  learned: [{}],
  learningCurve: null,
  classCurves: [0, 1].map(() => ({
    roc: { x: [0, 0.5, 1], y: [0, 0.6, 1] },
    rocAuc: 0.55,
    precisionRecall: { x: [0, 1], y: [1, 0.5] },
    averagePrecision: 0.6,
    calibration: { predicted: [0.4, 0.6], observed: [0.45, 0.55], rows: [10, 12] },
    share: 0.5,
  })),
  confusion: [
    [6, 5],
    [4, 7],
  ],
  importance: [{ feature: "z-score(spread, 10)", mean: 0.01, deviation: 0.002 }],
  contributions: null,
  partialDependence: null,
  predictions: {
    timeMs: [1_700_000_000_000],
    source: [0.01],
    target: [1],
    predicted: [0.6],
  },
  residuals: null,
};

/** A dataset, and a run of it that is finished. */
export async function createFinishedLearning(
  database: Database,
  owner: { readonly workspaceId: string; readonly userId: string },
  legs: Legs,
  file: string,
): Promise<{ datasetId: string; datasetVersionId: string; runId: string; runJobId: string }> {
  const config = datasetConfig(legs);
  const named = { name: "Hourly spread", notes: "", config };
  const { id, versionId } = await createDataset(database, owner.workspaceId, named);
  const { runId, jobId } = await startLearningRun(database, owner, {
    datasetVersionId: versionId,
    name: "First try",
    config: LEARNING_RUN,
  });
  const summary: LearningRunSummary = {
    task: "classification",
    classes: ["down or unchanged", "up"],
    loss: "log-loss",
    models: [
      {
        key: "0",
        kind: "majority-class",
        label: "Majority class",
        isBaseline: true,
        parameters: {},
      },
      {
        key: "1",
        kind: "logistic",
        label: "Logistic regression",
        isBaseline: false,
        parameters: { penalty: 1 },
      },
    ],
    groups: [{ key: "pooled", label: "Y / X", books: [[]], rows: 200, testRows: 40 }],
    results: ["0", "1"].map((model) => ({
      ...{ model, group: "pooled", refusal: null, trials: 0, seconds: 0.1 },
      scores: { logLoss: 0.69, accuracy: 0.5 },
      intervals: {},
      verdict: model === "0" ? null : MODEL_CARD.verdict,
    })),
    folds: [],
    warnings: [],
    trials: 0,
    manifest: MODEL_CARD.manifest,
    durationMs: 10,
  };
  await saveResult(database.pool, runId, {
    ...{ model: "1", group: "pooled", detail: DETAIL, trials: [] },
    file: Buffer.from(file),
  });
  await finishLearningRun(database.pool, runId, summary);
  return { datasetId: id, datasetVersionId: versionId, runId, runJobId: jobId };
}

import { randomUUID } from "node:crypto";
import type { ModelCard } from "#contracts/model.ts";
import type { Database } from "#db/client.ts";
import { type ModelActor, type NewModelVersion, registerModel } from "#db/models.ts";
import { createModelShare } from "#db/shares.ts";
import { newToken, tokenHash } from "./auth/session-token.ts";

const HOUR_MS = 3_600_000;
const START_MS = 1_700_000_400_000 - (1_700_000_400_000 % HOUR_MS);

/** What a model of one pair says of itself. */
export const MODEL_CARD: ModelCard = {
  learner: { kind: "gradient-boosting", label: "Gradient boosting" },
  parameters: { trees: 100, learningRate: 0.1, subsample: null },
  dataset: { name: "Hourly spreads", version: 2, configHash: "c".repeat(64) },
  books: [
    [
      { instrumentId: 7_001, symbol: "AAA", venue: "upload" },
      { instrumentId: 7_002, symbol: "BBB", venue: "upload" },
    ],
  ],
  intervalMs: HOUR_MS,
  span: { startMs: START_MS, endMs: START_MS + 240 * HOUR_MS },
  rows: 200,
  features: ["z-score(spread, 20)", "delta(spread, 1)"],
  label: "direction",
  subject: {
    label: {
      ...{ kind: "direction", of: "spread", horizonBars: 1, deadZone: 0 },
      ...{ hedge: "held", unit: "absolute", windowBars: 20 },
    },
    spread: { kind: "rolling", windowBars: 250, price: "log" },
  },
  classes: ["down or unchanged", "up"],
  folds: "5 folds forward, expanding",
  seed: 7,
  trials: 40,
  scores: {
    logLoss: { value: 0.68, lower: 0.66, upper: 0.7 },
    accuracy: { value: 0.54, lower: 0.49, upper: 0.59 },
  },
  verdict: {
    kind: "does-not-beat",
    reason: "not-shown",
    baseline: "Majority class",
    difference: -0.002,
    relativeDifference: -0.003,
    lower: -0.01,
    upper: 0.006,
    pValue: 0.21,
    pAdjusted: 0.31,
    rows: 200,
  },
  warnings: ["Few rows"],
  manifest: {
    ...{ configHash: "c".repeat(64), dataHash: "d".repeat(64), codeHash: "e".repeat(64) },
    series: [{ symbol: "AAA", venue: "upload", contentHash: "0".repeat(64), bars: 240 }],
    computedAtMs: START_MS,
  },
  trainedBy: "Ada",
};

/** A trained model whose file is its own, or the one that is named. */
export function newVersion(file: string = randomUUID(), card = MODEL_CARD): NewModelVersion {
  return { runId: null, card, file: Buffer.from(JSON.stringify({ file })) };
}

/** A model with one version, registered by somebody. */
export function createModel(
  database: Database,
  actor: ModelActor,
  version: NewModelVersion = newVersion(),
): Promise<{ modelId: string; versionId: string; version: number }> {
  return registerModel(database, actor, { name: "Reverter", notes: "my own thoughts", ...version });
}

/** The token of a new link to a version of a model. */
export async function shareModel(
  database: Database,
  world: { readonly workspaceId: string; readonly modelVersionId: string },
): Promise<string> {
  const token = newToken();
  const { workspaceId, modelVersionId } = world;
  const share = { modelVersionId, label: "", tokenHash: tokenHash(token), lifetimeDays: 30 };
  await createModelShare(database, workspaceId, share);
  return token;
}

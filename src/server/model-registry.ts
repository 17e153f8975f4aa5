import { AppError } from "#contracts/error-code.ts";
import type { LearningRunSummary, LearningRunView, Split } from "#contracts/learning-run.ts";
import type { LegView } from "#contracts/leg-view.ts";
import type { Manifest } from "#contracts/manifest.ts";
import { MODEL_FILE_MAX, ModelCard } from "#contracts/model.ts";
import type { Database } from "#db/client.ts";
import { found } from "#db/found.ts";
import { learningRunOf, learningRunStarter, runModelFile } from "#db/learning-runs.ts";
import {
  addModelVersion,
  type ModelActor,
  type NewModelVersion,
  registerModel,
} from "#db/models.ts";
import { featureName } from "#quant/learning/features/feature-name.ts";
import { labelClasses } from "#quant/learning/labels/label-spec.ts";
import { type ModelFile, readModelFile } from "#quant/learning/models/model-file.ts";
import { learnerOf } from "#quant/learning/models/recipe.ts";
import { createSlots } from "./auth/hash-slots.ts";
import { requireSeal, sealedFile } from "./model-seal.ts";

/** Where models are kept, and the secret with which their files are sealed. */
export type Registry = { readonly database: Database; readonly secret: string };

type Registered = { modelId: string; versionId: string; version: number };

/**
 * Registers the model that a finished run trained on all rows of a group.
 *
 * @throws {AppError} not-found: the run, its result, or the model that is to have a new version
 */
export async function registerRunModel(
  { database, secret }: Registry,
  actor: ModelActor,
  wanted: {
    readonly runId: string;
    readonly model: string;
    readonly group: string;
    readonly as:
      | { readonly kind: "new"; readonly name: string; readonly notes: string }
      | { readonly kind: "version"; readonly modelId: string };
  },
): Promise<Registered> {
  const { workspaceId } = actor;
  const { runId, model, group, as } = wanted;
  const view = await learningRunOf(database, workspaceId, runId);
  const summary = found(view.summary, "finished run");
  const text = (await runModelFile(database, workspaceId, runId, { model, group })).toString(
    "utf8",
  );
  const trainedBy = await learningRunStarter(database, workspaceId, runId);
  const card = cardOfRun(view, summary, { model, group, trainedBy }, readModelFile(text));
  const file = Buffer.from(sealedFile(secret, withCard(text, card)));
  if (file.length > MODEL_FILE_MAX) {
    // Of a run from before models of this size were left out.
    const megabytes = MODEL_FILE_MAX / 1_000_000;
    throw new AppError(
      "too-large",
      `The file of this model would be larger than ${megabytes} MB, and could not be brought back: train it with fewer trees, or more rows a leaf`,
    );
  }
  const version: NewModelVersion = { runId, card, file };
  if (as.kind === "new") return registerModel(database, actor, { ...as, ...version });
  const added = await addModelVersion(database, actor, as.modelId, version);
  return { modelId: as.modelId, ...added };
}

/**
 * Registers a model from a file that was downloaded before, with the card that it brings along.
 *
 * @throws {AppError} unsupported-file: no file that was sealed here; {InvalidInputError} of another version
 */
export function importModel(
  { database, secret }: Registry,
  actor: ModelActor,
  { name, file }: { readonly name: string; readonly file: string },
): Promise<Registered> {
  return IMPORTS.run(() => {
    requireSeal(secret, file);
    const read: ModelFile & { readonly card?: unknown } = readModelFile(file);
    const card = { ...ModelCard.parse(read.card), subject: subjectOf(read) };
    const version = { runId: null, card, file: Buffer.from(file) };
    return registerModel(database, actor, { name, notes: "", ...version });
  });
}

/** A large model takes several times its size while it is read: one at a time, and few that wait with theirs. */
const IMPORTS = createSlots(1, 3, "Several models are being imported: try again in a moment");

/** The text of a file with its card in it. */
function withCard(text: string, card: ModelCard): string {
  return `${text.slice(0, -1)},"card":${JSON.stringify(card)}}`;
}

function cardOfRun(
  { datasetName, datasetVersion, config }: LearningRunView,
  summary: LearningRunSummary,
  key: { readonly model: string; readonly group: string; readonly trainedBy: string },
  file: ModelFile,
): ModelCard {
  const group = found(
    summary.groups.find((one) => one.key === key.group),
    "result",
  );
  const result = found(
    summary.results.find((one) => one.model === key.model && one.group === key.group),
    "result",
  );
  const { recipe } = file.model.fitted;
  const { kind, label } = learnerOf(recipe);
  return {
    learner: { kind, label },
    parameters: { ...recipe.parameters },
    dataset: {
      name: datasetName,
      version: datasetVersion.version,
      configHash: datasetVersion.configHash,
      ...(summary.datasetHash === undefined ? {} : { contentHash: summary.datasetHash }),
    },
    books: group.books,
    intervalMs: file.intervalMs,
    span: file.span,
    rows: file.drift.reduce((sum, { rows }) => sum + rows, 0),
    features: file.model.features.map(featureName),
    label: labelWords(file),
    subject: subjectOf(file),
    classes: labelClasses(file.model.label).map(({ name }) => name),
    folds: config.kind === "models" ? splitWords(config.split) : "the last 30 % of the rows",
    seed: file.seed,
    trials: result.trials,
    scores: Object.fromEntries(
      Object.entries(result.scores).map(([name, value]) => {
        const interval = result.intervals[name];
        return [name, { value, lower: interval?.lower ?? null, upper: interval?.upper ?? null }];
      }),
    ),
    verdict: result.verdict,
    warnings: warningsOf(summary, group.label),
    manifest: manifestOf(summary, group.books.flat()),
    trainedBy: key.trainedBy,
  };
}

/** Warnings of a group: a card that is shared says nothing of the other pairs of the run. */
function warningsOf({ warnings, groups }: LearningRunSummary, label: string): string[] {
  const others = groups.flatMap((group) => (group.label === label ? [] : `${group.label}: `));
  return warnings.filter((warning) => !others.some((other) => warning.startsWith(other)));
}

function manifestOf({ manifest }: LearningRunSummary, legs: readonly LegView[]): Manifest {
  const series = manifest.series.filter(({ symbol, venue }) =>
    legs.some((leg) => leg.symbol === symbol && leg.venue === venue),
  );
  return { ...manifest, series };
}

function subjectOf({ model: { label }, spread }: ModelFile): ModelCard["subject"] {
  return { label, spread };
}

function labelWords({ model: { label } }: ModelFile): string {
  switch (label.kind) {
    case "direction":
      return `direction over ${label.horizonBars} bars`;
    case "change":
      return `change over ${label.horizonBars} bars`;
    case "triple-barrier":
      return `which barrier comes first within ${label.limitBars} bars`;
    case "rule":
      return label.aheadBars === 0
        ? "a rule of the same bar"
        : `a rule ${label.aheadBars} bars ahead`;
  }
}

function splitWords(split: Split): string {
  const percent = (share: number) => `${Math.round(100 * share)} %`;
  switch (split.kind) {
    case "chronological":
      return `the last ${percent(split.testShare)} of the rows`;
    case "walk-forward":
      return `walk-forward, ${split.folds} folds, ${split.window}`;
    case "purged-k-fold":
      return `purged k-fold, ${split.folds} folds, embargo ${split.embargoBars} bars`;
  }
}

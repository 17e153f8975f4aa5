import { AppError } from "#contracts/error-code.ts";
import type { LearningRunSummary, LearningRunView, Split } from "#contracts/learning-run.ts";
import type { LegView } from "#contracts/leg-view.ts";
import { ModelCard } from "#contracts/model.ts";
import { personName } from "#db/accounts.ts";
import type { Database } from "#db/client.ts";
import { found } from "#db/found.ts";
import { instrumentsByIds } from "#db/instruments.ts";
import { learningRunOf, runModelFile } from "#db/learning-runs.ts";
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

type Registered = { modelId: string; versionId: string; version: number };

/**
 * Registers the model that a finished run trained on all rows of a group.
 *
 * @throws {AppError} not-found: the run, its result, or the model that is to have a new version
 */
export async function registerRunModel(
  database: Database,
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
  const trainedBy = await personName(database, actor.userId);
  const card = cardOfRun(view, summary, { model, group, trainedBy }, readModelFile(text));
  const version: NewModelVersion = { runId, card, file: withCard(text, card) };
  if (as.kind === "new") return registerModel(database, actor, { ...as, ...version });
  const added = await addModelVersion(database, actor, as.modelId, version);
  return { modelId: as.modelId, ...added };
}

/**
 * Registers a model from a file that was downloaded before.
 *
 * @throws {AppError} unsupported-file: no such file, or of another version
 */
export async function importModel(
  database: Database,
  actor: ModelActor,
  { name, file }: { readonly name: string; readonly file: string },
): Promise<Registered> {
  const model = readModelFile(file);
  const card = ModelCard.safeParse(cardIn(file));
  if (!card.success) {
    throw new AppError("unsupported-file", "The file has no model card", { field: "file" });
  }
  const books = await knownBooks(database, actor.workspaceId, model);
  const version = { runId: null, card: { ...card.data, books }, file: Buffer.from(file) };
  return registerModel(database, actor, { name, notes: "", ...version });
}

function cardIn(file: string): unknown {
  const { card }: { card?: unknown } = JSON.parse(file);
  return card;
}

/** Instruments of a file as this workspace knows them; ids of another are nobody's here. */
async function knownBooks(
  database: Database,
  workspaceId: string,
  { books }: ModelFile,
): Promise<LegView[][]> {
  const known = await instrumentsByIds(database.pool, workspaceId, [...new Set(books.flat())]);
  return books.map((book) =>
    book.map((instrumentId) => {
      const instrument = known.find(({ id }) => id === instrumentId);
      return {
        instrumentId,
        symbol: instrument?.symbol ?? `#${instrumentId}`,
        venue: instrument?.venue ?? "",
      };
    }),
  );
}

/** The text of a file with its card in it. */
function withCard(text: string, card: ModelCard): Buffer {
  return Buffer.from(`${text.slice(0, -1)},"card":${JSON.stringify(card)}}`);
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
    },
    books: group.books,
    intervalMs: file.intervalMs,
    span: file.span,
    rows: file.drift.rows,
    features: file.model.features.map(featureName),
    label: labelWords(file),
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
    warnings: summary.warnings,
    manifest: summary.manifest,
    trainedBy: key.trainedBy,
  };
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

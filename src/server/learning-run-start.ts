import type { DatasetConfig } from "#contracts/dataset.ts";
import { AppError } from "#contracts/error-code.ts";
import type { LearnerChoice, LearningRunConfig } from "#contracts/learning-run.ts";
import { runBudget } from "#contracts/run-budget.ts";
import type { Database } from "#db/client.ts";
import { datasetOfVersion, startLearningRun } from "#db/learning-runs.ts";
import { labelClasses } from "#quant/learning/labels/label-spec.ts";
import {
  isLearnerKind,
  LEARNERS,
  type OpenLearner,
  openLearnerOfKind,
} from "#quant/learning/models/learners.ts";
import { trainedLearners } from "#quant/learning/models/trained-learners.ts";
import type { LearningTask } from "#quant/learning/training-data.ts";

/**
 * Starts a run that can be trained on its dataset, as far as that is seen without bars.
 *
 * @throws {AppError} invalid-input, with the field that is wrong; as startLearningRun
 */
export async function startCheckedRun(
  database: Database,
  owner: Parameters<typeof startLearningRun>[1],
  run: Parameters<typeof startLearningRun>[2],
): Promise<{ runId: string; jobId: string }> {
  const dataset = await datasetOfVersion(database, owner.workspaceId, run.datasetVersionId);
  requireTrainable(dataset, run.config);
  return startLearningRun(database, owner, run);
}

function requireTrainable(dataset: DatasetConfig, config: LearningRunConfig): void {
  if (config.kind === "thesis" && dataset.books.some((book) => book.length !== 2)) {
    throw refused("kind", "The published comparison is of pairs, and this dataset is not");
  }
  if (config.kind !== "models") return;
  const classes = labelClasses(dataset.label);
  const task = classes.length === 0 ? "regression" : "classification";
  for (const [place, learner] of config.learners.entries()) {
    requireLearner(learner, `learners.${place}`, task);
  }
  const hasDirection = classes.some(({ direction }) => direction !== 0);
  const { baselines, others } = trainedLearners(config.learners, { task, hasDirection });
  const { split, search } = config;
  const budget = runBudget({
    groups: dataset.pooling === "pooled" ? 1 : dataset.books.length,
    models: baselines.length + others.length,
    folds: split.kind === "chronological" ? 1 : split.folds,
    search,
  });
  const refusal = budget?.refusal ?? null;
  if (refusal !== null) throw refused(search === null ? "split" : "search", refusal);
}

function requireLearner({ kind, parameters }: LearnerChoice, field: string, task: LearningTask) {
  if (!isLearnerKind(kind)) throw refused(`${field}.kind`, `There is no model “${kind}”`);
  const { label, parameters: fields }: Described = LEARNERS[kind];
  const opening = openLearnerOfKind(kind, parameters);
  if (opening.kind === "refused") {
    const [issue] = opening.issues;
    const name = issue?.field ?? "";
    const title = Object.hasOwn(fields, name) ? fields[name]?.label : name;
    throw refused(`${field}.parameters.${name}`, `${label}, ${title}: ${issue?.message}`);
  }
  if (opening.open.tasks.includes(task)) return;
  const predicted = task === "regression" ? "numbers" : "classes";
  throw refused(
    `${field}.kind`,
    `${label} does not predict ${predicted}, which the label of this dataset is`,
  );
}

type Described = Pick<OpenLearner, "label"> & {
  readonly parameters: Readonly<Record<string, { readonly label: string }>>;
};

function refused(field: string, message: string): AppError {
  return new AppError("invalid-input", message, { field: `config.${field}` });
}

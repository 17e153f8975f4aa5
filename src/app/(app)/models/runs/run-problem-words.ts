import type { LearnerCatalogue } from "./learner-form.ts";
import type { RunProblem } from "./run-check.ts";
import type { RunFormValues } from "./run-form-values.ts";

const LABELS: Readonly<Record<string, string>> = {
  name: "Name",
  seed: "Seed",
  "split.testShare": "Test",
  "split.trainingShare": "First training",
  "split.folds": "Folds",
  "split.embargoBars": "Embargo",
  "preparation.winsoriseShare": "Outliers cut off",
  "preparation.componentsShare": "Principal components",
  "search.trials": "Trials",
  "search.innerFolds": "Inner folds",
};

/** What is wrong with a run, after the name of the field where the message does not say it. */
export function problemWords(
  { path, message }: RunProblem,
  values: Pick<RunFormValues, "learners">,
  catalogue: LearnerCatalogue,
): string {
  const label = labelOf(path, values, catalogue);
  return label === "" ? message : `${label}: ${message}`;
}

function labelOf(
  path: string,
  { learners }: Pick<RunFormValues, "learners">,
  catalogue: LearnerCatalogue,
): string {
  const plain = LABELS[path];
  if (plain !== undefined) return plain;
  const [head, place = "", , parameter = ""] = path.split(".");
  if (head !== "learners") return "";
  const kind = learners[Number(place)]?.kind;
  const form = catalogue.learners.find((one) => one.kind === kind);
  const field = form?.parameters[parameter];
  return form === undefined || field === undefined ? "" : `${form.label}, ${field.label}`;
}

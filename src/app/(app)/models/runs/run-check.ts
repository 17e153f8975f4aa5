import { LearningRunConfig, LearningRunName, Split } from "#contracts/learning-run.ts";
import { type RunBudget, runBudget } from "#contracts/run-budget.ts";
import { parameterIssue } from "#quant/strategies/parameter-values.ts";
import { numberOf } from "../../strategies/form-numbers.ts";
import { inputWords } from "../../strategies/input-words.ts";
import type { LearnerCatalogue } from "./learner-form.ts";
import {
  type RunFormValues,
  runCandidate,
  splitCandidate,
  typedParameters,
} from "./run-form-values.ts";
import { baselineKinds, type RunSubject } from "./run-subject.ts";

/** What is wrong, and with which field of the contract: "split.folds", "learners.0.parameters.penalty". */
export type RunProblem = { readonly path: string; readonly message: string };

/** What a form means: what can be started, what is wrong with it, and how much it is. */
export type RunCheck = {
  /** Null while something is wrong. */
  readonly run: { readonly name: string; readonly config: LearningRunConfig } | null;
  readonly problems: readonly RunProblem[];
  /** Of the kind that trains models; null of the others, and while it cannot be counted. */
  readonly budget: RunBudget | null;
  /** The split when nothing is wrong with it, for its picture. */
  readonly split: Split | null;
};

/** Checks what is typed against the contract, the dataset and the number of trainings that are made. */
export function checkRun(
  values: RunFormValues,
  catalogue: LearnerCatalogue,
  subject: RunSubject,
): RunCheck {
  const problems = new Map<string, string>();
  const add = (path: string, message: string) => {
    if (!problems.has(path)) problems.set(path, message);
  };
  const name = LearningRunName.safeParse(values.name, { error: inputWords });
  if (!name.success) add("name", name.error.issues[0]?.message ?? "");
  if (values.kind === "thesis" && !subject.isPairs) {
    add("kind", "The thesis's comparison is of pairs, and this dataset is of instruments");
  }
  const isModels = values.kind === "models";
  if (isModels) {
    for (const { path, message } of learnerProblems(values, catalogue, subject)) add(path, message);
  }
  const config = LearningRunConfig.safeParse(runCandidate(values, catalogue), {
    error: inputWords,
  });
  for (const issue of config.error?.issues ?? []) {
    add(issue.path.join("."), inPercent(issue) ?? issue.message);
  }
  const budget = isModels ? budgetOf(values, catalogue, subject) : null;
  const refusal = budget?.refusal ?? null;
  if (refusal !== null) add("budget", refusal);
  const split = Split.safeParse(splitCandidate(values.split));
  return {
    run:
      problems.size === 0 && name.success && config.success
        ? { name: name.data, config: config.data }
        : null,
    problems: [...problems].map(([path, message]) => ({ path, message })),
    budget,
    split: split.success ? split.data : null,
  };
}

function learnerProblems(
  values: RunFormValues,
  catalogue: LearnerCatalogue,
  { task }: RunSubject,
): readonly RunProblem[] {
  return values.learners.flatMap((learner, place) => {
    const form = catalogue.learners.find(({ kind }) => kind === learner.kind);
    const path = `learners.${place}`;
    if (form === undefined) return [{ path, message: "This kind of model is no longer there" }];
    if (!form.tasks.includes(task)) {
      return [{ path, message: `${form.label} ${unfitWords(task)}` }];
    }
    const typed = typedParameters(learner, catalogue);
    return Object.entries(form.parameters).flatMap(([name, parameter]) => {
      const message = parameterIssue(parameter, typed[name]);
      if (message === null) return [];
      return [
        {
          path: `${path}.parameters.${name}`,
          message: message === "Must be a number" ? "Fill in this field" : message,
        },
      ];
    });
  });
}

/** Why a model cannot be trained on a dataset, as the rest of a sentence. */
export function unfitWords(task: RunSubject["task"]): string {
  return task === "regression"
    ? "predicts classes, and the label of this dataset is a number"
    : "predicts numbers, and the label of this dataset is classes";
}

/** Baselines count: they are trained on the same folds. */
export function modelCount(
  values: Pick<RunFormValues, "learners">,
  catalogue: LearnerCatalogue,
  subject: RunSubject,
): number {
  const baselines = baselineKinds(catalogue, subject);
  const asked = values.learners.filter(({ kind }) => !baselines.includes(kind));
  return baselines.length + asked.length;
}

function budgetOf(
  values: RunFormValues,
  catalogue: LearnerCatalogue,
  subject: RunSubject,
): RunBudget | null {
  const { search } = values;
  const split = splitCandidate(values.split);
  return runBudget({
    groups: subject.groups,
    models: modelCount(values, catalogue, subject),
    folds: split.kind === "chronological" ? 1 : split.folds,
    search:
      search.method === "none"
        ? null
        : { trials: numberOf(search.trials), innerFolds: numberOf(search.innerFolds) },
  });
}

type Bound = {
  readonly path: readonly PropertyKey[];
  readonly code: string;
  readonly minimum?: unknown;
  readonly maximum?: unknown;
  readonly inclusive?: unknown;
};

/** Shares are typed in percent, so their bounds are told in percent. */
function inPercent(issue: Bound): string | null {
  if (!String(issue.path.at(-1)).endsWith("Share")) return null;
  if (issue.code === "too_small" && typeof issue.minimum === "number") {
    const least = Math.round(issue.minimum * 1e6) / 1e4;
    return issue.inclusive === false ? `Must be above ${least} %` : `At least ${least} %`;
  }
  if (issue.code === "too_big" && typeof issue.maximum === "number") {
    return `At most ${Math.round(issue.maximum * 1e6) / 1e4} %`;
  }
  return null;
}

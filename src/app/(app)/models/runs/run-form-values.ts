import type { LearningRunConfig } from "#contracts/learning-run.ts";
import type { LearningTask } from "#quant/learning/training-data.ts";
import { fractionOfPercent, numberOf, percentText } from "../../strategies/form-numbers.ts";
import { parameterField, typedParameter } from "../../strategies/typed-parameter.ts";
import type { LearnerCatalogue, LearnerForm } from "./learner-form.ts";

type ModelsConfig = Extract<LearningRunConfig, { kind: "models" }>;

/** A model to be trained, its parameters as typed. */
export type LearnerValues = {
  kind: string;
  values: { [name: string]: string | boolean };
};

/** The form of a run, as it is typed; settings of a kind that is not chosen stay while another is looked at. */
export type RunFormValues = {
  name: string;
  kind: LearningRunConfig["kind"];
  learners: LearnerValues[];
  split: {
    kind: ModelsConfig["split"]["kind"];
    testPercent: string;
    window: "expanding" | "rolling";
    trainingPercent: string;
    folds: string;
    kFolds: string;
    embargoBars: string;
  };
  preparation: {
    impute: ModelsConfig["preparation"]["impute"];
    /** Empty: nothing is cut off. */
    winsorisePercent: string;
    scale: ModelsConfig["preparation"]["scale"];
    /** Empty: the features themselves. */
    componentsPercent: string;
  };
  balance: ModelsConfig["balance"];
  uniqueness: boolean;
  search: { method: "none" | "random" | "tpe"; trials: string; innerFolds: string };
  seed: string;
};

const USUAL: Readonly<Record<LearningTask, readonly string[]>> = {
  classification: ["logistic", "gradient-boosting"],
  regression: ["ridge", "gradient-boosting"],
};

/** What most runs are: a linear model and boosting, tested on what came after, in five steps. */
export function initialRun(
  catalogue: LearnerCatalogue,
  task: LearningTask,
  name: string,
): RunFormValues {
  return {
    name,
    kind: "models",
    learners: USUAL[task].flatMap((kind) => {
      const learner = catalogue.learners.find((one) => one.kind === kind);
      return learner === undefined ? [] : [usualLearner(learner)];
    }),
    split: {
      ...{ kind: "walk-forward", window: "expanding", trainingPercent: "50", folds: "5" },
      ...{ testPercent: "20", kFolds: "5", embargoBars: "0" },
    },
    preparation: {
      ...{ impute: "none", winsorisePercent: "", scale: "standard", componentsPercent: "" },
    },
    balance: "none",
    uniqueness: false,
    search: { method: "none", trials: "50", innerFolds: "3" },
    seed: "1",
  };
}

/** A model with its usual parameters. */
export function usualLearner({ kind, parameters }: LearnerForm): LearnerValues {
  const fields = Object.entries(parameters).map(([name, parameter]): [string, string | boolean] => [
    name,
    parameterField(parameter.default),
  ]);
  return { kind, values: Object.fromEntries(fields) };
}

/**
 * The form of a run that was made before, to be changed and run again. Models that the present dataset's
 * label does not suit stay in it, and are told to be wrong.
 *
 * @param config of the run
 * @param initial of the form, for what the run has not
 */
export function valuesOfRun(config: LearningRunConfig, initial: RunFormValues): RunFormValues {
  const seed = String(config.seed);
  if (config.kind !== "models") return { ...initial, kind: config.kind, seed };
  const { split, preparation, search } = config;
  return {
    ...initial,
    kind: "models",
    learners: config.learners.map(({ kind, parameters }) => ({
      kind,
      values: Object.fromEntries(
        Object.entries(parameters).map(([name, value]) => [name, parameterField(value)]),
      ),
    })),
    split: { ...initial.split, kind: split.kind, ...splitFields(split) },
    preparation: {
      impute: preparation.impute,
      winsorisePercent: optionalPercent(preparation.winsoriseShare),
      scale: preparation.scale,
      componentsPercent: optionalPercent(preparation.componentsShare),
    },
    balance: config.balance,
    uniqueness: config.uniqueness,
    search:
      search === null
        ? { ...initial.search, method: "none" }
        : {
            method: search.method,
            trials: String(search.trials),
            innerFolds: String(search.innerFolds),
          },
    seed,
  };
}

function splitFields(split: ModelsConfig["split"]): Partial<RunFormValues["split"]> {
  switch (split.kind) {
    case "chronological":
      return { testPercent: percentText(split.testShare) };
    case "walk-forward":
      return {
        window: split.window,
        trainingPercent: percentText(split.trainingShare),
        folds: String(split.folds),
      };
    case "purged-k-fold":
      return { kFolds: String(split.folds), embargoBars: String(split.embargoBars) };
  }
}

function optionalPercent(share: number | null): string {
  return share === null ? "" : percentText(share);
}

/** What was typed as a candidate for the contract: a number that is none is NaN. */
export function runCandidate(
  values: RunFormValues,
  catalogue: LearnerCatalogue,
): Record<string, unknown> {
  const seed = numberOf(values.seed);
  if (values.kind !== "models") return { kind: values.kind, seed };
  const { preparation, search } = values;
  const share = (text: string) => (text.trim() === "" ? null : fractionOfPercent(text));
  return {
    kind: "models",
    learners: values.learners.map((learner) => ({
      kind: learner.kind,
      parameters: typedParameters(learner, catalogue),
    })),
    split: splitCandidate(values.split),
    preparation: {
      impute: preparation.impute,
      winsoriseShare: share(preparation.winsorisePercent),
      scale: preparation.scale,
      componentsShare: share(preparation.componentsPercent),
    },
    balance: values.balance,
    uniqueness: values.uniqueness,
    search:
      search.method === "none"
        ? null
        : {
            method: search.method,
            trials: numberOf(search.trials),
            innerFolds: numberOf(search.innerFolds),
          },
    seed,
  };
}

/** Parameters of a model by name, as its kind describes them. */
export function typedParameters(
  { kind, values }: LearnerValues,
  { learners }: LearnerCatalogue,
): Record<string, number | string | boolean | null> {
  const fields = learners.find((one) => one.kind === kind)?.parameters ?? {};
  return Object.fromEntries(
    Object.entries(fields).map(([name, parameter]) => [
      name,
      typedParameter(parameter, values[name]),
    ]),
  );
}

/** The split as typed, for its picture too; a number that is none is NaN. */
export function splitCandidate(split: RunFormValues["split"]): ModelsConfig["split"] {
  switch (split.kind) {
    case "chronological":
      return { kind: split.kind, testShare: fractionOfPercent(split.testPercent) };
    case "walk-forward":
      return {
        kind: split.kind,
        window: split.window,
        trainingShare: fractionOfPercent(split.trainingPercent),
        folds: numberOf(split.folds),
      };
    case "purged-k-fold":
      return {
        kind: split.kind,
        folds: numberOf(split.kFolds),
        embargoBars: numberOf(split.embargoBars),
      };
  }
}

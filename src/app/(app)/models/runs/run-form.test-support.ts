import type { StrategyParameter } from "#quant/strategies/strategy-parameters.ts";
import type { LearnerCatalogue } from "./learner-form.ts";
import type { RunSubject } from "./run-subject.ts";

const PENALTY: StrategyParameter = {
  kind: "number",
  label: "Penalty",
  help: "Shrinks.",
  unit: "none",
  optional: false,
  ...{ min: 0, max: 1e9, step: 1, default: 1 },
};

function learner(
  kind: string,
  tasks: LearnerCatalogue["learners"][number]["tasks"],
): LearnerCatalogue["learners"][number] {
  return {
    ...{ kind, label: kind, summary: "", family: "linear", tasks, isSearched: true },
    parameters: { penalty: PENALTY },
  };
}

/** A small catalogue: what tests need of it, and no learner's code. */
export const TEST_CATALOGUE: LearnerCatalogue = {
  learners: [
    learner("logistic", ["classification"]),
    learner("ridge", ["regression"]),
    learner("gradient-boosting", ["classification", "regression"]),
  ],
  baselines: {
    numbers: ["last-value", "historical-mean", "autoregression"],
    directions: ["majority-class", "last-direction", "autoregression"],
    classes: ["majority-class"],
  },
};

/** A pair whose direction is predicted. */
export const TEST_SUBJECT: RunSubject = {
  ...{ task: "classification", hasDirection: true, classes: ["down or unchanged", "up"] },
  ...{ isPairs: true, books: 1, groups: 1, bars: 10_000 },
};

import { baselinesOf, LEARNERS, type LearnerKind } from "#quant/learning/models/learners.ts";
import type { StrategyParameter } from "#quant/strategies/strategy-parameters.ts";
import type { LearnerCatalogue, LearnerForm } from "./learner-form.ts";

/** What the form of a run needs of the learners; made on the server, because they are most of the core's code. */
export function learnerCatalogue(): LearnerCatalogue {
  return {
    learners: Object.values(LEARNERS).map(formOf),
    baselines: {
      numbers: baselinesOf("regression", false),
      directions: baselinesOf("classification", true),
      classes: baselinesOf("classification", false),
    },
  };
}

function formOf(learner: (typeof LEARNERS)[LearnerKind]): LearnerForm {
  const { kind, label, summary, family, tasks, searched } = learner;
  const parameters: [string, StrategyParameter][] = Object.entries(learner.parameters);
  return {
    ...{ kind, label, summary, family },
    tasks: [...tasks],
    parameters: Object.fromEntries(parameters),
    isSearched: Object.keys(searched).length > 0,
  };
}

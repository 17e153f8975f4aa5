import type { LearnerFamily } from "#quant/learning/models/learner.ts";
import type { LearningTask } from "#quant/learning/training-data.ts";
import type { StrategyParameter } from "#quant/strategies/strategy-parameters.ts";

/** A way to learn as a form shows it: plain data, so that the browser need not load the learners themselves. */
export type LearnerForm = {
  readonly kind: string;
  readonly label: string;
  readonly summary: string;
  readonly family: LearnerFamily;
  readonly tasks: readonly LearningTask[];
  readonly parameters: Readonly<Record<string, StrategyParameter>>;
  /** Whether a search has anything to try of it. */
  readonly isSearched: boolean;
};

/** All ways to learn, and which of them are trained beside whatever is asked for. */
export type LearnerCatalogue = {
  readonly learners: readonly LearnerForm[];
  readonly baselines: {
    /** Of a label that is a number. */
    readonly numbers: readonly string[];
    /** Of classes that say which way the source goes. */
    readonly directions: readonly string[];
    /** Of other classes. */
    readonly classes: readonly string[];
  };
};

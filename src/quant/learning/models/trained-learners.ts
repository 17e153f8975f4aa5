import type { ParameterValue } from "../../strategies/strategy-parameters.ts";
import type { LearningTask } from "../training-data.ts";
import { baselinesOf, defaultParameters } from "./learners.ts";

/** A learner by its kind, with its parameters. */
export type ChosenLearner = {
  readonly kind: string;
  readonly parameters: Readonly<Record<string, ParameterValue>>;
};

/** Learners of a run. */
export type TrainedLearners = {
  /** As they are by default: a weaker one that was asked for stands beside, not in their place. */
  readonly baselines: readonly ChosenLearner[];
  /** What was asked for and is not among the baselines. */
  readonly others: readonly ChosenLearner[];
};

/**
 * What a run trains: what is asked for, and the baselines beside it.
 *
 * @param asked learners with their parameters
 * @param label what it predicts, and whether its classes say which way the source goes
 */
export function trainedLearners(
  asked: readonly ChosenLearner[],
  label: { readonly task: LearningTask; readonly hasDirection: boolean },
): TrainedLearners {
  const baselines = baselinesOf(label.task, label.hasDirection).map((kind) => ({
    kind,
    parameters: defaultParameters(kind),
  }));
  const others = asked.filter((learner) => !baselines.some((one) => isSame(one, learner)));
  return { baselines, others };
}

function isSame(a: ChosenLearner, b: ChosenLearner): boolean {
  const names = Object.keys(a.parameters);
  return (
    a.kind === b.kind &&
    names.length === Object.keys(b.parameters).length &&
    names.every((name) => a.parameters[name] === b.parameters[name])
  );
}

import { InvalidInputError } from "../../invalid-input-error.ts";
import {
  type ParameterSpace,
  type ParameterValues,
  readParameterSpace,
} from "../../optimisation/parameter-space.ts";
import { type ParameterIssue, readConfig } from "../../strategies/parameter-values.ts";
import type { ParameterValue, StrategyParameter } from "../../strategies/strategy-parameters.ts";
import type { FeatureTable, LearningTask, TrainingOptions } from "../training-data.ts";
import {
  autoregressionLearner,
  historicalMeanLearner,
  lastDirectionLearner,
  lastValueLearner,
  majorityClassLearner,
} from "./baseline-learners.ts";
import { arimaLearner, rlrtLearner } from "./forecast-learners.ts";
import type { Learner, LearningCurve, LearningRows } from "./learner.ts";
import {
  linearLearner,
  logisticLearner,
  neighboursLearner,
  ridgeLearner,
} from "./linear-learners.ts";
import { gruLearner, lstmLearner } from "./network-learners.ts";
import { boostingLearner, forestLearner, treeLearner } from "./tree-learners.ts";

/** Every way to learn, in the order of a list: baselines first, then the simple ones. */
export const LEARNERS = {
  "last-value": lastValueLearner,
  "last-direction": lastDirectionLearner,
  "historical-mean": historicalMeanLearner,
  "majority-class": majorityClassLearner,
  autoregression: autoregressionLearner,
  linear: linearLearner,
  ridge: ridgeLearner,
  logistic: logisticLearner,
  neighbours: neighboursLearner,
  "decision-tree": treeLearner,
  "random-forest": forestLearner,
  "gradient-boosting": boostingLearner,
  arima: arimaLearner,
  rlrt: rlrtLearner,
  gru: gruLearner,
  lstm: lstmLearner,
} as const;

export type LearnerKind = keyof typeof LEARNERS;

/** A learner with its parameters, the types of both and of what it learns forgotten. */
export type OpenLearner = Pick<
  Learner<unknown, unknown>,
  "kind" | "label" | "family" | "tasks" | "takesMissing" | "readsFeatures"
> & {
  /** Rows before the one predicted that it looks at. */
  readonly lookBackRows: number;
  /** The most that it looks at by any parameters that a search tries. */
  readonly searchedLookBackRows: number;
  readonly fit: (rows: LearningRows, training: Int32Array, options: TrainingOptions) => unknown;
  /** @param model of `fit` of the same kind */
  readonly predict: (model: unknown, rows: LearningRows, places: Int32Array) => Float64Array;
  /** null of a learner whose answers cannot be shared out exactly. */
  readonly contributions: (model: unknown, table: FeatureTable) => Float64Array | null;
  readonly curve: (model: unknown) => LearningCurve | null;
  readonly learned: (model: unknown) => Readonly<Record<string, number>>;
  /** Combinations that a search tries, the other parameters as they are. */
  readonly searchSpace: (pointsMax: number) => ParameterSpace;
};

/** An open learner, or everything that is wrong with its parameters. */
export type LearnerOpening =
  | { readonly kind: "valid"; readonly open: OpenLearner }
  | { readonly kind: "refused"; readonly issues: readonly ParameterIssue[] };

type Opener = (values: Readonly<Record<string, unknown>>) => LearnerOpening;

const OPENERS: Readonly<Record<LearnerKind, Opener>> = {
  "last-value": openerOf(lastValueLearner),
  "last-direction": openerOf(lastDirectionLearner),
  "historical-mean": openerOf(historicalMeanLearner),
  "majority-class": openerOf(majorityClassLearner),
  autoregression: openerOf(autoregressionLearner),
  linear: openerOf(linearLearner),
  ridge: openerOf(ridgeLearner),
  logistic: openerOf(logisticLearner),
  neighbours: openerOf(neighboursLearner),
  "decision-tree": openerOf(treeLearner),
  "random-forest": openerOf(forestLearner),
  "gradient-boosting": openerOf(boostingLearner),
  arima: openerOf(arimaLearner),
  rlrt: openerOf(rlrtLearner),
  gru: openerOf(gruLearner),
  lstm: openerOf(lstmLearner),
};

/** Whether a text is the kind of a learner. */
export function isLearnerKind(kind: string): kind is LearnerKind {
  return Object.hasOwn(LEARNERS, kind);
}

/**
 * Opens a learner of a kind that is known only when the program runs.
 *
 * @param kind which
 * @param values its parameters from outside, by name
 */
export function openLearnerOfKind(
  kind: string,
  values: Readonly<Record<string, unknown>>,
): LearnerOpening {
  if (isLearnerKind(kind)) return OPENERS[kind](values);
  return { kind: "refused", issues: [{ field: "learner", message: `There is no ${kind}` }] };
}

/**
 * Baselines that are trained beside whatever is asked for.
 *
 * @param task what is predicted
 * @param hasDirection whether classes say which way the source goes
 */
export function baselinesOf(task: LearningTask, hasDirection: boolean): readonly LearnerKind[] {
  if (task === "regression") return ["last-value", "historical-mean", "autoregression"];
  return hasDirection ? ["majority-class", "last-direction", "autoregression"] : ["majority-class"];
}

function spaceOf<Parameters, Fitted>(
  learner: Learner<Parameters, Fitted>,
  values: Readonly<Record<string, unknown>>,
  pointsMax: number,
): ParameterSpace {
  // Each was read by its field, which holds nothing else.
  const base = values as ParameterValues;
  const reading = readParameterSpace(learner, { base, varied: learner.searched, pointsMax });
  if (reading.kind === "space") return reading.space;
  throw new InvalidInputError("out-of-range", `the search of ${learner.kind} is ${reading.kind}`);
}

/** Parameters that a form begins with. */
export function defaultParameters(kind: LearnerKind): Readonly<Record<string, ParameterValue>> {
  const fields: [string, StrategyParameter][] = Object.entries(LEARNERS[kind].parameters);
  return Object.fromEntries(fields.map(([name, field]) => [name, field.default]));
}

function searchedLookBackRows<Parameters, Fitted>(
  learner: Learner<Parameters, Fitted>,
  parameters: Parameters,
): number {
  const tried = Object.entries(learner.searched).flatMap(([name, values]) =>
    values.map((value) => learner.lookBackRows({ ...parameters, [name]: value })),
  );
  return Math.max(learner.lookBackRows(parameters), ...tried);
}

function openerOf<Parameters, Fitted>(learner: Learner<Parameters, Fitted>): Opener {
  return (values) => {
    const reading = readConfig(learner, values);
    if (reading.kind === "refused") return reading;
    const parameters = reading.config;
    // What was learned is ours; whoever stores it keeps it beside the kind of its learner.
    const own = (model: unknown) => model as Fitted;
    const { kind, label, family, tasks, takesMissing, readsFeatures } = learner;
    return {
      kind: "valid",
      open: {
        ...{ kind, label, family, tasks, takesMissing, readsFeatures },
        lookBackRows: learner.lookBackRows(parameters),
        searchedLookBackRows: searchedLookBackRows(learner, parameters),
        fit: (rows, training, options) => learner.fit(rows, training, parameters, options),
        predict: (model, rows, places) => learner.predict(own(model), rows, places),
        contributions: (model, table) => learner.contributions?.(own(model), table) ?? null,
        curve: (model) => learner.curve?.(own(model)) ?? null,
        learned: (model) => learner.learned?.(own(model)) ?? {},
        searchSpace: (pointsMax) => spaceOf(learner, values, pointsMax),
      },
    };
  };
}

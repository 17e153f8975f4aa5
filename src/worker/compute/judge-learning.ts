import type { LearningRunSummary, RunResult, StoredRunDetail } from "#contracts/learning-run.ts";
import {
  type GroupModel,
  type JudgedGroup,
  judgeGroup,
  judgeGroups,
  type ModelScores,
} from "#quant/learning/models/judge-run.ts";
import { rowLosses } from "#quant/learning/models/row-losses.ts";
import type { LearningTrial } from "#quant/learning/models/search-parameters.ts";
import type { FoldOutcome } from "#quant/learning/models/train-on-fold.ts";
import type { ModelVerdict } from "#quant/learning/scores/model-verdict.ts";
import { valuesAt } from "#quant/learning/training-data.ts";
import { learningDetail } from "./learning-detail.ts";
import {
  type LearningInput,
  type ReadyGroup,
  type ReadyLearning,
  type ReadyModel,
  readyLearning,
} from "./learning-input.ts";
import type { LearningPartResult } from "./learning-tasks.ts";

/** What a model came to on a group, before verdicts: these need all groups. */
export type JudgedModel = Omit<RunResult, "verdict" | "trials"> & {
  /** What its page draws; null of what was refused. */
  readonly detail: StoredRunDetail | null;
  readonly trials: readonly (LearningTrial & { readonly fold: number })[];
  /** Of each judged row; null of what was refused. */
  readonly losses: Float64Array | null;
};

/** A group as it is judged; plain data, without the models themselves. */
export type JudgedLearningGroup = {
  readonly models: readonly JudgedModel[];
  readonly evidence: JudgedGroup["evidence"];
  /** Whether the label is a rule of the features themselves. */
  readonly isOwnRule: boolean;
  /** Places of the judged rows. */
  readonly places: Int32Array;
  readonly warnings: readonly string[];
};

/** What judging needs of a part: of a model that is kept everything but the model. */
export type JudgedPart =
  | Exclude<LearningPartResult, { readonly kind: "kept" }>
  | Omit<Extract<LearningPartResult, { readonly kind: "kept" }>, "fitted">;

/**
 * Judges one group of a run whose parts are done.
 *
 * @param input.group its place
 * @param input.results parts of this group, by id
 */
export function judgeLearning(
  input: LearningInput & {
    readonly group: number;
    readonly results: ReadonlyMap<string, JudgedPart>;
  },
  onProgress: (fraction: number) => void,
): JudgedLearningGroup {
  const ready = readyLearning(input);
  const { models, run } = ready;
  const group = ready.groups[input.group];
  const [first] = models;
  if (group === undefined || first === undefined) throw new Error("Invariant: a run has both");
  const said = models.map((model) => groupModel(ready, group, model, input.results));
  const judged = judgeGroup(
    group.rows,
    ready.foldsOf(group, first),
    said.map(({ model }) => model),
    { seed: run.seed, onProgress },
  );
  return {
    models: said.map((parts) => judgedModel(group, judged, parts)),
    evidence: judged.evidence,
    isOwnRule: group.rows.readsPresentOnly,
    places: judged.rows.places,
    warnings: warningsOf(group, judged, said),
  };
}

/** Results of a run whose groups are all judged: what they say of each other is corrected for their number. */
export function learningResults(
  groups: readonly JudgedLearningGroup[],
): LearningRunSummary["results"] {
  const verdicts = judgeGroups(groups);
  return groups.flatMap(({ models, isOwnRule }, g) =>
    models.map(({ detail: _d, losses: _l, trials, ...result }) => ({
      ...result,
      verdict: verdictOf(verdicts[g]?.get(result.model) ?? null, isOwnRule),
      trials: trials.length,
    })),
  );
}

/** Of a label that is a rule of its own features: never that a model beats anything. */
function verdictOf(verdict: ModelVerdict | null, isOwnRule: boolean): RunResult["verdict"] {
  if (verdict === null) return null;
  return {
    kind: isOwnRule ? "undecided" : verdict.kind,
    reason: isOwnRule ? "own-rule" : verdict.reason,
    baseline: verdict.baselineName,
    difference: verdict.difference,
    relativeDifference: verdict.relativeDifference,
    lower: verdict.interval?.lower ?? null,
    upper: verdict.interval?.upper ?? null,
    pValue: verdict.p,
    pAdjusted: verdict.pAdjusted,
    rows: verdict.rows,
  };
}

type ModelParts = {
  readonly model: GroupModel;
  readonly outcomes: readonly FoldOutcome[];
  readonly trials: JudgedModel["trials"];
  readonly seconds: number;
};

/** The parts of one model on one group. */
function groupModel(
  ready: ReadyLearning,
  group: ReadyGroup,
  model: ReadyModel,
  results: ReadonlyMap<string, JudgedPart>,
): ModelParts {
  const folds = ready.foldsOf(group, model);
  const partOf = (name: string | number) => results.get(`${group.key}/${model.key}/${name}`);
  const tested = folds.map((_, fold) => partOf(fold));
  const kept = partOf("all");
  const { key, label, isBaseline } = model;
  const refused = [...tested, kept].find((part) => part?.kind === "refused");
  const outcomes = tested.flatMap((part) => (part?.kind === "tested" ? [part.outcome] : []));
  const trials = [
    ...outcomes.map((outcome) => outcome.trials),
    ...(kept?.kind === "kept" ? [kept.trials] : []),
  ];
  const times = [...tested, kept].map((part) =>
    part === undefined || part.kind === "refused" ? 0 : part.seconds,
  );
  return {
    model: {
      ...{ key, label, isBaseline },
      outcome:
        refused?.kind === "refused"
          ? { kind: "refused", message: refused.message }
          : { kind: "trained", outputs: outcomes.map(({ outputs }) => outputs) },
    },
    outcomes,
    trials: trials.flatMap((some, fold) => some.map((trial) => ({ fold, ...trial }))),
    seconds: times.reduce((sum, time) => sum + time, 0),
  };
}

function judgedModel(
  { key: group, rows }: ReadyGroup,
  judged: JudgedGroup,
  { model: { key, outcome }, outcomes, trials, seconds }: ModelParts,
): JudgedModel {
  const { places } = judged.rows;
  const scores = judged.scores.get(key);
  const members = judged.memberScores.get(key) ?? [];
  const outputs = judged.rows.outputs.get(key);
  return {
    model: key,
    group,
    refusal: outcome.kind === "refused" ? outcome.message : null,
    ...plainScores(scores),
    ...(members.length === 0 ? {} : { members: members.map(plainScores) }),
    seconds,
    trials,
    detail: outputs === undefined ? null : learningDetail(rows, places, outputs, outcomes),
    losses:
      outputs === undefined
        ? null
        : rowLosses(valuesAt(rows.target, places), outputs, rows.classCount),
  };
}

function plainScores(scores: ModelScores | undefined): Pick<RunResult, "scores" | "intervals"> {
  return { scores: { ...scores?.scores }, intervals: { ...scores?.intervals } };
}

function warningsOf(
  { label }: ReadyGroup,
  { rows: { leftOut } }: JudgedGroup,
  said: readonly ModelParts[],
): readonly string[] {
  const untrained = said.flatMap(({ model: { outcome, ...model } }) =>
    outcome.kind === "refused" && model.isBaseline
      ? [
          `${label}: the baseline “${model.label}” could not be trained (${outcome.message}), so that models are held against the others alone.`,
        ]
      : [],
  );
  if (leftOut === 0) return untrained;
  return [
    `${label}: ${leftOut} test rows are left out, because some model has no answer there.`,
    ...untrained,
  ];
}

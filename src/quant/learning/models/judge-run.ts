import { assert } from "../../assert.ts";
import type { Dataset } from "../labels/dataset.ts";
import { classLosses } from "../scores/class-losses.ts";
import type { ClassPredictions } from "../scores/class-predictions.ts";
import { classificationScores } from "../scores/classification-scores.ts";
import { directionHits } from "../scores/directional-accuracy.ts";
import { errorLosses } from "../scores/error-losses.ts";
import { type LossEvidence, lossEvidence } from "../scores/loss-evidence.ts";
import { meanLossesByTime } from "../scores/mean-losses-by-time.ts";
import { bestBaseline, judgedEvidence, type ModelVerdict } from "../scores/model-verdict.ts";
import { regressionScores } from "../scores/regression-scores.ts";
import {
  confusionRowScore,
  hitShareScore,
  meanLossScore,
  rankingRowScore,
  rSquaredScore,
} from "../scores/row-score.ts";
import { namedIntervals } from "../scores/score-intervals.ts";
import type { Fold } from "../splits/fold.ts";
import { valuesAt } from "../training-data.ts";
import { rowLosses } from "./row-losses.ts";
import { meanOrShares } from "./series-learners.ts";

/** A model on all folds of a group, or why it could not be trained on one of them. */
export type GroupModel = {
  readonly key: string;
  readonly label: string;
  readonly isBaseline: boolean;
  readonly outcome: /** One array of outputs a fold, as Learner.predict. */
    | { readonly kind: "trained"; readonly outputs: readonly Float64Array[] }
    | { readonly kind: "refused"; readonly message: string };
};

/** Rows that models are judged on, and what they said of them. */
export type JudgedRows = {
  /** Places of the rows, ascending: those of all folds to which every trained model has an answer. */
  readonly places: Int32Array;
  /** Test rows without an answer of some model, which are left out for all. */
  readonly leftOut: number;
  /** Outputs of each trained model by key, aligned with the places. */
  readonly outputs: ReadonlyMap<string, Float64Array>;
};

/** Scores by name, null where one is undefined, and the interval of each where rows are enough for one. */
export type ModelScores = {
  readonly scores: Readonly<Record<string, number | null>>;
  readonly intervals: Readonly<Record<string, { readonly lower: number; readonly upper: number }>>;
};

/** A group with its models judged by themselves; verdicts need all groups. */
export type JudgedGroup = {
  readonly rows: JudgedRows;
  readonly scores: ReadonlyMap<string, ModelScores>;
  /** The same of the rows of each source alone, in their order; empty of a group with one source. */
  readonly memberScores: ReadonlyMap<string, readonly ModelScores[]>;
  /** Of each model that is no baseline, against the best of the baselines. */
  readonly evidence: readonly { readonly key: string; readonly evidence: LossEvidence }[];
};

/**
 * Lays out what models said of the test rows of a group, scores it, and gathers the evidence against the best
 * baseline.
 *
 * All models are judged on the same rows: one that has no answer somewhere takes that row from all.
 *
 * @param dataset rows of the group
 * @param folds of them
 * @param models at least one baseline among those that are trained
 * @param options.seed of the bootstrap
 */
export function judgeGroup(
  dataset: Dataset,
  folds: readonly Fold[],
  models: readonly GroupModel[],
  options: { readonly seed: number; readonly onProgress?: (share: number) => void },
): JudgedGroup {
  const rows = judgedRows(dataset, folds, models);
  const target = valuesAt(dataset.target, rows.places);
  const references = trainingReferences(dataset, folds, rows.places);
  const members = membersOf(dataset, rows.places);
  const known = models.filter(({ key }) => rows.outputs.has(key));
  const losses = new Map<string, Float64Array>();
  const scores = new Map<string, ModelScores>();
  const memberScores = new Map<string, readonly ModelScores[]>();
  known.forEach(({ key }, place) => {
    const outputs = outputsOf(rows, key);
    const own = rowLosses(target, outputs, dataset.classCount);
    const scored = { dataset, target, outputs, losses: own, references };
    losses.set(key, own);
    // Rows of several sources share a bar: a horizon is as many rows as they have on it.
    scores.set(key, modelScores(scored, dataset.sources.length, options.seed));
    memberScores.set(
      key,
      members.map((member) => modelScores(scoredAt(scored, member), 1, options.seed)),
    );
    options.onProgress?.((place + 1) / (2 * known.length));
  });
  const evidence = evidenceOf(dataset, rows, known, losses, options);
  return { rows, scores, memberScores, evidence };
}

/**
 * Verdicts on all models of all groups, corrected for their number (Holm).
 *
 * @param groups judged
 * @returns for each group the verdict of each of its models, by key
 */
export function judgeGroups(
  groups: readonly Pick<JudgedGroup, "evidence">[],
): readonly ReadonlyMap<string, ModelVerdict>[] {
  const all = groups.flatMap(({ evidence }, group) => evidence.map((one) => ({ ...one, group })));
  const verdicts = judgedEvidence(
    all.map(({ evidence }) => evidence),
    "holm",
  );
  return groups.map(
    (_, group) =>
      new Map(
        all.flatMap((one, i) => (one.group === group ? [[one.key, verdicts[i]!] as const] : [])),
      ),
  );
}

function judgedRows(
  dataset: Dataset,
  folds: readonly Fold[],
  models: readonly GroupModel[],
): JudgedRows {
  const width = Math.max(1, dataset.classCount);
  const trained = models.flatMap(({ key, outcome }) =>
    outcome.kind === "trained" ? [{ key, outputs: outcome.outputs }] : [],
  );
  const places: number[] = [];
  const said = new Map<string, number[]>(trained.map(({ key }) => [key, []]));
  let leftOut = 0;
  for (const { fold, test, i } of testRows(folds)) {
    const isAnswered = trained.every(({ outputs }) => !Number.isNaN(outputs[fold]![i * width]!));
    if (!isAnswered) {
      leftOut += 1;
      continue;
    }
    places.push(test);
    for (const { key, outputs } of trained) {
      for (let k = 0; k < width; k++) said.get(key)!.push(outputs[fold]![i * width + k]!);
    }
  }
  return {
    places: Int32Array.from(places),
    leftOut,
    outputs: new Map([...said].map(([key, values]) => [key, Float64Array.from(values)])),
  };
}

/** Test rows of all folds in order of time. */
function testRows(
  folds: readonly Fold[],
): readonly { readonly fold: number; readonly test: number; readonly i: number }[] {
  return folds
    .flatMap((fold, place) => Array.from(fold.test, (test, i) => ({ fold: place, test, i })))
    .sort((a, b) => a.test - b.test);
}

/** Mean of the training targets of the fold of each row; of classes nothing. */
function trainingReferences(
  dataset: Dataset,
  folds: readonly Fold[],
  places: Int32Array,
): Float64Array {
  const means = new Float64Array(places.length);
  if (dataset.classCount > 0) return means;
  const meanAt = new Map<number, number>();
  for (const { training, test } of folds) {
    const [mean = Number.NaN] = meanOrShares(dataset, training);
    for (const place of test) meanAt.set(place, mean);
  }
  places.forEach((place, i) => {
    means[i] = meanAt.get(place) ?? Number.NaN;
  });
  return means;
}

type Scored = {
  readonly dataset: Dataset;
  readonly target: Float64Array;
  readonly outputs: Float64Array;
  readonly losses: Float64Array;
  readonly references: Float64Array;
};

/** Judged rows of each source, as places among them; none of a single source. */
function membersOf({ groups, sources }: Dataset, places: Int32Array): readonly Int32Array[] {
  if (sources.length === 1) return [];
  const all = Int32Array.from(places.keys());
  return sources.map((_, member) => all.filter((i) => groups[places[i]!] === member));
}

function scoredAt(scored: Scored, places: Int32Array): Scored {
  const { dataset, target, outputs, losses, references } = scored;
  const width = Math.max(1, dataset.classCount);
  const said = new Float64Array(places.length * width);
  places.forEach((place, i) => {
    said.set(outputs.subarray(place * width, (place + 1) * width), i * width);
  });
  return {
    dataset,
    target: valuesAt(target, places),
    outputs: said,
    losses: valuesAt(losses, places),
    references: valuesAt(references, places),
  };
}

function modelScores(scored: Scored, rowsPerBar: number, seed: number): ModelScores {
  const { dataset, target } = scored;
  if (target.length === 0) return { scores: {}, intervals: {} };
  const options = { seed, horizonRows: Math.max(1, dataset.horizonBars) * rowsPerBar };
  return dataset.classCount === 0 ? numberScores(scored, options) : classScores(scored, options);
}

type IntervalOptions = Parameters<typeof namedIntervals>[1];

function classScores(
  { dataset, target, outputs, losses }: Scored,
  options: IntervalOptions,
): ModelScores {
  const { classCount } = dataset;
  const predictions: ClassPredictions = { actual: target, probabilities: outputs, classCount };
  const all = classificationScores(predictions);
  const brier = classLosses(predictions, "brier");
  return {
    scores: {
      logLoss: all.logLoss,
      brier: all.brier,
      accuracy: all.accuracy,
      balancedAccuracy: all.balancedAccuracy,
      precision: all.precisionMacro,
      recall: all.recallMacro,
      f1: all.f1Macro,
      rocAuc: all.rocAuc,
      averagePrecision: all.averagePrecision,
      matthewsCorrelation: all.matthewsCorrelation,
    },
    intervals: namedIntervals(
      {
        logLoss: meanLossScore(losses),
        brier: meanLossScore(brier),
        accuracy: confusionRowScore(predictions, "accuracy", brier),
        balancedAccuracy: confusionRowScore(predictions, "balanced-accuracy", brier),
        precision: confusionRowScore(predictions, "precision-macro", brier),
        recall: confusionRowScore(predictions, "recall-macro", brier),
        f1: confusionRowScore(predictions, "f1-macro", brier),
        rocAuc: rankingRowScore(predictions, "roc-auc", brier),
        averagePrecision: rankingRowScore(predictions, "average-precision", brier),
        matthewsCorrelation: confusionRowScore(predictions, "matthews-correlation", brier),
      },
      options,
    ),
  };
}

function numberScores(
  { target, outputs, losses, references }: Scored,
  options: IntervalOptions,
): ModelScores {
  const lastValues = new Float64Array(target.length);
  const all = regressionScores({
    actual: target,
    predicted: outputs,
    trainingMeans: references,
    lastValues,
  });
  return {
    scores: {
      meanSquaredError: all.meanSquaredError,
      meanAbsoluteError: all.meanAbsoluteError,
      rSquared: all.rSquared,
      trendAccuracy: all.direction?.share ?? null,
    },
    intervals: namedIntervals(
      {
        meanSquaredError: meanLossScore(losses),
        meanAbsoluteError: meanLossScore(errorLosses(target, outputs, "absolute")),
        ...(all.rSquared === null
          ? {}
          : { rSquared: rSquaredScore(losses, errorLosses(target, references, "squared")) }),
        trendAccuracy: hitShareScore(directionHits(target, outputs, lastValues)),
      },
      options,
    ),
  };
}

function evidenceOf(
  dataset: Dataset,
  { places }: JudgedRows,
  models: readonly GroupModel[],
  losses: ReadonlyMap<string, Float64Array>,
  { seed, onProgress }: { readonly seed: number; readonly onProgress?: (share: number) => void },
): JudgedGroup["evidence"] {
  if (places.length === 0) return [];
  const times = valuesAt(dataset.times.timeMs, places);
  const byTime = ({ key, label }: GroupModel) => {
    const own = losses.get(key);
    assert(own !== undefined, "Invariant: every known model has losses");
    return { name: label, losses: meanLossesByTime(own, times).losses };
  };
  const baselines = models.filter(({ isBaseline }) => isBaseline).map(byTime);
  if (baselines.length === 0) return [];
  const best = bestBaseline(baselines);
  const judged = models.filter(({ isBaseline }) => !isBaseline);
  return judged.map((model, place) => {
    onProgress?.(0.5 + place / (2 * judged.length));
    const horizonBars = Math.max(1, dataset.horizonBars);
    const evidence = lossEvidence(byTime(model).losses, best, { horizonBars, seed });
    return { key: model.key, evidence };
  });
}

function outputsOf({ outputs }: JudgedRows, key: string): Float64Array {
  const own = outputs.get(key);
  assert(own !== undefined, "Invariant: every trained model has outputs");
  return own;
}

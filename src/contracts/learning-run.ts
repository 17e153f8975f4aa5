import { z } from "zod";
import { DatasetVersionView } from "./dataset.ts";
import { JobView } from "./job.ts";
import { LegView } from "./leg-view.ts";
import { Manifest } from "./manifest.ts";
import { Verdict } from "./model.ts";
import { plainLine } from "./plain-text.ts";

/** More trials than this of one model on one fold are refused, with their count. */
export const SEARCH_TRIALS_MAX = 500;

/** Trainings of a run: models × groups × folds × (trials × inner folds + 1). */
export const TRAININGS_MAX = 50_000;

const Seed = z.number().int().min(0).max(4_294_967_295);
const ParameterValue = z.union([z.number(), z.string(), z.boolean(), z.null()]);

export const LearnerChoice = z.strictObject({
  kind: z.string().max(50),
  /** One value a parameter of the kind. */
  parameters: z.record(z.string(), ParameterValue),
});
export type LearnerChoice = z.infer<typeof LearnerChoice>;

/**
 * How rows are divided; training rows whose label or features touch the test rows are left out always.
 * "walk-forward": the first fold trains on `trainingShare` of the span, the rest is tested in equal pieces.
 */
export const Split = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("chronological"),
    testShare: z.number().min(0.05).max(0.9),
  }),
  z.strictObject({
    kind: z.literal("walk-forward"),
    window: z.enum(["expanding", "rolling"]),
    trainingShare: z.number().min(0.1).max(0.9),
    folds: z.number().int().min(2).max(50),
  }),
  z.strictObject({
    kind: z.literal("purged-k-fold"),
    folds: z.number().int().min(2).max(20),
    embargoBars: z.number().int().min(0).max(100_000),
  }),
]);
export type Split = z.infer<typeof Split>;

/** What is done to features before a model sees them, learned on the training rows of each fold alone. */
export const Preparation = z.strictObject({
  /**
   * Missing values. "none": rows with one are left out; "keep": they stay, and models that cannot take them
   * answer the others only; "median", "mean": of the training rows.
   */
  impute: z.enum(["none", "keep", "median", "mean"]),
  /** Share cut off at each end of a feature; null: nothing. */
  winsoriseShare: z.number().gt(0).max(0.25).nullable(),
  scale: z.enum(["none", "standard", "robust"]),
  /** Share of the variance that principal components keep; null: the features themselves. */
  componentsShare: z.number().gt(0).max(1).nullable(),
});
export type Preparation = z.infer<typeof Preparation>;

export const Search = z.strictObject({
  method: z.enum(["random", "tpe"]),
  /** Of each model on each fold. */
  trials: z
    .number()
    .int()
    .min(1)
    .max(SEARCH_TRIALS_MAX, `At most ${SEARCH_TRIALS_MAX} trials a model and fold are made`),
  innerFolds: z.number().int().min(2).max(10),
});
export type Search = z.infer<typeof Search>;

/** What is trained and how it is judged. Baselines are trained beside whatever is asked for. */
export const LearningRunConfig = z.discriminatedUnion("kind", [
  z
    .strictObject({
      kind: z.literal("models"),
      learners: z.array(LearnerChoice).min(1, "Choose a model").max(12),
      split: Split,
      preparation: Preparation,
      /** How classes of different sizes are treated. */
      balance: z.enum(["none", "weights", "under-sample"]),
      /** Whether rows whose labels overlap weigh less. */
      uniqueness: z.boolean(),
      /** null: parameters as they are given. */
      search: Search.nullable(),
      seed: Seed,
    })
    .check((ctx) => {
      const { learners } = ctx.value;
      const keys = learners.map(({ kind, parameters }) => JSON.stringify([kind, parameters]));
      const twice = keys.findIndex((key, i) => keys.indexOf(key) !== i);
      if (twice === -1) return;
      ctx.issues.push({
        code: "custom",
        path: ["learners", twice],
        message: "This model is there twice",
        input: learners,
      });
    }),
  /** The thesis's comparison; see quant/learning/published. */
  z.strictObject({ kind: z.literal("thesis"), seed: Seed }),
  /** The bot of moving averages, beside its honest counterpart. */
  z.strictObject({ kind: z.literal("bot"), seed: Seed }),
]);
export type LearningRunConfig = z.infer<typeof LearningRunConfig>;

export const LearningRunName = plainLine(80).min(1, "Give the run a name");

const Interval = z.object({ lower: z.number(), upper: z.number() });

/** Scores by name; null where one is undefined. */
const Scores = z.object({
  scores: z.record(z.string(), z.number().nullable()),
  /** 95 %, by the name of the score. */
  intervals: z.record(z.string(), Interval),
});

/** A trained model, by its place in the run. */
export const RunModel = z.object({
  key: z.string(),
  kind: z.string(),
  label: z.string(),
  isBaseline: z.boolean(),
  parameters: z.record(z.string(), ParameterValue),
});
export type RunModel = z.infer<typeof RunModel>;

/** A group of rows that a model is trained on: a pair or instrument, or all of them together. */
export const RunGroup = z.object({
  key: z.string(),
  label: z.string(),
  books: z.array(z.array(LegView)),
  rows: z.number().int(),
  testRows: z.number().int(),
});
export type RunGroup = z.infer<typeof RunGroup>;

/** How a model did on a group, out of sample. */
export const RunResult = z.object({
  model: z.string(),
  group: z.string(),
  /** null: it could be trained, on every fold. */
  refusal: z.string().nullable(),
  ...Scores.shape,
  /** On the rows of each book of a group of several, in their order. Runs from before they were told have none. */
  members: z.array(Scores).optional(),
  /** null of a baseline, and of what was refused. */
  verdict: Verdict.nullable(),
  trials: z.number().int(),
  seconds: z.number(),
});
export type RunResult = z.infer<typeof RunResult>;

export const LearningRunSummary = z.object({
  task: z.enum(["classification", "regression"]),
  classes: z.array(z.string()),
  /** Name of the loss that verdicts are about. */
  loss: z.string(),
  models: z.array(RunModel),
  groups: z.array(RunGroup),
  results: z.array(RunResult),
  folds: z.array(
    z.object({
      testStartMs: z.number(),
      testEndMs: z.number(),
      trainingStartMs: z.number(),
      trainingEndMs: z.number(),
      trainingRows: z.number().int(),
      testRows: z.number().int(),
      purgedRows: z.number().int(),
    }),
  ),
  warnings: z.array(z.string()),
  /** Trials of all models, groups and folds. */
  trials: z.number().int(),
  manifest: Manifest,
  /**
   * SHA-256 of the dataset as it was read: the hash of its settings with that of the bars, as the manifest says
   * what that is of. Runs from before there was one have none.
   */
  datasetHash: z.string().optional(),
  durationMs: z.number(),
});
export type LearningRunSummary = z.infer<typeof LearningRunSummary>;

/** A curve of points, both coordinates of one length. */
const Curve = z.object({ x: z.array(z.number()), y: z.array(z.number()) });

const CalibrationCurve = z.object({
  predicted: z.array(z.number()),
  observed: z.array(z.number()),
  rows: z.array(z.number()),
});

/** Curves of one class against all others; null where the class did not come, or nothing else did. */
export const ClassCurves = z.object({
  roc: Curve.nullable(),
  rocAuc: z.number().nullable(),
  precisionRecall: Curve.nullable(),
  averagePrecision: z.number().nullable(),
  calibration: CalibrationCurve,
  /** Share of the rows that are of the class: the precision of guessing. */
  share: z.number(),
});
export type ClassCurves = z.infer<typeof ClassCurves>;

/** Out of sample, in time order; thinned when very many. */
export const Predictions = z.object({
  timeMs: z.array(z.number()),
  source: z.array(z.number().nullable()),
  target: z.array(z.number()),
  /** Probability of the last class, or the value. */
  predicted: z.array(z.number().nullable()),
});
export type Predictions = z.infer<typeof Predictions>;

/** Everything that the page of one model on one group draws. */
export const RunDetail = z.object({
  /** Parameters by fold: those given, or those that the search found best. */
  chosen: z.array(z.record(z.string(), ParameterValue)),
  learned: z.array(z.record(z.string(), z.number())),
  learningCurve: z
    .object({
      unit: z.string(),
      /** Rows that were learned from, of the unit "row"; else counted from 1. */
      at: z.array(z.number()).optional(),
      training: z.array(z.number().nullable()),
      validation: z.array(z.number().nullable()),
    })
    .nullable(),
  /** One a class; empty of a regression. Left out of results that have those of their last class alone. */
  classCurves: z.array(ClassCurves).optional(),
  /** Of the last class, in results from before there was one a class. */
  roc: Curve.nullable().optional(),
  precisionRecall: Curve.nullable().optional(),
  calibration: CalibrationCurve.nullable().optional(),
  /** Rows are the true classes. */
  confusion: z.array(z.array(z.number())).nullable(),
  /** How much worse the score gets when a feature is shuffled among the test rows of the last fold. */
  importance: z
    .array(z.object({ feature: z.string(), mean: z.number(), deviation: z.number() }))
    .nullable(),
  /** Mean absolute contribution (SHAP) of a feature, of trees. */
  contributions: z.array(z.object({ feature: z.string(), mean: z.number() })).nullable(),
  partialDependence: z
    .array(z.object({ feature: z.string(), x: z.array(z.number()), y: z.array(z.number()) }))
    .nullable(),
  /** Of a group of several books those of the one that was asked for, of results from before of the first. */
  predictions: Predictions,
  residuals: z.object({ edges: z.array(z.number()), counts: z.array(z.number()) }).nullable(),
});
export type RunDetail = z.infer<typeof RunDetail>;

/** As it is stored: with predictions of every book of a group of several, which pages ask for one by one. */
export type StoredRunDetail = RunDetail & { readonly memberPredictions?: readonly Predictions[] };

/** One trial of a search. */
export const RunTrial = z.object({
  /** As many as there are folds: all rows, for the model that is kept. */
  fold: z.number().int(),
  parameters: z.record(z.string(), ParameterValue),
  /** Mean loss over the inner folds; null when it could not be trained. */
  loss: z.number().nullable(),
});
export type RunTrial = z.infer<typeof RunTrial>;

export const LearningRunListItem = z.object({
  id: z.uuid(),
  name: z.string(),
  datasetId: z.uuid(),
  datasetName: z.string(),
  datasetVersion: z.number().int(),
  kind: z.enum(["models", "thesis", "bot"]),
  subject: z.string(),
  models: z.number().int().nullable(),
  /** How many models that are no baselines beat the best of these somewhere; null before the end. */
  beating: z.number().int().nullable(),
  trials: z.number().int().nullable(),
  /** Of the dataset with its bars, as the run read them; null before its end. */
  datasetHash: z.string().nullable(),
  synthetic: z.boolean(),
  job: JobView.nullable(),
  createdAtMs: z.number(),
});
export type LearningRunListItem = z.infer<typeof LearningRunListItem>;

/** How far a run is. */
export const LearningRunLive = z.object({
  partsDone: z.number().int(),
  parts: z.number().int(),
  /** Those of searches under way too. */
  trials: z.number().int(),
  /** Searches under way. */
  searches: z
    .array(
      z.object({
        /** Which model on which rows, in words. */
        stage: z.string(),
        trialsDone: z.number().int(),
        trials: z.number().int(),
        /** The best trial so far: mean loss over the inner folds; null while none could be trained. */
        best: z
          .object({
            trial: z.number().int(),
            parameters: z.record(z.string(), ParameterValue),
            loss: z.number(),
          })
          .nullable(),
      }),
    )
    .default([]),
  /** The best of each model so far: mean loss on the test rows that are done. */
  best: z.array(z.object({ label: z.string(), loss: z.number(), folds: z.number().int() })),
});
export type LearningRunLive = z.infer<typeof LearningRunLive>;

/** Runs on the same data before one: each was another chance to look good. */
export const EarlierRuns = z.object({
  finished: z.number().int(),
  /** Cancelled, failed or still under way, but scores of it could be seen. */
  unfinished: z.number().int(),
});
export type EarlierRuns = z.infer<typeof EarlierRuns>;

export const LearningRunView = z.object({
  id: z.uuid(),
  name: z.string(),
  datasetId: z.uuid().nullable(),
  datasetName: z.string(),
  datasetVersion: DatasetVersionView,
  config: LearningRunConfig,
  live: LearningRunLive.nullable(),
  /** Of the workspace, with an instrument and a part of the span in common, started before this one; deleted ones too. */
  earlierRuns: EarlierRuns,
  summary: LearningRunSummary.nullable(),
  synthetic: z.boolean(),
  job: JobView.nullable(),
  createdAtMs: z.number(),
});
export type LearningRunView = z.infer<typeof LearningRunView>;

import { z } from "zod";
import type { SpreadSpec } from "#quant/learning/features/spread-spec.ts";
import type { LabelSpec } from "#quant/learning/labels/label-spec.ts";
import { InstrumentId } from "./instrument-id.ts";
import { TimeWindow } from "./interval.ts";
import { LegView } from "./leg-view.ts";
import { Manifest } from "./manifest.ts";
import { plainLine, plainText } from "./plain-text.ts";

/**
 * Where a version stands. "draft": just registered; "candidate": under trial; "live": the one that answers
 * for the model, at most one; "retired": no longer used. Any may follow any; each move is an event.
 */
export const ModelStage = z.enum(["draft", "candidate", "live", "retired"]);
export type ModelStage = z.infer<typeof ModelStage>;

/**
 * Characters, which are bytes, of the largest file of a model: what is kept can be downloaded, and what was
 * downloaded can be brought back.
 */
export const MODEL_FILE_MAX = 64_000_000;

/** Characters of a file that are left for its card and its seal. */
export const MODEL_CARD_ROOM = 1_000_000;

export const ModelName = plainLine(80).min(1, "Give the model a name");
export const ModelReason = plainText(500);

/** Figures with their 95 % intervals; null where there is none. */
const Figure = z.object({
  value: z.number().nullable(),
  lower: z.number().nullable(),
  upper: z.number().nullable(),
});

/** Whether a model beats the best of its baselines on the same rows; see modelVerdict in quant. */
export const Verdict = z.object({
  kind: z.enum(["beats", "does-not-beat", "worse", "undecided"]),
  /** Why it is said; see VerdictReason in quant. */
  reason: z.enum([
    "shown",
    "not-shown",
    "corrected",
    "equal",
    "tests-disagree",
    "constant-difference",
    "too-few-rows",
    "own-rule",
  ]),
  /** Label of the best baseline. */
  baseline: z.string(),
  /** Mean loss of the model less that of the baseline, in the unit of the loss; negative is better. */
  difference: z.number(),
  /** That over the loss of the baseline; null when it has none. */
  relativeDifference: z.number().nullable(),
  /** 90 % interval of the difference; null where it does not vary. */
  lower: z.number().nullable(),
  upper: z.number().nullable(),
  /** One-sided, against "the model loses less"; 1 where there was no test. */
  pValue: z.number(),
  /** The same, corrected for all models and groups of the run (Holm). */
  pAdjusted: z.number(),
  rows: z.number().int(),
});
export type Verdict = z.infer<typeof Verdict>;

/**
 * What a model is about, as its dataset has it. It was sealed, or made here, so that it is believed as it stands:
 * a bound that is drawn closer later must not make a card unreadable.
 */
export const CardSubject = z.object({
  label: z.custom<LabelSpec>(),
  spread: z.custom<SpreadSpec | null>(),
});
export type CardSubject = z.infer<typeof CardSubject>;

/** What a model is, what it learned from and how it did: all that a person must know to use it. */
export const ModelCard = z.object({
  learner: z.object({ kind: z.string(), label: z.string() }),
  parameters: z.record(z.string(), z.union([z.number(), z.string(), z.boolean(), z.null()])),
  dataset: z.object({
    name: z.string(),
    version: z.number().int(),
    /** Of its settings alone. */
    configHash: z.string(),
    /** Of its settings and the bars that the run read; cards from before there was one have none. */
    contentHash: z.string().optional(),
  }),
  /** Instruments of each group that it learned from. */
  books: z.array(z.array(LegView)),
  intervalMs: z.number().int(),
  /** From the first bar that a feature read to the last that a label read, both included. */
  span: TimeWindow,
  rows: z.number().int(),
  features: z.array(z.string()),
  label: z.string(),
  /** Cards from before there was one have none. */
  subject: CardSubject.optional(),
  /** Names of the classes; empty of a regression. */
  classes: z.array(z.string()),
  folds: z.string(),
  seed: z.number().int(),
  trials: z.number().int(),
  /** Out of sample, by name. */
  scores: z.record(z.string(), Figure),
  /** null of a baseline itself, and where it and a baseline answered no row in common. */
  verdict: Verdict.nullable(),
  warnings: z.array(z.string()),
  manifest: Manifest,
  trainedBy: z.string(),
});
export type ModelCard = z.infer<typeof ModelCard>;

export const ModelVersionView = z.object({
  id: z.uuid(),
  version: z.number().int(),
  stage: ModelStage,
  card: ModelCard,
  /** SHA-256 of the file. */
  contentHash: z.string(),
  fileBytes: z.number().int(),
  runId: z.uuid().nullable(),
  createdAtMs: z.number(),
});
export type ModelVersionView = z.infer<typeof ModelVersionView>;

export const ModelEventView = z.object({
  version: z.number().int(),
  action: z.enum(["register", "import", "move", "roll-back"]),
  fromStage: ModelStage.nullable(),
  toStage: ModelStage,
  reason: z.string(),
  userName: z.string(),
  atMs: z.number(),
});
export type ModelEventView = z.infer<typeof ModelEventView>;

/** A model with all its versions, newest first, and everything that happened to them, newest first. */
export const ModelView = z.object({
  id: z.uuid(),
  name: z.string(),
  notes: z.string(),
  synthetic: z.boolean(),
  createdAtMs: z.number(),
  versions: z.array(ModelVersionView),
  events: z.array(ModelEventView),
});
export type ModelView = z.infer<typeof ModelView>;

/** A model in a list: by its live version, or else its newest. */
export const ModelListItem = z.object({
  id: z.uuid(),
  name: z.string(),
  synthetic: z.boolean(),
  createdAtMs: z.number(),
  versions: z.number().int(),
  liveVersion: z.number().int().nullable(),
  shown: ModelVersionView,
});
export type ModelListItem = z.infer<typeof ModelListItem>;

/** A pair is [leg Y, leg X]; an instrument by itself stands alone. */
export const ModelBook = z.array(InstrumentId).min(1).max(2);

export const PREDICTED_BOOKS_MAX = 100;

/** What a model says of one pair or instrument after its newest closed bar, or why it says nothing. */
export const Prediction = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("refused"), book: z.array(z.number().int()), message: z.string() }),
  z.object({
    kind: z.literal("predicted"),
    book: z.array(z.number().int()),
    /** The version that answered: another one may be live a moment later. */
    versionId: z.uuid(),
    version: z.number().int(),
    /** Open time of the bar that it was predicted after, UTC ms. */
    barMs: z.number(),
    /** Whether it has learned from this pair or instrument; if not, from others, and what they have in common. */
    isLearned: z.boolean(),
    /** Names of the classes, in the order of the probabilities; null of a regression. */
    classes: z.array(z.string()).nullable(),
    /** By class; null of a regression. */
    probabilities: z.array(z.number()).nullable(),
    /** The value of a regression; null of classes. */
    value: z.number().nullable(),
  }),
]);
export type Prediction = z.infer<typeof Prediction>;

/** How far the newest bars are from what a version learned from. */
export const ModelDrift = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("refused"), message: z.string() }),
  z.object({
    kind: z.literal("measured"),
    span: TimeWindow,
    rows: z.number().int(),
    /** Population stability index of every feature, largest first; null where nothing can be said. */
    features: z.array(
      z.object({
        name: z.string(),
        psi: z.number().nullable(),
        /** What independent rows exceed in 1 % of cases although nothing changed. */
        byLuck: z.number().nullable(),
        status: z.enum(["stable", "moderate", "major", "unknown"]),
      }),
    ),
    /** Mean loss on rows whose labels are known by now, beside that of the judgement out of sample. */
    loss: z.object({
      name: z.string(),
      rows: z.number().int(),
      now: z.number().nullable(),
      before: z.number().nullable(),
      /** Standard errors above what was expected; null of too few rows. */
      zScore: z.number().nullable(),
      status: z.enum(["stable", "warning", "worse", "unknown"]),
    }),
  }),
]);
export type ModelDrift = z.infer<typeof ModelDrift>;

import { z } from "zod";
import { FEATURE_KINDS } from "#quant/learning/features/feature-kinds.ts";
import { FEATURES_MAX, type FeatureSpec } from "#quant/learning/features/feature-spec.ts";
import { specIssues } from "#quant/learning/features/read-feature.ts";
import { SPREAD_KINDS, type SpreadSpec } from "#quant/learning/features/spread-spec.ts";
import { readLabel } from "#quant/learning/labels/label-kinds.ts";
import type { LabelSpec } from "#quant/learning/labels/label-spec.ts";
import type { ParameterIssue } from "#quant/strategies/parameter-values.ts";
import { foreignColumns } from "./dataset-columns.ts";
import { InstrumentId } from "./instrument-id.ts";
import { IntervalMs, TimeWindow } from "./interval.ts";
import { LegView } from "./leg-view.ts";
import { ChartSeries } from "./market-data.ts";
import { plainLine } from "./plain-text.ts";

/** Rows times features of a dataset at most: some 300 MB. */
export const DATASET_VALUES_MAX = 40_000_000;

/** A spec of quant: what is wrong with it is told by its own reading, field by field. */
function spec<Spec>(issuesOf: (value: unknown) => readonly ParameterIssue[]) {
  return z.custom<Spec>().check((ctx) => {
    for (const { field, message } of issuesOf(ctx.value)) {
      ctx.issues.push({ code: "custom", path: field.split("."), message, input: ctx.value });
    }
  });
}

const Feature = spec<FeatureSpec>((value) => specIssues(FEATURE_KINDS, value));
const Label = spec<LabelSpec>((value) => {
  const reading = readLabel(value);
  return reading.kind === "refused" ? reading.issues : [];
});
const Spread = spec<SpreadSpec>((value) => specIssues(SPREAD_KINDS, value));

/**
 * What models are trained on: bars of pairs or of instruments over a span, what is computed of them, and
 * what is to be predicted. Everything of a row but its label is known at the close of its bar.
 */
export const DatasetConfig = z
  .strictObject({
    /** Groups of rows: pairs [leg Y, leg X], or instruments by themselves; all of one kind. */
    books: z
      .array(z.array(InstrumentId).min(1).max(2))
      .min(1, "Choose pairs or instruments")
      .max(100),
    intervalMs: IntervalMs,
    window: TimeWindow,
    /** How the spread of a pair is made; null of instruments. */
    spread: Spread.nullable(),
    features: z.array(Feature).min(1, "Choose a feature").max(FEATURES_MAX),
    label: Label,
    /** One model of all groups together, or one of each. */
    pooling: z.enum(["pooled", "each"]),
  })
  .check((ctx) => {
    const { books, spread, features, label, window, intervalMs } = ctx.value;
    const refuse = (path: (string | number)[], message: string) =>
      ctx.issues.push({ code: "custom", path, message, input: ctx.value });
    const legs = books[0]?.length ?? 0;
    const other = books.findIndex((book) => book.length !== legs);
    if (other !== -1) refuse(["books", other], "Pairs and instruments do not mix in one dataset");
    const same = books.findIndex((book) => new Set(book).size < book.length);
    if (same !== -1) refuse(["books", same], "The two legs must be different instruments");
    const keys = books.map((book) => book.toSorted((a, b) => a - b).join());
    const twice = keys.findIndex((key, i) => keys.indexOf(key) !== i);
    if (twice !== -1) {
      refuse(["books", twice], legs === 2 ? "This pair is there twice" : "It is there twice");
    }
    if (legs === 2 && spread === null) refuse(["spread"], "Choose how the spread is made");
    if (legs === 1 && spread !== null) refuse(["spread"], "One instrument has no spread");
    const refuseForeign = (path: (string | number)[], described: FeatureSpec | LabelSpec) => {
      for (const foreign of foreignColumns(described, legs)) {
        refuse([...path, ...foreign.path], foreign.message);
      }
    };
    if (other === -1) {
      features.forEach((feature, place) => {
        refuseForeign(["features", place], feature);
      });
      refuseForeign(["label"], label);
    }
    const bars = Math.ceil((window.endMs - window.startMs) / intervalMs) * books.length;
    if (bars * features.length > DATASET_VALUES_MAX) {
      refuse(
        ["window"],
        "Too many bars times features: choose a shorter span, fewer groups or features",
      );
    }
  });
export type DatasetConfig = z.infer<typeof DatasetConfig>;

export const DatasetName = plainLine(80).min(1, "Give the dataset a name");

export const DatasetVersionView = z.object({
  id: z.uuid(),
  version: z.number().int(),
  config: DatasetConfig,
  /** Of its settings alone; of the bars of its span see DatasetBars. */
  configHash: z.string(),
  /** The instruments of every group, in order. */
  books: z.array(z.array(LegView)),
  createdAtMs: z.number(),
  runCount: z.number().int(),
});
export type DatasetVersionView = z.infer<typeof DatasetVersionView>;

/** A dataset with all its versions, newest first. */
export const DatasetView = z.object({
  id: z.uuid(),
  name: z.string(),
  notes: z.string(),
  synthetic: z.boolean(),
  createdAtMs: z.number(),
  versions: z.array(DatasetVersionView),
});
export type DatasetView = z.infer<typeof DatasetView>;

/**
 * The bars of the span of a version as they stood when it was saved, and what became of them. "unhashed": there were
 * too many to be read while it was saved, or it is older than such hashes.
 */
export const DatasetBars = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("unhashed") }),
  z.object({
    kind: z.literal("hashed"),
    /** Of the settings and the bars: a run that reads the same bars has the same. */
    contentHash: z.string(),
    series: z.number().int(),
    bars: z.number().int(),
    /** Series whose bars in the span are others by now; `barsNow` of 0: they are gone. */
    changed: z.array(
      z.object({
        symbol: z.string(),
        venue: z.string(),
        bars: z.number().int(),
        barsNow: z.number().int(),
      }),
    ),
  }),
]);
export type DatasetBars = z.infer<typeof DatasetBars>;

/** A configuration that need not be saved, and which of its groups and features is drawn. */
export const DatasetPreviewRequest = z.strictObject({
  config: DatasetConfig,
  group: z.number().int().min(0),
  feature: z.number().int().min(0),
  /** What of the span is drawn; null: all that is looked at. */
  window: TimeWindow.nullable(),
  /** Most points of a line. */
  points: z.number().int().min(100).max(5_000),
});
export type DatasetPreviewRequest = z.infer<typeof DatasetPreviewRequest>;

/** What is wrong, or what to know: "refused" cannot be trained on. */
export const DatasetHazard = z.object({
  severity: z.enum(["refused", "warning"]),
  code: z.string(),
  message: z.string(),
});
export type DatasetHazard = z.infer<typeof DatasetHazard>;

/**
 * What a dataset would be: rows, classes, what is missing and why, and lines to look at.
 *
 * Lines of the series: "source" (what the label is about), "label" (its value at its row) and "feature".
 * "refused": why there is nothing, as a sentence without a full stop.
 */
export const DatasetPreview = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("refused"),
    message: z.string(),
    /** The field at fault, as a path within the configuration. */
    field: z.string().nullable(),
  }),
  z.object({
    kind: z.literal("previewed"),
    bars: z.number().int(),
    rows: z.number().int(),
    /** Bars without a row, by reason, over all groups that were looked at. */
    missing: z.array(z.object({ reason: z.string(), bars: z.number().int() })),
    /** Groups that were looked at; of many, the first ones. */
    groups: z.number().int(),
    lookBackBars: z.number().int().nullable(),
    horizonBars: z.number().int(),
    features: z.array(
      z.object({
        name: z.string(),
        /** null: reads the whole past. */
        lookBackBars: z.number().int().nullable(),
        missing: z.number().int(),
        mean: z.number().nullable(),
        deviation: z.number().nullable(),
        /** Correlation with the target over all rows. */
        correlation: z.number().nullable(),
      }),
    ),
    /** null of a regression. */
    classes: z.array(z.object({ label: z.string(), rows: z.number().int() })).nullable(),
    target: z.object({ mean: z.number(), deviation: z.number() }).nullable(),
    hazards: z.array(DatasetHazard),
    /** Bars of the drawn group that are looked at: of a long span the first ones. */
    span: TimeWindow,
    series: ChartSeries,
  }),
]);
export type DatasetPreview = z.infer<typeof DatasetPreview>;

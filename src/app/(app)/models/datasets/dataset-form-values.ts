import type { DatasetConfig } from "#contracts/dataset.ts";
import { FEATURE_KINDS } from "#quant/learning/features/feature-kinds.ts";
import type { FeatureSpec } from "#quant/learning/features/feature-spec.ts";
import { SPREAD_KINDS, type SpreadSpec } from "#quant/learning/features/spread-spec.ts";
import { LABEL_KINDS } from "#quant/learning/labels/label-kinds.ts";
import type { LabelSpec } from "#quant/learning/labels/label-spec.ts";
import type { StrategyParameter } from "#quant/strategies/strategy-parameters.ts";
import { numberOf, type WindowFormValues, windowOf } from "../../strategies/form-numbers.ts";
import { DATASET_PRESETS, type DatasetPreset, type Subject } from "./dataset-presets.ts";
import { unreadLabelWhy } from "./label-fields-read.ts";
import { type SpecKinds, type SpecValues, specCandidate, specValues } from "./spec-values.ts";

export type PairValues = { y: string; x: string };

/** A feature of the list; the id tells it from others while they are moved about. */
export type FeatureValues = { id: number; spec: SpecValues };

/** What is computed and predicted: of pairs and of instruments each by itself, as columns differ. */
export type LearnedValues = { features: FeatureValues[]; label: SpecValues };

/**
 * The form as typed: text in every number, and fields of every choice whether it is chosen or not, so that
 * nothing typed is lost to a conversion or to another choice.
 */
export type DatasetFormValues = {
  subject: Subject;
  pairs: PairValues[];
  instruments: number[];
  intervalMs: string;
  window: WindowFormValues;
  spread: SpecValues;
  learned: Record<Subject, LearnedValues>;
  pooling: DatasetConfig["pooling"];
};

/** The whole form: what the dataset is called, and what it is. */
export type NamedDatasetValues = { name: string; notes: string; config: DatasetFormValues };

/** Groups whose instruments are all chosen. */
export function chosenBooks({
  subject,
  pairs,
  instruments,
}: Pick<DatasetFormValues, "subject" | "pairs" | "instruments">): number[][] {
  if (subject === "instruments") return instruments.map((id) => [id]);
  return pairs
    .filter(({ y, x }) => y !== "" && x !== "" && y !== x)
    .map(({ y, x }) => [Number(y), Number(x)]);
}

/** What was typed as a candidate for the schema. */
export function datasetCandidate(values: DatasetFormValues) {
  const { subject, pairs, instruments, spread, pooling } = values;
  const { features, label } = values.learned[subject];
  const isPairs = subject === "pairs";
  return {
    books: isPairs
      ? pairs.map(({ y, x }) => [numberOf(y), numberOf(x)])
      : instruments.map((id) => [id]),
    intervalMs: numberOf(values.intervalMs),
    window: windowOf(values.window),
    spread: isPairs ? specCandidate(SPREAD_KINDS, spread) : null,
    features: features.map(({ spec }) => specCandidate(FEATURE_KINDS, spec)),
    label: labelCandidate(label),
    pooling,
  };
}

/** A label as typed; a field that nothing reads and that holds no value of its own has its usual one. */
export function labelCandidate(typed: SpecValues) {
  const kinds: SpecKinds = LABEL_KINDS;
  const candidate = specCandidate(kinds, typed);
  const unread = Object.entries(kinds[typed.kind]?.parameters ?? {}).filter(
    ([name, parameter]) =>
      unreadLabelWhy(typed, name) !== null && !isWithin(parameter, candidate[name]),
  );
  return {
    ...candidate,
    ...Object.fromEntries(unread.map(([name, parameter]) => [name, parameter.default])),
  };
}

function isWithin(parameter: StrategyParameter, value: unknown): boolean {
  if (parameter.kind !== "number" && parameter.kind !== "integer") return true;
  if (typeof value !== "number" || !(value >= parameter.min && value <= parameter.max))
    return false;
  return parameter.kind === "number" || Number.isInteger(value);
}

/** Features as the form lists them. */
export function featureValues(features: readonly FeatureSpec[]): FeatureValues[] {
  return features.map((feature, id) => ({ id, spec: specValues(FEATURE_KINDS, feature) }));
}

/** An id that no feature of the list has. */
export function nextFeatureId(features: readonly FeatureValues[]): number {
  return Math.max(-1, ...features.map(({ id }) => id)) + 1;
}

function learnedValues(features: readonly FeatureSpec[], label: LabelSpec): LearnedValues {
  return { features: featureValues(features), label: specValues(LABEL_KINDS, label) };
}

const USUAL_SPREAD: SpreadSpec = { kind: "rolling", windowBars: 250, price: "log" };

function learnedOf(subject: Subject): LearnedValues {
  const preset = DATASET_PRESETS.find((one) => one.subject === subject) ?? DATASET_PRESETS[0];
  return learnedValues(preset.features, preset.labelSpec);
}

/** A dataset that needs only instruments and dates. */
export function blankDataset(preset: DatasetPreset = DATASET_PRESETS[0]): DatasetFormValues {
  const blank: DatasetFormValues = {
    subject: preset.subject,
    pairs: [{ y: "", x: "" }],
    instruments: [],
    intervalMs: "",
    window: { startMs: null, endMs: null },
    spread: specValues(SPREAD_KINDS, USUAL_SPREAD),
    learned: { pairs: learnedOf("pairs"), instruments: learnedOf("instruments") },
    pooling: "each",
  };
  return withPreset(blank, preset);
}

/** The same instruments and dates, with what a preset says of the rest. */
export function withPreset(values: DatasetFormValues, preset: DatasetPreset): DatasetFormValues {
  const { subject, spread, features, labelSpec } = preset;
  return {
    ...values,
    subject,
    spread: spread === null ? values.spread : specValues(SPREAD_KINDS, spread),
    learned: { ...values.learned, [subject]: learnedValues(features, labelSpec) },
  };
}

/** A saved configuration as the form shows it. */
export function datasetFormValues(config: DatasetConfig): DatasetFormValues {
  const { books, spread, features, label, intervalMs, window, pooling } = config;
  const subject: Subject = books.every((book) => book.length === 2) ? "pairs" : "instruments";
  const blank = blankDataset();
  const isPairs = subject === "pairs";
  return {
    ...{ subject, window, pooling, intervalMs: String(intervalMs) },
    pairs: isPairs ? books.map(([y, x]) => ({ y: String(y), x: String(x) })) : blank.pairs,
    instruments: isPairs ? [] : books.flat(),
    spread: spread === null ? blank.spread : specValues(SPREAD_KINDS, spread),
    learned: { ...blank.learned, [subject]: learnedValues(features, label) },
  };
}

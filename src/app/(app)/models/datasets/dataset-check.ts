import { DatasetConfig, DatasetName } from "#contracts/dataset.ts";
import type { SeriesCoverage } from "#contracts/market-data.ts";
import { plainText } from "#contracts/plain-text.ts";
import { FEATURE_KINDS } from "#quant/learning/features/feature-kinds.ts";
import { SPREAD_KINDS } from "#quant/learning/features/spread-spec.ts";
import { LABEL_KINDS } from "#quant/learning/labels/label-kinds.ts";
import { inputWords } from "../../strategies/input-words.ts";
import {
  type DatasetFormValues,
  datasetCandidate,
  type NamedDatasetValues,
} from "./dataset-form-values.ts";
import { spanProblems } from "./dataset-span.ts";
import { isEmptyWithin, type SpecKinds, type SpecValues } from "./spec-values.ts";

/** What is wrong with a field, whose id is its path in the form. */
export type FieldProblem = {
  readonly path: string;
  readonly message: string;
  /** Nothing is typed there yet: said when saving was tried, not before. */
  readonly isEmpty: boolean;
};

/** A dataset as it is saved. */
export type NamedDataset = {
  readonly name: string;
  readonly notes: string;
  readonly config: DatasetConfig;
};

/** Everything that is wrong with a form, and what it makes when nothing is. */
export type DatasetCheck = {
  readonly problems: readonly FieldProblem[];
  readonly dataset: NamedDataset | null;
  /** The configuration when nothing is wrong with it, whatever the name. */
  readonly config: DatasetConfig | null;
};

const Notes = plainText(10_000);

/** Checks a form whole: the contract, and the prices that there are. Of several faults of a field the first. */
export function checkDataset(
  values: NamedDatasetValues,
  series: readonly SeriesCoverage[],
): DatasetCheck {
  const candidate = datasetCandidate(values.config);
  const problems = new Map<string, FieldProblem>();
  const add = (path: string, message: string) => {
    if (problems.has(path)) return;
    const isEmpty = isEmptyAt(values, path);
    problems.set(path, { path, message: isEmpty ? emptyWords(message) : message, isEmpty });
  };
  const name = DatasetName.safeParse(values.name, { error: inputWords });
  if (!name.success) add("name", name.error.issues[0]?.message ?? "");
  const notes = Notes.safeParse(values.notes, { error: inputWords });
  if (!notes.success) add("notes", notes.error.issues[0]?.message ?? "");
  const parsed = DatasetConfig.safeParse(candidate, { error: inputWords });
  for (const { path, message } of parsed.success ? [] : parsed.error.issues) {
    add(formPath(path.map(String), values.config), message);
  }
  for (const { path, message } of spanProblems(candidate.books, candidate, series)) {
    add(`config.window.${path}`, message);
  }
  const isConfigWrong = [...problems.keys()].some((path) => path.startsWith("config"));
  const config = parsed.success && !isConfigWrong ? parsed.data : null;
  const isWhole = name.success && notes.success && config !== null;
  return {
    problems: [...problems.values()],
    dataset: isWhole ? { name: name.data, notes: notes.data, config } : null,
    config,
  };
}

/** The field of the form at a path of the contract. */
function formPath(path: readonly string[], { subject }: DatasetFormValues): string {
  const [head, place, leg] = path;
  if (head !== "books") return ["config", ...path].join(".");
  if (subject === "instruments") return "config.instruments";
  if (place === undefined) return "config.pairs";
  return leg === undefined
    ? `config.pairs.${place}`
    : `config.pairs.${place}.${leg === "0" ? "y" : "x"}`;
}

/** What a number without a value is told is of no use where nothing was typed. */
function emptyWords(message: string): string {
  return message === "Must be a number" ? "Fill in this field" : message;
}

/** Whether nothing is typed at a path of the form. */
export function isEmptyAt({ name, notes, config }: NamedDatasetValues, path: string): boolean {
  const [head = "", field = "", ...rest] = path.split(".");
  if (head !== "config") return (head === "name" ? name : notes).trim() === "";
  const { features, label } = config.learned[config.subject];
  const [place = "", ...within] = rest;
  switch (field) {
    case "pairs": {
      const [leg] = within;
      const pair = config.pairs[Number(place)];
      return leg === "y" || leg === "x" ? pair?.[leg] === "" : config.pairs.length === 0;
    }
    case "instruments":
      return config.instruments.length === 0;
    case "intervalMs":
      return config.intervalMs === "";
    case "window":
      return place === "startMs" || place === "endMs" ? config.window[place] === null : false;
    case "spread":
      return isEmptyWithin(config.spread, rest);
    case "label":
      return isEmptyWithin(label, rest);
    case "features": {
      const feature = features[Number(place)];
      return feature === undefined ? features.length === 0 : isEmptyWithin(feature.spec, within);
    }
    default:
      return false;
  }
}

const PLAIN_LABELS: Readonly<Record<string, string>> = {
  name: "Name",
  notes: "Notes",
  "config.intervalMs": "Bar interval",
  "config.instruments": "Instruments",
  "config.window.startMs": "From",
  "config.window.endMs": "Until",
};

/** What the summary of a form calls a field; empty where the message says it. */
export function problemLabel(path: string, config: DatasetFormValues): string {
  const plain = PLAIN_LABELS[path];
  if (plain !== undefined) return plain;
  const [, head = "", ...rest] = path.split(".");
  const [place = "", ...within] = rest;
  const { features, label } = config.learned[config.subject];
  switch (head) {
    case "pairs": {
      const pair = `Pair ${Number(place) + 1}`;
      return within.length === 0 ? pair : `${pair}, leg ${within[0]?.toUpperCase()}`;
    }
    case "spread":
      return ["Spread", ...fieldLabels(SPREAD_KINDS, config.spread, rest)].join(", ");
    case "label":
      return ["Label", ...fieldLabels(LABEL_KINDS, label, rest)].join(", ");
    case "features": {
      const feature = features[Number(place)];
      if (feature === undefined) return "";
      const labels = fieldLabels(FEATURE_KINDS, feature.spec, within);
      return [`Feature ${Number(place) + 1}`, ...labels].join(", ");
    }
    default:
      return "";
  }
}

/** Labels of the fields along a path within a feature, label or spread. */
function fieldLabels(kinds: SpecKinds, typed: SpecValues, path: readonly string[]): string[] {
  const [field, ...rest] = path;
  if (field === undefined) return [];
  const form = kinds[typed.kind];
  const slot = form?.sources.find((one) => one.field === field);
  const source = typed.sources[field];
  const label = slot?.label ?? form?.parameters[field]?.label;
  const below = typeof source === "object" ? fieldLabels(FEATURE_KINDS, source, rest) : [];
  return label === undefined ? below : [label, ...below];
}

/** Where the summary leads: a feature of the list may be closed, and its row is always there. */
export function problemTarget(path: string): string {
  return /^config\.features\.\d+/.exec(path)?.[0] ?? path;
}

import { intervalLabel } from "#contracts/bar-intervals.ts";
import type { DatasetVersionView } from "#contracts/dataset.ts";
import { featureName, sourceName } from "#quant/learning/features/feature-name.ts";
import { BASE_COLUMNS } from "#quant/learning/features/feature-source.ts";
import type { FeatureSource } from "#quant/learning/features/feature-spec.ts";
import { SPREAD_KINDS } from "#quant/learning/features/spread-spec.ts";
import { LABEL_KINDS } from "#quant/learning/labels/label-kinds.ts";
import type { StrategyParameter } from "#quant/strategies/strategy-parameters.ts";
import { formatTime } from "#ui/format.ts";
import type { ConfigGroup, ConfigRow } from "../../strategies/config-rows.ts";
import { featureLookBack } from "./feature-words.ts";
import { unreadLabelWhy } from "./label-fields-read.ts";
import { labelSentence } from "./label-sentence.ts";
import { POOLING_WORDS } from "./pooling-words.ts";
import { type SpecKinds, specValues } from "./spec-values.ts";

type Described = Pick<DatasetVersionView, "config" | "books">;

/** Everything that a version of a dataset fixes, in words, grouped as in its form. */
export function datasetGroups(version: Described): readonly ConfigGroup[] {
  const { config } = version;
  const { spread, features, label, pooling } = config;
  return [
    { title: "What it is of", rows: subjectRows(version) },
    ...(spread === null
      ? []
      : [{ title: "Spread", rows: specRows(SPREAD_KINDS, spread.kind, { ...spread }) }]),
    {
      title: "Features",
      rows: features.map((feature) => ({
        label: featureName(feature),
        unit: "",
        value: `reads ${featureLookBack(feature, spread)}`,
      })),
    },
    { title: "Label", rows: labelRows(label) },
    { title: "Models", rows: [row("Trained on", POOLING_WORDS[pooling])] },
  ];
}

function row(label: string, value: string, unit = ""): ConfigRow {
  return { label, unit, value };
}

function subjectRows({ config, books }: Described): ConfigRow[] {
  const isPairs = books.every((legs) => legs.length === 2);
  const names = books.map((legs) => legs.map(({ symbol }) => symbol).join(" / "));
  const what = isPairs ? "pair" : "instrument";
  // In UTC, because versions are compared and not lived through.
  const at = (ms: number) => formatTime(ms, undefined, "utc");
  return [
    {
      label: names.length === 1 ? `One ${what}` : `${names.length} ${what}s`,
      unit: isPairs ? "Y / X" : "",
      value: names.join(", "),
      // Of two instruments of one name the ids differ.
      exact: JSON.stringify(config.books),
    },
    row("Bar interval", intervalLabel(config.intervalMs)),
    row("From", at(config.window.startMs), "UTC"),
    row("Until", at(config.window.endMs), "UTC"),
  ];
}

function labelRows(label: DatasetVersionView["config"]["label"]): ConfigRow[] {
  const typed = specValues(LABEL_KINDS, label);
  const unread = (name: string) => unreadLabelWhy(typed, name) !== null;
  return [
    row("What is predicted", labelSentence(label)),
    ...specRows(LABEL_KINDS, label.kind, { ...label }, unread),
  ];
}

/** Kind, sources and values of a spread or label. */
function specRows(
  kinds: SpecKinds,
  kind: string,
  fields: Readonly<Record<string, unknown>>,
  isUnread: (name: string) => boolean = () => false,
): ConfigRow[] {
  const form = kinds[kind];
  if (form === undefined) return [];
  return [
    row("Kind", form.label),
    ...form.sources.map(({ field, label }) => row(label, sourceText(fields[field]))),
    ...Object.entries(form.parameters).map(([name, parameter]) => ({
      label: parameter.label,
      unit: "unit" in parameter && parameter.unit !== "none" ? parameter.unit : "",
      value: `${valueText(name, parameter, fields[name])}${isUnread(name) ? " (not read)" : ""}`,
    })),
  ];
}

function sourceText(source: unknown): string {
  if (!isSource(source)) return "";
  return typeof source === "string" ? BASE_COLUMNS[source] : sourceName(source);
}

/** What a valid label holds in the fields of its sources. */
function isSource(source: unknown): source is FeatureSource {
  return typeof source === "string" || (typeof source === "object" && source !== null);
}

function valueText(name: string, parameter: StrategyParameter, value: unknown): string {
  if (value === null) return "none";
  if (typeof value === "number") {
    if (name.endsWith("Ms")) return `${formatTime(value, undefined, "utc")} UTC`;
    return value.toLocaleString("en-US", { maximumSignificantDigits: 15 });
  }
  if (parameter.kind === "choice") {
    const choices: Readonly<Record<string, string>> = parameter.choices;
    return choices[String(value)] ?? String(value);
  }
  return value === true ? "yes" : "no";
}

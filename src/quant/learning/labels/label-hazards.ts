import { featureName, sourceName } from "../features/feature-name.ts";
import { type FeatureSource, type FeatureSpec, featureSources } from "../features/feature-spec.ts";
import type { Hazard } from "./hazard.ts";
import { type LabelSpec, type RuleLabel, readsPresentOnly } from "./label-spec.ts";

/**
 * Label hazards: what is wrong with features and label by what they say, before any bar is looked at.
 *
 * @param features of the dataset
 * @param label of the dataset
 * @returns a feature that reads the future (refused), the same feature twice, and a label that is a rule of
 *   the present bar, above all one whose columns are features
 *
 * Cost: O(nodes). What only the numbers show: datasetHazards.
 */
export function labelHazards(
  features: readonly FeatureSpec[],
  label: LabelSpec,
): readonly Hazard[] {
  return [
    ...futureFeatures(features),
    ...labelOfTheFuture(label),
    ...repeatedFeatures(features),
    ...presentRule(features, label),
  ];
}

function futureFeatures(features: readonly FeatureSpec[]): readonly Hazard[] {
  const names = features.filter(readsAhead).map(featureName);
  return names.map((name) => ({
    code: "feature-reads-the-future",
    severity: "refusal",
    message: `The feature ${name} counts bars forward and reads the future`,
    names: [name],
  }));
}

/** What a label is about is read at the row's own bar, and must not look ahead by itself. */
function labelOfTheFuture(label: LabelSpec): readonly Hazard[] {
  const sources = label.kind === "rule" ? [label.of, label.over] : [label.of];
  return sources.filter(sourceReadsAhead).map((source) => ({
    code: "feature-reads-the-future",
    severity: "refusal",
    message: `The label is about ${sourceName(source)}, which counts bars forward and reads the future`,
    names: [sourceName(source)],
  }));
}

function readsAhead(feature: FeatureSpec): boolean {
  const isAhead = Object.entries(feature).some(
    ([field, value]) => field.endsWith("Bars") && typeof value === "number" && value < 0,
  );
  return isAhead || featureSources(feature).some(sourceReadsAhead);
}

function sourceReadsAhead(source: FeatureSource): boolean {
  return typeof source !== "string" && readsAhead(source);
}

function repeatedFeatures(features: readonly FeatureSpec[]): readonly Hazard[] {
  const names = features.map(featureName);
  const repeated = new Set(names.filter((name, j) => names.indexOf(name) !== j));
  return [...repeated].map((name) => ({
    code: "duplicated-columns",
    severity: "refusal",
    message: `The feature ${name} is listed more than once`,
    names: [name],
  }));
}

function presentRule(features: readonly FeatureSpec[], label: LabelSpec): readonly Hazard[] {
  if (label.kind !== "rule" || !readsPresentOnly(label)) return [];
  const told = tellingFeatures(features.map(featureName), label);
  if (told.length > 0) {
    return [
      {
        code: "label-is-a-rule-of-the-features",
        severity: "warning",
        message: `The label is a rule of the features themselves (${told.join(", ")}): a model only learns the rule again, and its score says nothing about the future`,
        names: told,
      },
    ];
  }
  return [
    {
      code: "label-reads-the-present-only",
      severity: "warning",
      message:
        "The label is a rule of the present bar: a model that predicts it says nothing about the future",
      names: [sourceName(label.of), sourceName(label.over)],
    },
  ];
}

/** Features that the label can be worked out of at the same bar; none when it cannot. */
function tellingFeatures(names: readonly string[], label: RuleLabel): readonly string[] {
  const of = sourceName(label.of);
  const over = sourceName(label.over);
  const differences = [`difference(${of}, ${over})`, `difference(${over}, ${of})`];
  const single =
    label.rule === "crossover" ? [crossing(of, over), crossing(over, of)] : differences;
  const alone = names.filter((name) => single.includes(name));
  if (alone.length > 0) return alone;
  // A crossing is told by what stood above before and what stands above now.
  const both = label.rule === "crossover" ? withLags([of, over]) : [of, over];
  if (both.every((name) => names.includes(name))) return both;
  if (label.rule !== "crossover") return [];
  const lagged = differences.find((name) => withLags([name]).every((one) => names.includes(one)));
  return lagged === undefined ? [] : withLags([lagged]);
}

function crossing(of: string, over: string): string {
  return `crossover(${of}, ${over})`;
}

function withLags(names: readonly string[]): readonly string[] {
  return [...names, ...names.map((name) => `lag(${name}, 1)`)];
}

import { FEATURE_KINDS } from "#quant/learning/features/feature-kinds.ts";
import type { BaseColumn } from "#quant/learning/features/feature-source.ts";
import type { FeatureSpec } from "#quant/learning/features/feature-spec.ts";
import type { StrategyParameter } from "#quant/strategies/strategy-parameters.ts";
import type { Subject } from "./dataset-presets.ts";
import { type SpecValues, usualSpec, withKind } from "./spec-values.ts";

type Kind = FeatureSpec["kind"];

/** Kinds of features as the list to pick from groups them; every one of them once. */
export const FEATURE_KIND_GROUPS: readonly {
  readonly label: string;
  readonly kinds: readonly Kind[];
}[] = [
  { label: "Values and changes", kinds: ["column", "lag", "delta", "return", "difference"] },
  { label: "Averages and crossings", kinds: ["sma", "ema", "macd", "crossover"] },
  { label: "Where it stands", kinds: ["z-score", "bollinger", "rsi"] },
  { label: "How it moves", kinds: ["deviation", "atr", "half-life"] },
  { label: "Volume and time", kinds: ["volume", "time"] },
];

/** A column that features are usually made of. */
export function usualColumn(subject: Subject): BaseColumn {
  return subject === "pairs" ? "spread" : "close";
}

/** A column that a kind is usually made of: a spread has no share, and no volume. */
function columnOf(kind: string, subject: Subject): BaseColumn {
  const isPairs = subject === "pairs";
  if (kind === "volume") return isPairs ? "volume-y" : "volume";
  if (kind === "return") return isPairs ? "close-y" : "close";
  return usualColumn(subject);
}

/** A new feature of a kind. */
export function newFeature(kind: string, subject: Subject): SpecValues {
  return fitting(usualSpec(FEATURE_KINDS, kind, columnOf(kind, subject)), subject);
}

/** A feature made into one of another kind, with what both have kept. */
export function featureOfKind(typed: SpecValues, kind: string, subject: Subject): SpecValues {
  return fitting(
    withKind(FEATURE_KINDS, typed, { kind, column: columnOf(kind, subject) }),
    subject,
  );
}

/** A range is of a leg where there are legs. */
function fitting(typed: SpecValues, subject: Subject): SpecValues {
  const instrument = typed.values["instrument"];
  if (typed.kind !== "atr" || typeof instrument !== "string") return typed;
  const fits = instrumentsOf(subject);
  if (fits.includes(instrument)) return typed;
  return { ...typed, values: { ...typed.values, instrument: fits[0] ?? instrument } };
}

function instrumentsOf(subject: Subject): readonly string[] {
  return subject === "pairs" ? ["y", "x"] : ["own"];
}

/** A field with the choices only that a dataset of this subject has. */
export function fieldOfSubject(
  name: string,
  parameter: StrategyParameter,
  subject: Subject,
): StrategyParameter {
  if (name !== "instrument" || parameter.kind !== "choice") return parameter;
  const fits = instrumentsOf(subject);
  const choices = Object.entries(parameter.choices).filter(([choice]) => fits.includes(choice));
  return { ...parameter, choices: Object.fromEntries(choices) };
}

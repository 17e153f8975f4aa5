import { FEATURE_KINDS } from "#quant/learning/features/feature-kinds.ts";
import type { FeatureSpec } from "#quant/learning/features/feature-spec.ts";
import type { SpecForm } from "#quant/learning/features/spec-form.ts";
import type { SpreadSpec } from "#quant/learning/features/spread-spec.ts";
import type { LabelSpec } from "#quant/learning/labels/label-spec.ts";
import { parameterField, typedParameter } from "../../strategies/typed-parameter.ts";

/** Kinds to choose from, each with its form. */
export type SpecKinds = Readonly<Record<string, SpecForm>>;

/** A feature, label or spread as typed; fields of other kinds stay while this one is looked at. */
export type SpecValues = {
  kind: string;
  /** What it is made of, by field. */
  sources: { [field: string]: SourceValues };
  values: { [field: string]: string | boolean };
};

/** A column by name, or a feature. */
export type SourceValues = string | SpecValues;

/** What was typed as a candidate for the schema: a number that is none is NaN. */
export function specCandidate(
  kinds: SpecKinds,
  typed: SpecValues,
): { readonly kind: string; readonly [field: string]: unknown } {
  const form = kinds[typed.kind];
  const sources = (form?.sources ?? []).map(({ field }): [string, unknown] => [
    field,
    sourceCandidate(typed.sources[field]),
  ]);
  const values = Object.entries(form?.parameters ?? {}).map(
    ([name, parameter]): [string, unknown] => [name, typedParameter(parameter, typed.values[name])],
  );
  return { kind: typed.kind, ...Object.fromEntries([...sources, ...values]) };
}

function sourceCandidate(source: SourceValues | undefined): unknown {
  if (typeof source !== "object") return source;
  return specCandidate(FEATURE_KINDS, source);
}

/** A feature, label or spread as its form shows it. */
export function specValues(
  kinds: SpecKinds,
  spec: FeatureSpec | LabelSpec | SpreadSpec,
): SpecValues {
  const form = kinds[spec.kind];
  const fields: Readonly<Record<string, unknown>> = { ...spec };
  return {
    kind: spec.kind,
    sources: Object.fromEntries(
      (form?.sources ?? []).map(({ field }) => [field, sourceOf(fields[field])]),
    ),
    values: Object.fromEntries(
      Object.keys(form?.parameters ?? {}).map((name) => [name, fieldOf(fields[name])]),
    ),
  };
}

function sourceOf(source: unknown): SourceValues {
  return isFeature(source) ? specValues(FEATURE_KINDS, source) : String(source);
}

/** A valid feature, label or spread holds columns and features in the fields of its sources. */
function isFeature(source: unknown): source is FeatureSpec {
  return typeof source === "object" && source !== null && "kind" in source;
}

function fieldOf(value: unknown): string | boolean {
  const isPlain = typeof value === "number" || typeof value === "boolean" || value === null;
  return parameterField(isPlain ? value : String(value));
}

/** A new one of a kind: usual values, made of the same column wherever it needs one. */
export function usualSpec(kinds: SpecKinds, kind: string, column: string): SpecValues {
  const form = kinds[kind];
  const parameters = Object.entries(form?.parameters ?? {});
  return {
    kind,
    sources: Object.fromEntries((form?.sources ?? []).map(({ field }) => [field, column])),
    values: Object.fromEntries(
      parameters.map(([name, parameter]) => [name, parameterField(parameter.default)]),
    ),
  };
}

/** Another kind with what was typed kept: fields that both have keep their values. */
export function withKind(
  kinds: SpecKinds,
  typed: SpecValues,
  { kind, column }: { readonly kind: string; readonly column: string },
): SpecValues {
  const usual = usualSpec(kinds, kind, column);
  const choices = Object.entries(kinds[kind]?.parameters ?? {});
  const kept = { ...usual.values, ...typed.values };
  // A choice of the same name may have other choices there.
  for (const [name, parameter] of choices) {
    const value = kept[name];
    if (parameter.kind !== "choice" || Object.hasOwn(parameter.choices, String(value))) continue;
    kept[name] = parameterField(parameter.default);
  }
  return { kind, sources: { ...usual.sources, ...typed.sources }, values: kept };
}

/** Whether nothing is typed at a path of fields within a feature, label or spread. */
export function isEmptyWithin(typed: SpecValues, path: readonly string[]): boolean {
  const [field, ...rest] = path;
  if (field === undefined) return false;
  const source = typed.sources[field];
  if (typeof source === "object") return isEmptyWithin(source, rest);
  const value = source ?? typed.values[field];
  return typeof value === "string" && value.trim() === "";
}

/** How deep features stand within each other; 0 of a column. */
export function depthOf(source: SourceValues): number {
  if (typeof source === "string") return 0;
  return 1 + Math.max(0, ...Object.values(source.sources).map(depthOf));
}

import { InvalidInputError } from "../../invalid-input-error.ts";
import type { ParameterIssue } from "../../strategies/parameter-values.ts";
import { FEATURE_KINDS } from "./feature-kinds.ts";
import { BASE_COLUMNS } from "./feature-source.ts";
import { FEATURE_DEPTH_MAX, FEATURES_MAX, type FeatureSpec } from "./feature-spec.ts";
import type { SpecForm } from "./spec-form.ts";
import { SPREAD_KINDS, type SpreadSpec } from "./spread-spec.ts";

/** A feature, or everything that is wrong with it; fields of sources are written `of.periodBars`. */
export type FeatureReading =
  | { readonly kind: "valid"; readonly feature: FeatureSpec }
  | { readonly kind: "refused"; readonly issues: readonly ParameterIssue[] };

/**
 * Reads a feature from outside: kind, values, and what it is made of.
 *
 * @param value as a form or a document has it
 * @returns the feature, or every issue
 *
 * Cost: O(nodes).
 */
export function readFeature(value: unknown): FeatureReading {
  const issues = specIssues(FEATURE_KINDS, value, FEATURE_DEPTH_MAX);
  if (issues.length > 0) return { kind: "refused", issues };
  // Kind, sources and every value have been looked at, and nothing else is there.
  return { kind: "valid", feature: value as FeatureSpec };
}

/**
 * Entry check of the features of a dataset.
 *
 * @param features any
 * @throws {InvalidInputError} "out-of-range": none, more than 500, or the first issue of one
 */
export function requireFeatures(features: readonly FeatureSpec[]): void {
  if (features.length === 0 || features.length > FEATURES_MAX) {
    throw new InvalidInputError("out-of-range", `a dataset has 1 to ${FEATURES_MAX} features`);
  }
  for (const feature of features) {
    refuseFirst(`the ${feature.kind} feature`, specIssues(FEATURE_KINDS, feature));
  }
}

/**
 * Entry check of a spread.
 *
 * @param spread any
 * @throws {InvalidInputError} "out-of-range": the first issue
 */
export function requireSpread(spread: SpreadSpec): void {
  refuseFirst(`the ${spread.kind} spread`, specIssues(SPREAD_KINDS, spread));
}

/**
 * What is wrong with a feature, a label or a spread.
 *
 * @param kinds every kind that it may be
 * @param value what came
 * @param depthMax how many features may stand within each other
 * @returns issues by field; none of a valid one
 *
 * Cost: O(nodes).
 */
export function specIssues(
  kinds: Readonly<Record<string, SpecForm>>,
  value: unknown,
  depthMax = FEATURE_DEPTH_MAX,
): readonly ParameterIssue[] {
  if (typeof value !== "object" || value === null) {
    return [{ field: "kind", message: "Must be a description with a kind" }];
  }
  const { kind, ...fields }: { readonly kind?: unknown; readonly [field: string]: unknown } = {
    ...value,
  };
  if (typeof kind !== "string" || !Object.hasOwn(kinds, kind)) {
    return [{ field: "kind", message: `Must be one of: ${Object.keys(kinds).join(", ")}` }];
  }
  const form = kinds[kind]!;
  const known = new Set(form.sources.map(({ field }) => field));
  const issues = form.sources.flatMap(({ field }) => sourceIssues(field, fields[field], depthMax));
  const values = Object.fromEntries(Object.entries(fields).filter(([name]) => !known.has(name)));
  return [...issues, ...backwardIssues(values), ...form.issues(values)];
}

function sourceIssues(field: string, source: unknown, depthMax: number): ParameterIssue[] {
  if (typeof source === "string") {
    if (Object.hasOwn(BASE_COLUMNS, source)) return [];
    return [{ field, message: `Must be one of: ${Object.keys(BASE_COLUMNS).join(", ")}` }];
  }
  if (depthMax <= 1) {
    const message = `Must be a column: features stand at most ${FEATURE_DEPTH_MAX} deep`;
    return [{ field, message }];
  }
  return specIssues(FEATURE_KINDS, source, depthMax - 1).map((issue) => ({
    field: `${field}.${issue.field}`,
    message: issue.message,
  }));
}

/** Bars are counted back from the present one: a negative number would be the future. */
function backwardIssues(values: Readonly<Record<string, unknown>>): ParameterIssue[] {
  return Object.entries(values)
    .filter(([name, value]) => name.endsWith("Bars") && typeof value === "number" && value < 0)
    .map(([field]) => ({ field, message: "Reads the future: bars are counted back" }));
}

function refuseFirst(what: string, issues: readonly ParameterIssue[]): void {
  const [issue] = issues;
  if (issue === undefined) return;
  throw new InvalidInputError("out-of-range", `${what}: ${issue.field} ${issue.message}`);
}

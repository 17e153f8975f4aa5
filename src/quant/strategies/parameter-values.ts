import type {
  ParameterRule,
  StrategyParameter,
  StrategyParameters,
} from "./strategy-parameters.ts";

/** What of a strategy decides which configurations are valid. */
export type Configurable<Config> = {
  readonly parameters: StrategyParameters<Config>;
  readonly rules: readonly ParameterRule<Config>[];
};

/** What is wrong with one field, in a sentence without its name. */
export type ParameterIssue = { readonly field: string; readonly message: string };

/** A configuration, or everything that is wrong with the values. */
export type ConfigReading<Config> =
  | { readonly kind: "valid"; readonly config: Config }
  | { readonly kind: "refused"; readonly issues: readonly ParameterIssue[] };

/**
 * The configuration that a form begins with.
 *
 * @param strategy its parameters
 * @returns the default of every field
 */
export function defaultConfig<Config>(strategy: Configurable<Config>): Config {
  const fields: [string, StrategyParameter][] = Object.entries(strategy.parameters);
  // StrategyParameters ties the default of every field to the type of its value.
  return Object.fromEntries(fields.map(([name, field]) => [name, field.default])) as Config;
}

/**
 * Reads a configuration from outside: each field by itself, then the rules between them.
 *
 * @param strategy its parameters and rules
 * @param values one value a field, by name
 * @returns the configuration, or every issue; rules are looked at only when all fields are valid
 *
 * Cost: O(fields).
 */
export function readConfig<Config>(
  strategy: Configurable<Config>,
  values: Readonly<Record<string, unknown>>,
): ConfigReading<Config> {
  const fields: [string, StrategyParameter][] = Object.entries(strategy.parameters);
  const known = new Set(fields.map(([name]) => name));
  const issues: ParameterIssue[] = [];
  for (const field of Object.keys(values)) {
    if (!known.has(field)) issues.push({ field, message: "There is no such setting" });
  }
  for (const [field, parameter] of fields) {
    const message = parameterIssue(parameter, values[field]);
    if (message !== null) issues.push({ field, message });
  }
  if (issues.length > 0) return { kind: "refused", issues };
  const config = Object.fromEntries(fields.map(([name]) => [name, values[name]])) as Config;
  const broken = strategy.rules.filter((rule) => !rule.holds(config));
  if (broken.length === 0) return { kind: "valid", config };
  return { kind: "refused", issues: broken.map(({ field, message }) => ({ field, message })) };
}

/**
 * What is wrong with one value by itself.
 *
 * @param parameter its field
 * @param value as a form or a document has it
 * @returns a sentence without the name of the field; null of a valid value
 */
export function parameterIssue(parameter: StrategyParameter, value: unknown): string | null {
  switch (parameter.kind) {
    case "boolean":
      return typeof value === "boolean" ? null : "Must be yes or no";
    case "choice":
      return typeof value === "string" && Object.hasOwn(parameter.choices, value)
        ? null
        : `Must be one of: ${Object.values(parameter.choices).join(", ")}`;
    case "number":
    case "integer":
      return numberIssue(parameter, value);
  }
}

function numberIssue(
  parameter: Extract<StrategyParameter, { kind: "number" | "integer" }>,
  value: unknown,
): string | null {
  const { kind, min, max, optional } = parameter;
  if (value === null && optional) return null;
  if (typeof value !== "number" || !Number.isFinite(value)) return "Must be a number";
  if (kind === "integer" && !Number.isInteger(value)) return "Must be a whole number";
  if (value < min) return `Must be at least ${min}`;
  return value > max ? `Must be at most ${max}` : null;
}

import type { TrialRow } from "#contracts/optimisation.ts";
import { STRATEGIES, type StrategyKind } from "#quant/strategies/strategy-kinds.ts";
import type { StrategyParameter } from "#quant/strategies/strategy-parameters.ts";
import { type TrialValue, trialValueLabel } from "#ui/charts/trial-grid.ts";

/** A parameter of a kind; undefined when it has none of this name. */
export function parameterOf(kind: StrategyKind, name: string): StrategyParameter | undefined {
  const parameters: Readonly<Record<string, StrategyParameter>> = STRATEGIES[kind].parameters;
  return Object.hasOwn(parameters, name) ? parameters[name] : undefined;
}

/** Names of parameters in the order of the form. */
export function inFormOrder(kind: StrategyKind, names: readonly string[]): readonly string[] {
  return Object.keys(STRATEGIES[kind].parameters).filter((name) => names.includes(name));
}

/** What a form calls a parameter. */
export function parameterLabel(kind: StrategyKind, name: string): string {
  return parameterOf(kind, name)?.label ?? name;
}

/** Its unit; undefined where it has none worth a word. */
export function parameterUnit(kind: StrategyKind, name: string): string | undefined {
  const parameter = parameterOf(kind, name);
  if (parameter === undefined || !("unit" in parameter)) return undefined;
  return parameter.unit === "none" || parameter.unit === "z-score" ? undefined : parameter.unit;
}

/** A value of it as people read it: a choice by its name. */
export function parameterText(kind: StrategyKind, name: string, value: TrialValue): string {
  return trialValueLabel(namedChoice(parameterOf(kind, name), value));
}

/** A column of its values with choices by their names. */
export function namedColumn(
  kind: StrategyKind,
  name: string,
  column: readonly TrialValue[],
): readonly TrialValue[] {
  const parameter = parameterOf(kind, name);
  if (parameter === undefined || parameter.kind !== "choice") return column;
  return column.map((value) => namedChoice(parameter, value));
}

/** The parameters of a trial in a line. */
export function parametersText(kind: StrategyKind, parameters: TrialRow["parameters"]): string {
  return inFormOrder(kind, Object.keys(parameters))
    .map(
      (name) =>
        `${parameterLabel(kind, name)} ${parameterText(kind, name, parameters[name] ?? null)}`,
    )
    .join(", ");
}

function namedChoice(parameter: StrategyParameter | undefined, value: TrialValue): TrialValue {
  if (parameter === undefined || parameter.kind !== "choice") return value;
  const choices: Readonly<Record<string, string>> = parameter.choices;
  return typeof value === "string" ? (choices[value] ?? value) : value;
}

import { type ParameterIssue, readConfig } from "../strategies/parameter-values.ts";
import type { ParameterValue, StrategyParameter } from "../strategies/strategy-parameters.ts";

/** Equal steps from `from` to at most `to`, both in the unit of the parameter. */
export type ValueRange = { readonly from: number; readonly to: number; readonly step: number };

/** What a parameter is to be tried at: listed values, or equal steps. */
export type VariedValues = readonly ParameterValue[] | ValueRange;

/**
 * One direction of a space: the values of a parameter. Ordered values ascend, and null, which switches
 * the rule of a number off, is the last: a stop or a time limit so far away that it is never reached.
 */
export type ParameterAxis = {
  readonly name: string;
  readonly values: readonly ParameterValue[];
  /** Whether values next to each other are alike: numbers are, choices and booleans are not. */
  readonly isOrdered: boolean;
};

/** An axis, or what is wrong with it. */
export type AxisReading =
  | { readonly kind: "axis"; readonly axis: ParameterAxis }
  | { readonly kind: "refused"; readonly issue: ParameterIssue };

/** Values of one axis: above, a search is over a number that nobody set apart on purpose. */
const AXIS_VALUES_MAX = 10_000;

/** A part of a step below this is rounding of (to − from) / step. */
const STEP_CARE = 1e-9;

/** Digits that steps such as 0.1 + 2 · 0.1 keep: their float noise begins at the sixteenth. */
const STEP_DIGITS = 12;

/**
 * How many values there are, without making them.
 *
 * @param varied a list or a range
 * @returns a whole number ≥ 0, possibly very large; 0 for a range that has no value
 */
export function variedCount(varied: VariedValues): number {
  if (!isRange(varied)) return varied.length;
  const { from, to, step } = varied;
  const steps = Math.floor((to - from) / step + STEP_CARE);
  return step > 0 && Number.isFinite(steps) && steps >= 0 ? steps + 1 : 0;
}

/**
 * Reads one axis of a space.
 *
 * @param name of the parameter
 * @param parameter its field; undefined when the strategy has none of this name
 * @param varied what it is to be tried at
 * @returns the axis with every value valid by itself, or the first issue
 *
 * Cost: O(values · log values).
 */
export function readParameterAxis(
  name: string,
  parameter: StrategyParameter | undefined,
  varied: VariedValues,
): AxisReading {
  const refused = (message: string): AxisReading => ({
    kind: "refused",
    issue: { field: name, message },
  });
  if (parameter === undefined) return refused("Is no setting of this strategy");
  const isOrdered = parameter.kind === "number" || parameter.kind === "integer";
  if (isRange(varied) && !isOrdered) return refused("Must be a list of values");
  const count = variedCount(varied);
  if (count === 0) return refused("Must have at least one value, and a step above 0");
  if (count > AXIS_VALUES_MAX) {
    return refused(`Has ${grouped(count)} values, at most ${grouped(AXIS_VALUES_MAX)} are tried`);
  }
  const values = isRange(varied) ? stepsOf(varied, count) : [...varied];
  for (const value of values) {
    const issue = fieldIssue(name, parameter, value);
    if (issue !== null) return refused(`${issue.message}, ${String(value ?? "none")} is not`);
  }
  if (new Set(values).size < count) return refused("Has a value twice");
  return {
    kind: "axis",
    axis: { name, isOrdered, values: isOrdered ? ascending(values) : values },
  };
}

/** A whole number as people read it. */
export function grouped(count: number | bigint): string {
  return count.toLocaleString("en-US");
}

function isRange(varied: VariedValues): varied is ValueRange {
  return !Array.isArray(varied);
}

function stepsOf({ from, step }: ValueRange, count: number): number[] {
  return Array.from({ length: count }, (_, i) =>
    Number((from + i * step).toPrecision(STEP_DIGITS)),
  );
}

/** Null, the rule switched off, behind all numbers. */
function ascending(values: readonly ParameterValue[]): readonly ParameterValue[] {
  return values.toSorted((a, b) => placeOf(a) - placeOf(b) || 0);
}

function placeOf(value: ParameterValue): number {
  return typeof value === "number" ? value : Number.MAX_VALUE;
}

function fieldIssue(
  name: string,
  parameter: StrategyParameter,
  value: ParameterValue,
): ParameterIssue | null {
  const field: Record<string, StrategyParameter> = { [name]: parameter };
  const reading = readConfig<unknown>({ parameters: field, rules: [] }, { [name]: value });
  return reading.kind === "refused" ? (reading.issues[0] ?? null) : null;
}

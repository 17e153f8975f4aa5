import type { WalkForward } from "#contracts/backtest-plan.ts";
import type { Objective } from "#contracts/objective.ts";
import type { StrategyGate } from "#contracts/strategy.ts";
import { GATED_TRIALS, windowTrials } from "#contracts/walk-forward-trials.ts";
import { STRATEGIES, type StrategyKind } from "#quant/strategies/strategy-kinds.ts";
import type { ParameterValue, StrategyParameter } from "#quant/strategies/strategy-parameters.ts";

/** Parameters that a window can choose: with more of them the best of a window is luck. */
export const VARIED_MAX = 3;

/** Values that one parameter can have, as the contract says. */
const VALUES_MAX = 50;

/** A parameter and the values to try, as typed. */
export type VariedParameter = { readonly name: string; readonly values: string };

export type WindowSearch = {
  /** Empty: every window trades with the parameters of the strategy. */
  readonly varied: readonly VariedParameter[];
  readonly objective: Objective;
};

type Strategy = {
  readonly kind: StrategyKind;
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  readonly gate?: StrategyGate | undefined;
};
type Optimise = WalkForward["optimise"];

export type WindowSearchForm =
  | { readonly kind: "valid"; readonly optimise: Optimise; readonly combinations: number }
  /** By "varied.0", … of the place in the form, "search" for all of it. */
  | { readonly kind: "refused"; readonly problems: Readonly<Record<string, string>> };

/** Parameters of a kind that are numbers, in the order of its form. */
export function searchableParameters(kind: StrategyKind): { name: string; label: string }[] {
  const parameters: [string, StrategyParameter][] = Object.entries(STRATEGIES[kind].parameters);
  return parameters.flatMap(([name, parameter]) =>
    parameter.kind === "number" || parameter.kind === "integer"
      ? [{ name, label: parameter.label }]
      : [],
  );
}

/**
 * The search that was typed, or what is wrong with it.
 *
 * @param strategies that would run, each of which must be able to take the values
 */
export function windowSearchOf(
  { varied, objective }: WindowSearch,
  strategies: readonly Strategy[],
): WindowSearchForm {
  if (varied.length === 0) return { kind: "valid", optimise: null, combinations: 1 };
  if (strategies.some(({ gate }) => gate !== undefined)) {
    return { kind: "refused", problems: { search: GATED_TRIALS } };
  }
  const problems: Record<string, string> = {};
  const space: Record<string, (number | null)[]> = {};
  for (const [place, { name, values }] of varied.entries()) {
    const read = valuesOfText(values);
    if (name === "") problems[`varied.${place}`] = "Choose a parameter";
    else if (Object.hasOwn(space, name)) problems[`varied.${place}`] = "Is chosen twice";
    else if (typeof read === "string") problems[`varied.${place}`] = read;
    else space[name] = read;
  }
  if (Object.keys(problems).length > 0) return { kind: "refused", problems };
  const optimise = { space, objective };
  let combinations = Object.values(space).reduce((product, { length }) => product * length, 1);
  for (const strategy of strategies) {
    const found = windowTrials(strategy, optimise);
    if ("space" in found) {
      combinations = found.space.size;
      continue;
    }
    const place = varied.findIndex(({ name }) => name === found.field);
    problems[place === -1 ? "search" : `varied.${place}`] ??= found.message;
  }
  return Object.keys(problems).length > 0
    ? { kind: "refused", problems }
    : { kind: "valid", optimise, combinations };
}

const RANGE = /^(\S+)\s+to\s+(\S+)\s+(?:by|step)\s+(\S+)$/i;
const NONE = "none";

/**
 * Values as they are typed: "1, 1.5, none" or "1 to 3 by 0.5", both ends included.
 *
 * @returns what is wrong, where they cannot be read
 */
export function valuesOfText(text: string): (number | null)[] | string {
  const range = RANGE.exec(text.trim());
  return range === null ? listOf(text) : rangeOf(range.slice(1).map(Number));
}

function listOf(text: string): (number | null)[] | string {
  const parts = text.split(",").map((part) => part.trim());
  if (parts.every((part) => part === "")) return 'Type values, such as "1, 1.5, 2"';
  const values = parts.map((part) => (part.toLowerCase() === NONE ? null : Number(part)));
  const place = parts.findIndex(
    (part, index) => part === "" || (values[index] !== null && !Number.isFinite(values[index])),
  );
  if (place !== -1)
    return parts[place] === "" ? "A value is missing" : `"${parts[place]}" is no number`;
  if (values.length > VALUES_MAX) return `At most ${VALUES_MAX} values`;
  return new Set(values).size < values.length ? "A value is there twice" : values;
}

/** Digits that a step is exact to: 1 + 2 × 0.1 is 1.2. */
const STEP_DIGITS = 12;

function rangeOf(bounds: readonly number[]): number[] | string {
  const [from = Number.NaN, to = Number.NaN, step = Number.NaN] = bounds;
  if (!bounds.every(Number.isFinite)) return 'Type numbers, such as "1 to 3 by 0.5"';
  if (step <= 0) return "The step must be above 0";
  if (to < from) return "The end must not be below the start";
  const count = Math.floor((to - from) / step + 1e-9) + 1;
  if (count > VALUES_MAX) return `These are ${count} values, at most ${VALUES_MAX}`;
  return Array.from({ length: count }, (_, i) =>
    Number((from + i * step).toPrecision(STEP_DIGITS)),
  );
}

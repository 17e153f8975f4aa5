import { OptimisationConfig, type ParameterRange, TRIALS_MAX } from "#contracts/optimisation.ts";
import { GATED_OPTIMISATION } from "#contracts/walk-forward-trials.ts";
import {
  grouped,
  readParameterAxis,
  type VariedValues,
  variedCount,
} from "#quant/optimisation/parameter-axis.ts";
import { SPACE_POINTS_MAX } from "#quant/optimisation/parameter-space.ts";
import { parameterSpaceOfKind } from "#quant/optimisation/parameter-space-of-kind.ts";
import { STRATEGIES, type StrategyKind } from "#quant/strategies/strategy-kinds.ts";
import type { StrategyParameter } from "#quant/strategies/strategy-parameters.ts";
import { numberOf } from "../strategies/form-numbers.ts";
import { inputWords } from "../strategies/input-words.ts";
import { combinationsInWords } from "./combinations-in-words.ts";
import type {
  BaseParameters,
  OptimisationFormValues,
  ParameterFormValues,
} from "./optimisation-form-values.ts";

/**
 * What is wrong, and at which path of the form: "space.entryZScore.from", "method.trials", "space"; of a version that
 * cannot be optimised whatever is typed "strategyVersionId", and that one first.
 */
export type OptimisationProblem = { readonly path: string; readonly message: string };

/** What a form means: what can be started, what is wrong with it, and how much it is. */
export type OptimisationCheck = {
  /** Null while something is wrong. */
  readonly config: OptimisationConfig | null;
  readonly problems: readonly OptimisationProblem[];
  /** Combinations, without making one of them; null while a range cannot be counted. */
  readonly combinations: bigint | null;
  /** Values of each parameter that is varied, by name. */
  readonly valueCounts: Readonly<Record<string, number>>;
};

/** Values that a list in the contract can hold. */
const LIST_MAX = 1_000;

type Reading =
  | { readonly kind: "read"; readonly range: ParameterRange; readonly varied: VariedValues }
  | { readonly kind: "wrong"; readonly field: string; readonly message: string };

/**
 * Checks what is typed against the strategy and the contract.
 *
 * @param strategy the version: its parameters that are not varied stay so
 * @param values as typed
 */
export function checkOptimisation(
  strategy: {
    readonly kind: StrategyKind;
    readonly parameters: BaseParameters;
    readonly gate?: unknown;
  },
  values: OptimisationFormValues,
): OptimisationCheck {
  const { kind, parameters: base } = strategy;
  const parameters: Readonly<Record<string, StrategyParameter>> = STRATEGIES[kind].parameters;
  const problems: OptimisationProblem[] = [];
  const space: Record<string, ParameterRange> = {};
  const varied: Record<string, VariedValues> = {};
  const valueCounts: Record<string, number> = {};
  let isCountable = true;
  if (strategy.gate !== undefined) {
    problems.push({ path: "strategyVersionId", message: GATED_OPTIMISATION });
  }
  for (const [name, parameter] of Object.entries(parameters)) {
    const typed = values.space[name];
    if (typed === undefined || !typed.isVaried) continue;
    const reading = readRange(name, parameter, typed);
    if (reading.kind === "wrong") {
      problems.push({ path: `space.${name}.${reading.field}`, message: reading.message });
      isCountable = false;
      continue;
    }
    space[name] = reading.range;
    varied[name] = reading.varied;
    valueCounts[name] = variedCount(reading.varied);
  }
  const isGrid = values.method.kind === "grid";
  if (isCountable && Object.keys(varied).length > 0) {
    const pointsMax = isGrid ? TRIALS_MAX : SPACE_POINTS_MAX;
    const reading = parameterSpaceOfKind(kind, { base, varied, pointsMax });
    if (reading.kind === "too-large") {
      const most = isGrid ? TRIALS_MAX : SPACE_POINTS_MAX;
      const words = combinationsInWords(reading.combinations);
      const way = isGrid
        ? "Take larger steps, vary fewer parameters, or draw some of them by Random or TPE."
        : "Vary fewer parameters.";
      problems.push({
        path: "space",
        message: `This is ${words}; at most ${grouped(most)} are tried. ${way}`,
      });
    }
    if (reading.kind === "refused") {
      for (const { field, message } of reading.issues) {
        problems.push({ path: `space.${field}`, message });
      }
    }
  }
  const combinations = isCountable
    ? Object.values(valueCounts).reduce((product, count) => product * BigInt(count), 1n)
    : null;
  const parsed = OptimisationConfig.safeParse({ space, ...rest(values) }, { error: inputWords });
  for (const { path, message } of parsed.error?.issues ?? []) {
    // Of the space only that it is empty: all else is said in better words above.
    const isOfSpace = path[0] === "space";
    if (isOfSpace && (path.length > 1 || !isCountable)) continue;
    problems.push({ path: path.join("."), message });
  }
  return {
    config: problems.length === 0 && parsed.success ? parsed.data : null,
    problems,
    combinations,
    valueCounts,
  };
}

function rest({ method, objective, tradesMin }: OptimisationFormValues) {
  const drawn = { trials: numberOf(method.trials), seed: numberOf(method.seed) };
  return {
    method: method.kind === "grid" ? { kind: method.kind } : { kind: method.kind, ...drawn },
    objective,
    tradesMin: numberOf(tradesMin),
  };
}

function readRange(
  name: string,
  parameter: StrategyParameter,
  typed: ParameterFormValues,
): Reading {
  switch (parameter.kind) {
    case "boolean":
    case "choice": {
      const names = Object.keys(typed.choices).filter((choice) => typed.choices[choice] === true);
      if (names.length === 0) return wrong("choices", "Choose at least one");
      return listed(parameter.kind === "choice" ? names : names.map((one) => one === "true"));
    }
    case "number":
    case "integer":
      return typed.by === "steps" ? readSteps(name, parameter, typed) : readList(parameter, typed);
  }
}

function readSteps(
  name: string,
  parameter: StrategyParameter,
  typed: ParameterFormValues,
): Reading {
  const range = {
    from: numberOf(typed.from),
    to: numberOf(typed.to),
    step: numberOf(typed.step),
  };
  for (const field of ["from", "to", "step"] as const) {
    if (!Number.isFinite(range[field])) return wrong(field, "Fill in this field");
  }
  if (range.to < range.from) return wrong("to", "The end must not be below the start");
  if (!(range.step > 0)) return wrong("step", "Must be above 0");
  if (!typed.alsoNone || !isOptional(parameter)) {
    return { kind: "read", range: { kind: "range", ...range }, varied: range };
  }
  // "None" is no step of a range: the values are listed instead.
  const count = variedCount(range);
  if (count >= LIST_MAX) {
    return wrong(
      "step",
      `With “none” at most ${grouped(LIST_MAX)} values, these are ${grouped(count + 1)}`,
    );
  }
  const reading = readParameterAxis(name, parameter, range);
  if (reading.kind === "refused") return wrong("from", reading.issue.message);
  return listed([...reading.axis.values, null]);
}

function readList(parameter: StrategyParameter, typed: ParameterFormValues): Reading {
  const words = typed.list.split(/[\s,;]+/).filter((word) => word !== "");
  if (words.length === 0) return wrong("list", "Fill in this field");
  const numbers = words.map(Number);
  const bad = words.find((_, i) => !Number.isFinite(numbers[i]));
  if (bad !== undefined) return wrong("list", `“${bad}” is no number`);
  const values = typed.alsoNone && isOptional(parameter) ? [...numbers, null] : numbers;
  if (values.length > LIST_MAX) return wrong("list", `At most ${grouped(LIST_MAX)} values`);
  return listed(values);
}

function listed(values: (number | string | boolean | null)[]): Reading {
  return { kind: "read", range: { kind: "values", values }, varied: values };
}

function wrong(field: string, message: string): Reading {
  return { kind: "wrong", field, message };
}

/** Whether null is a value of it: the rule of a number switched off. */
export function isOptional(parameter: StrategyParameter): boolean {
  return "optional" in parameter && parameter.optional;
}

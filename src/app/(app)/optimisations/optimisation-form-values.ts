import type { Objective } from "#contracts/objective.ts";
import { STRATEGIES, type StrategyKind } from "#quant/strategies/strategy-kinds.ts";
import type { ParameterValue, StrategyParameter } from "#quant/strategies/strategy-parameters.ts";
import type { MethodKind } from "./optimisation-words.ts";

/** What is to be tried of one parameter, as it is typed. */
export type ParameterFormValues = {
  isVaried: boolean;
  /** Of a number: equal steps, or values one by one. */
  by: "steps" | "list";
  from: string;
  to: string;
  step: string;
  list: string;
  /** Of a number that may be left out: also without it. */
  alsoNone: boolean;
  /** Of a choice, or of yes and no: which to try, by the choice's name, "true" or "false". */
  choices: Record<string, boolean>;
};

/** The form of an optimisation, as it is typed. */
export type OptimisationFormValues = {
  space: Record<string, ParameterFormValues>;
  method: { kind: MethodKind; trials: string; seed: string };
  objective: Objective;
  tradesMin: string;
};

/** Values of a parameter by name, as a version of a strategy has them. */
export type BaseParameters = Readonly<Record<string, ParameterValue>>;

/** Steps below and above the present value that are suggested. */
const STEPS_EACH_SIDE = 5;

/** Digits that keep 0.1 + 0.2 what it looks like. */
const DIGITS = 12;

/** Nothing varied yet, with ranges about the present values ready to be taken. */
export function initialOptimisation(
  kind: StrategyKind,
  base: BaseParameters,
): OptimisationFormValues {
  const parameters: [string, StrategyParameter][] = Object.entries(STRATEGIES[kind].parameters);
  const space = parameters.map(([name, parameter]) => [
    name,
    suggestedValues(parameter, base[name] ?? parameter.default),
  ]);
  return {
    space: Object.fromEntries(space),
    method: { kind: "grid", trials: "500", seed: "1" },
    objective: "sharpeRatio",
    tradesMin: "10",
  };
}

function suggestedValues(
  parameter: StrategyParameter,
  current: ParameterValue,
): ParameterFormValues {
  const none: ParameterFormValues = {
    isVaried: false,
    by: "steps",
    from: "",
    to: "",
    step: "",
    list: "",
    alsoNone: false,
    choices: {},
  };
  switch (parameter.kind) {
    case "boolean":
      return { ...none, choices: { true: true, false: true } };
    case "choice":
      return {
        ...none,
        choices: Object.fromEntries(Object.keys(parameter.choices).map((name) => [name, true])),
      };
    case "number":
    case "integer": {
      const { min, max, step } = parameter;
      const value = typeof current === "number" ? current : (parameter.default ?? min);
      // Counted from the present value, so that it is one of those tried.
      const below = Math.min(STEPS_EACH_SIDE, Math.floor((value - min) / step + 1e-9));
      const above = Math.min(STEPS_EACH_SIDE, Math.floor((max - value) / step + 1e-9));
      const at = (steps: number) => String(Number((value + steps * step).toPrecision(DIGITS)));
      return {
        ...none,
        ...{ from: at(-below), to: at(above), step: String(step) },
        list: [-below, 0, above].map(at).join(", "),
      };
    }
  }
}

import { STRATEGIES, type StrategyKind } from "#quant/strategies/strategy-kinds.ts";
import type { StrategyParameter } from "#quant/strategies/strategy-parameters.ts";
import type { BaseParameters } from "./optimisation-form-values.ts";

/** The parameters of a strategy as it comes. */
export function defaultParameters(kind: StrategyKind): BaseParameters {
  const parameters: [string, StrategyParameter][] = Object.entries(STRATEGIES[kind].parameters);
  return Object.fromEntries(parameters.map(([name, parameter]) => [name, parameter.default]));
}

import type { ParameterValue, StrategyParameter } from "#quant/strategies/strategy-parameters.ts";
import { numberOf, optionalNumberOf } from "./form-numbers.ts";

/** What was typed into the field of a setting as its value; NaN where it is no number. */
export function typedParameter(
  parameter: StrategyParameter,
  typed: string | boolean | undefined,
): ParameterValue {
  if (parameter.kind === "boolean") return typed === true;
  const text = typeof typed === "string" ? typed : "";
  if (parameter.kind === "choice") return text;
  return parameter.optional ? optionalNumberOf(text) : numberOf(text);
}

/** A setting as its field holds it. */
export function parameterField(value: ParameterValue): string | boolean {
  return typeof value === "boolean" ? value : value === null ? "" : String(value);
}

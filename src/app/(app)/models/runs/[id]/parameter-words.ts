import { formatNumber } from "#ui/format.ts";
import { wordsOfName } from "../../words-of-name.ts";

type ParameterValue = number | string | boolean | null;

/** A value of a parameter as people read it. */
export function parameterText(value: ParameterValue): string {
  switch (typeof value) {
    case "number":
      return formatNumber(value);
    case "boolean":
      return value ? "yes" : "no";
    case "string":
      return value;
    default:
      return "none";
  }
}

/** All parameters of a model in a line. */
export function parameterWords(parameters: Readonly<Record<string, ParameterValue>>): string {
  const named = Object.entries(parameters).map(
    ([name, value]) => `${wordsOfName(name)} ${parameterText(value)}`,
  );
  return named.length === 0 ? "nothing to set" : named.join(", ");
}

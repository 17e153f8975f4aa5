import type { ParameterValue } from "#quant/strategies/strategy-parameters.ts";

/**
 * A column of trials as it is stored: one value a trial, NaN for none. With `choices`, the values of a
 * parameter of words or yes and no, a value is a place in that list.
 *
 * Names: `parameter.<name>` of what was varied, `figure.<name>` of what came out; others are for programs.
 */
export type StoredTrialColumn = {
  readonly name: string;
  readonly choices: readonly ParameterValue[] | null;
  readonly values: Float64Array;
};

export const PARAMETER_COLUMN = "parameter.";
export const FIGURE_COLUMN = "figure.";

/** The value of a parameter that a column holds for one trial; null is "none". */
export function trialParameter(
  { choices, values }: Pick<StoredTrialColumn, "choices" | "values">,
  trial: number,
): ParameterValue {
  const value = values[trial] ?? Number.NaN;
  if (Number.isNaN(value)) return null;
  return choices === null ? value : (choices[value] ?? null);
}

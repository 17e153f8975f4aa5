import { AppError } from "#contracts/error-code.ts";
import {
  type OptimisationConfig,
  type ParameterRange,
  TRIALS_MAX,
} from "#contracts/optimisation.ts";
import type { StrategyConfig } from "#contracts/strategy.ts";
import type { VariedValues } from "#quant/optimisation/parameter-axis.ts";
import { type ParameterSpace, SPACE_POINTS_MAX } from "#quant/optimisation/parameter-space.ts";
import { parameterSpaceOfKind } from "#quant/optimisation/parameter-space-of-kind.ts";

/**
 * The space of an optimisation of a strategy. Its size is known before a value of it is made.
 *
 * @throws {AppError} invalid-input on "config.space" of a grid of more than TRIALS_MAX, with its count; on
 *   a parameter of it that the strategy has not or that cannot take a value
 */
export function optimisationSpace(
  strategy: Pick<StrategyConfig, "kind" | "parameters">,
  { space, method }: Pick<OptimisationConfig, "space" | "method">,
): ParameterSpace {
  const varied = Object.entries(space).map(([name, range]) => [name, variedValues(range)] as const);
  const reading = parameterSpaceOfKind(strategy.kind, {
    base: strategy.parameters,
    varied: Object.fromEntries(varied),
    pointsMax: method.kind === "grid" ? TRIALS_MAX : SPACE_POINTS_MAX,
  });
  switch (reading.kind) {
    case "space":
      return reading.space;
    case "too-large":
      throw new AppError("invalid-input", reading.message, { field: "config.space" });
    case "refused": {
      const [issue] = reading.issues;
      throw new AppError("invalid-input", issue?.message ?? "These values cannot be tried", {
        field: issue === undefined ? "config.space" : `config.space.${issue.field}`,
      });
    }
  }
}

function variedValues(range: ParameterRange): VariedValues {
  if (range.kind === "values") return range.values;
  const { from, to, step } = range;
  return { from, to, step };
}

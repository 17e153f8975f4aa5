import { featureProgram } from "./feature-program.ts";
import type { BarColumns } from "./feature-source.ts";
import type { FeatureSpec } from "./feature-spec.ts";
import { runProgram } from "./feature-stream.ts";
import type { SpreadSpec } from "./spread-spec.ts";

/**
 * Features of a history, one column each.
 *
 * @param bars aligned columns, n bars, oldest first
 * @param features any; see FEATURE_KINDS
 * @param spread how the spread is made; null where bars are of one instrument
 * @returns for each feature n values; NaN where it has none; see runProgram
 * @throws {InvalidInputError} as featureProgram and runProgram
 *
 * Cost: O(features · n), whatever the windows. Checked: against src/quant/indicators, rolling and stats.
 */
export function featureColumns(
  bars: BarColumns,
  features: readonly FeatureSpec[],
  spread: SpreadSpec | null = null,
): readonly Float64Array[] {
  return runProgram(featureProgram(features, spread), bars);
}

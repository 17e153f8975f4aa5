import type { BarColumns } from "./feature-source.ts";
import { spreadColumns } from "./spread-columns.ts";
import type { SpreadSpec } from "./spread-spec.ts";

/**
 * A spread as it is to go on after its bars: a line that is fitted on the first of them becomes the line that
 * was fitted, because later bars must not be measured by another. The others move with their bars.
 *
 * @param spread any; null of an instrument
 * @param bars on which it was made
 * @throws {InvalidInputError} as spreadColumns
 */
export function frozenSpread(spread: SpreadSpec | null, bars: BarColumns): SpreadSpec | null {
  if (spread?.kind !== "formation") return spread;
  const { hedgeRatio, intercept } = spreadColumns(bars, spread);
  const known = hedgeRatio.findIndex(Number.isFinite);
  return {
    kind: "fixed",
    price: spread.price,
    hedgeRatio: hedgeRatio[known] ?? Number.NaN,
    intercept: intercept[known] ?? Number.NaN,
    knownFromMs: bars.openTimeMs[known] ?? null,
  };
}

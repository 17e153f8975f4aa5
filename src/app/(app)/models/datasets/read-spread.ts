import { specIssues } from "#quant/learning/features/read-feature.ts";
import { SPREAD_KINDS, type SpreadSpec } from "#quant/learning/features/spread-spec.ts";
import { type SpecValues, specCandidate } from "./spec-values.ts";

/** A spread as typed; null while a field has no value. */
export function readSpread(typed: SpecValues): SpreadSpec | null {
  const candidate: unknown = specCandidate(SPREAD_KINDS, typed);
  return isSpread(candidate) ? candidate : null;
}

function isSpread(candidate: unknown): candidate is SpreadSpec {
  return specIssues(SPREAD_KINDS, candidate).length === 0;
}

import { FEATURE_KINDS } from "#quant/learning/features/feature-kinds.ts";
import { featureLookBackBars } from "#quant/learning/features/feature-look-back.ts";
import { featureName } from "#quant/learning/features/feature-name.ts";
import type { FeatureSpec } from "#quant/learning/features/feature-spec.ts";
import { readFeature } from "#quant/learning/features/read-feature.ts";
import type { SpreadSpec } from "#quant/learning/features/spread-spec.ts";
import { formatInteger } from "#ui/format.ts";
import { type SpecValues, specCandidate } from "./spec-values.ts";

/** A feature as typed, by the name that says all of it; null while a field has no value. */
export function readTyped(spec: SpecValues): { name: string; feature: FeatureSpec } | null {
  const reading = readFeature(specCandidate(FEATURE_KINDS, spec));
  if (reading.kind === "refused") return null;
  return { name: featureName(reading.feature), feature: reading.feature };
}

/** How far back something looks, in words; null is the whole past. */
export function lookBackWords(bars: number | null): string {
  if (bars === null) return "the whole past";
  if (bars === 0) return "its own bar";
  return bars === 1 ? "1 bar before" : `${formatInteger(bars)} bars before`;
}

/** How far back a feature looks, in words. */
export function featureLookBack(feature: FeatureSpec, spread: SpreadSpec | null): string {
  const bars = featureLookBackBars(feature, spread);
  return lookBackWords(Number.isFinite(bars) ? bars : null);
}

import type { FeatureSpec } from "../features/feature-spec.ts";
import type { LabelSpec, TripleBarrierLabel } from "./label-spec.ts";

/** A label about positions against the deviation, whose side is another at every bar. */
export function isOfReversion(label: LabelSpec): label is TripleBarrierLabel {
  return label.kind === "triple-barrier" && label.side === "reversion";
}

/** The mean that such positions are about, as a feature. */
export function revertedMean({ of, windowBars }: TripleBarrierLabel): FeatureSpec {
  return { kind: "sma", of, periodBars: windowBars };
}

/**
 * Side of a position against the deviation.
 *
 * @param source its value at a bar
 * @param mean at the same bar, see revertedMean
 * @returns −1 above the mean, 1 below it; 0 at it, or where either is missing
 */
export function revertingSide(source: number, mean: number): -1 | 0 | 1 {
  if (source > mean) return -1;
  return source < mean ? 1 : 0;
}

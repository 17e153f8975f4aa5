import { featureName } from "../features/feature-name.ts";
import { BASE_COLUMNS } from "../features/feature-source.ts";
import type { FeatureSource } from "../features/feature-spec.ts";
import { type SpreadSpec, spreadLookBackBars } from "../features/spread-spec.ts";
import type { LabelSpec } from "../labels/label-spec.ts";

/**
 * What a model may do to entries. "approve": only those that it is sure enough of; "veto": all but those whose
 * opposite it is sure enough of; "size": as large as it is sure, up to the threshold.
 */
export type GateMode = "approve" | "veto" | "size";

/** How a model gates; see thresholdProblem. */
export type ModelGateSettings = {
  readonly mode: GateMode;
  /** A probability; of a regression a change in the unit of its label. */
  readonly threshold: number;
};

/** What a model is about: which question it answers, and of which spread. */
export type ModelSubject = {
  readonly label: LabelSpec;
  /** null of an instrument. */
  readonly spread: SpreadSpec | null;
};

/**
 * Sign of a long position in what a label is about: a spread gains when it or leg Y rises, and when leg X falls,
 * which it is short of, or rises where the hedge ratio is below 0; an instrument gains when its close rises.
 *
 * @param source of a label
 * @param hedgeRatio of the spread
 * @returns 1 or −1; 0 of a spread that holds nothing of leg X; null where a rise says nothing of what a position
 *   gains
 */
export function positionSign(source: FeatureSource, hedgeRatio: number): number | null {
  if (typeof source !== "string" && source.kind === "column") {
    return positionSign(source.of, hedgeRatio);
  }
  switch (source) {
    case "spread":
    case "close":
    case "close-y":
      return 1;
    case "close-x":
      return hedgeRatio > 0 ? -1 : hedgeRatio < 0 ? 1 : 0;
    default:
      return null;
  }
}

/**
 * Why a model cannot stand before the entries of any strategy.
 *
 * @param subject of the model
 * @returns a sentence without a full stop; null: it can
 */
export function gateObstacle({ label, spread }: ModelSubject): string | null {
  if (label.kind === "rule") {
    return "It predicts whether a rule about two columns holds, which is not whether a position gains";
  }
  const { of } = label;
  if (positionSign(of, 1) === null) {
    const name = typeof of === "string" ? BASE_COLUMNS[of].toLowerCase() : featureName(of);
    return `It predicts “${name}”, which does not say whether a position gains: a gate needs a model of the spread or of a close`;
  }
  return spread !== null && spreadLookBackBars(spread) === Number.POSITIVE_INFINITY
    ? "Its spread reads the whole past, and a gate keeps the last bars only: choose a model whose spread is frozen, given or of a rolling window"
    : null;
}

/**
 * What is wrong with a threshold: of classes it is a probability, of a regression a change in the unit of its
 * label.
 *
 * @param classCount of the model; 0 of a regression
 * @returns a sentence without a full stop; null: nothing
 */
export function thresholdProblem(
  classCount: number,
  { mode, threshold }: ModelGateSettings,
): string | null {
  if (classCount > 0) {
    return threshold > 0 && threshold <= 1
      ? null
      : "Must be a probability, above 0 and at most 1: the model predicts classes";
  }
  const isChange = threshold >= 0 && threshold < Number.POSITIVE_INFINITY;
  if (!isChange) return "Must be a change of 0 or more";
  return mode === "size" && threshold === 0
    ? "Must be above 0: an entry is whole at the threshold"
    : null;
}

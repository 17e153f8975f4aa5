import type { StudyVariant } from "#contracts/published-study.ts";

/** What each run of RLRT takes away from the one before, in the order in which they are told. */
export const VARIANT_WORDS: Readonly<Record<StudyVariant, { label: string; what: string }>> = {
  published: {
    label: "As published",
    what: "Line, scaling and threshold fitted on the very year that is traded; filled at the close that decided; no costs.",
  },
  "published-costs": {
    label: "With costs",
    what: "The same positions, 5 bp a leg at every change.",
  },
  "frozen-line": {
    label: "Line of the years before",
    what: "Slope and intercept of the formation period, threshold 0.6, no scaling: nothing of the traded year is known beforehand.",
  },
  delayed: { label: "One bar later", what: "And every position is taken a bar after its signal." },
  hedged: { label: "Hedged", what: "And the legs are weighted by the hedge ratio." },
  "hedged-costs": {
    label: "Hedged, with costs",
    what: "And 5 bp a leg: what somebody could have traded.",
  },
};

export const VARIANT_ORDER = [
  "published",
  "published-costs",
  "frozen-line",
  "delayed",
  "hedged",
  "hedged-costs",
] as const satisfies readonly StudyVariant[];

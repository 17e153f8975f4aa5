import type { DifferenceRefusal } from "#contracts/backtest.ts";

/** Why it is not said how two runs differ. */
export const DIFFERENCE_REFUSALS: Record<DifferenceRefusal, string> = {
  "different-intervals": "Their bars are of different lengths.",
  "no-common-bars": "They have no time in common.",
  ruin: "The equity of one of them was used up: from there on it has no returns.",
  "too-few-bars": "They have too few bars in common, at least 20 are needed.",
  "no-difference": "Bar for bar they earned the same.",
};

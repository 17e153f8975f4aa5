import type { FigureReason } from "#contracts/pair-analysis.ts";

/** Why a figure has no value, as the end of a sentence that begins with "Not known: ". */
export const REASON_WORDS: Readonly<Record<FigureReason, string>> = {
  "too-short": "there are too few bars",
  "not-finite": "a bar has no usable price",
  "length-mismatch": "the legs have different numbers of bars",
  constant: "the series does not move",
  collinear: "the legs are copies of each other",
  "out-of-range": "a setting or a price is out of bounds for it",
  "no-mean-reversion": "the spread does not come back",
  oscillating: "each bar overshoots the mean",
  "no-process": "no mean-reverting process fits the spread",
  "no-cost": "without costs there is no best distance",
  "no-interior-optimum": "without a margin above zero there is no best distance",
  "no-volume": "the prices came without volume",
  "no-test": "the test has no answer",
};

/** Why there is no value, as a sentence. */
export function reasonSentence(reason: FigureReason | null): string {
  return reason === null ? "Not known." : `Not known: ${REASON_WORDS[reason]}.`;
}

import type { LearningRunSummary } from "#contracts/learning-run.ts";

/** What must be known of the published comparison before its accuracies are believed. */
export function publishedWarnings(results: LearningRunSummary["results"]): string[] {
  return [
    "The line between the legs and the scale of the spread are those of the whole span, as published: both know the future.",
    `The published accuracy compares the mean of the next three bars with the mean of the ten before; most of that has happened already when it is said.${againstLastWords(results)}`,
    "Prophet, which the comparison also tried, is left out.",
  ];
}

/** Of RLRT over the whole span, which is what was published; nothing where it has no trend. */
function againstLastWords(results: LearningRunSummary["results"]): string {
  const shares = results.flatMap(({ scores }) => scores["wholeTrendAccuracy"] ?? []);
  if (shares.length === 0) return "";
  const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
  return ` Against the last value the trends of RLRT are right in ${(100 * mean).toFixed(1)} %, mean over the pairs: ${coinWords(mean)}.`;
}

/** Within a point of a half it is neither. */
function coinWords(share: number): string {
  if (share < 0.49) return "worse than a coin";
  return share > 0.51 ? "better than a coin" : "no better than a coin";
}

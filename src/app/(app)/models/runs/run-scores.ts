import type { LearningRunSummary } from "#contracts/learning-run.ts";
import { inScoreOrder } from "../score-definitions.ts";

/** Scores that a table shows at first; the others wait in its chooser. */
const SHOWN: ReadonlySet<string> = new Set([
  "logLoss",
  "accuracy",
  "rocAuc",
  "meanSquaredError",
  "meanAbsoluteError",
  "rSquared",
  "trendAccuracyPublished",
  "trendAccuracy",
]);

export type ScoreColumn = { readonly name: string; readonly isShown: boolean };

/** Scores that some model of a run has, in the order of a table. */
export function scoreColumns({
  results,
}: Pick<LearningRunSummary, "results">): readonly ScoreColumn[] {
  const names = new Set(results.flatMap(({ scores }) => Object.keys(scores)));
  return inScoreOrder([...names]).map((name) => ({ name, isShown: SHOWN.has(name) }));
}

/** The score that verdicts are about. */
export function lossScore({ loss }: Pick<LearningRunSummary, "loss">): string {
  return loss === "log-loss" ? "logLoss" : "meanSquaredError";
}

/** The score that models are compared by first: what verdicts are about, where it is there. */
export function firstScore(summary: Pick<LearningRunSummary, "results" | "loss">): string | null {
  const names = scoreColumns(summary).map(({ name }) => name);
  const own = lossScore(summary);
  return names.find((name) => name === own) ?? names[0] ?? null;
}

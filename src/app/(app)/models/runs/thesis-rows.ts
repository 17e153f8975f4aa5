import type { LearningRunSummary } from "#contracts/learning-run.ts";
import { modelNames } from "./model-names.ts";
import { meanOf } from "./score-matrix.ts";

/** Accuracies of trends by one way of counting, by both definitions, mean over the pairs. */
export type ThesisRow = {
  readonly key: string;
  readonly name: string;
  /** Which trends are counted. */
  readonly span: string;
  readonly published: number | null;
  readonly againstLast: number | null;
  /** Pairs that have a trend by it. */
  readonly pairs: number;
};

const SPANS = [
  {
    ...{ id: "test", span: "Test, the last fifth" },
    ...{ published: "trendAccuracyPublished", againstLast: "trendAccuracy" },
  },
  {
    ...{ id: "whole", span: "Whole span, R² of at least 0.6" },
    ...{ published: "wholeTrendAccuracyPublished", againstLast: "wholeTrendAccuracy" },
  },
  {
    ...{ id: "best", span: "Whole span, the R² that did best on each pair" },
    ...{ published: "bestTrendAccuracyPublished", againstLast: "bestTrendAccuracy" },
  },
] as const;

/** Both accuracies of every model, side by side; of RLRT also over the whole span, as it was published. */
export function thesisRows({
  models,
  results,
}: Pick<LearningRunSummary, "models" | "results">): readonly ThesisRow[] {
  const names = modelNames(models);
  return models.flatMap(({ key }) => {
    const own = results.filter(({ model }) => model === key);
    return SPANS.flatMap(({ id, span, published, againstLast }) => {
      const known = own.filter(({ scores }) => typeof scores[published] === "number");
      // That a model has no trend in the test is told; other spans are RLRT's alone.
      if (known.length === 0 && id !== "test") return [];
      return [
        {
          ...{ key: `${key} ${id}`, name: names.get(key) ?? key, span, pairs: known.length },
          published: meanOf(own.map(({ scores }) => scores[published])),
          againstLast: meanOf(own.map(({ scores }) => scores[againstLast])),
        },
      ];
    });
  });
}

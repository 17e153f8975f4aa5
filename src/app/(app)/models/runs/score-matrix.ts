import type { LearningRunSummary } from "#contracts/learning-run.ts";
import type { Verdict } from "#contracts/model.ts";
import { modelNames } from "./model-names.ts";

export type MatrixCell = {
  readonly value: number | null;
  readonly verdict: Verdict | null;
  readonly refusal: string | null;
};

/** A model on all groups of rows by one score. */
export type MatrixRow = {
  readonly model: string;
  readonly name: string;
  readonly isBaseline: boolean;
  /** By key of the group. */
  readonly cells: ReadonlyMap<string, MatrixCell>;
  /** Over the groups that it has a value of; null of none. */
  readonly mean: number | null;
  /** Groups on which it beats its baselines; null of a baseline. */
  readonly beats: number | null;
};

/** One score of every model on every group, baselines first as they are in the run. */
export function scoreMatrix(
  { models, results }: Pick<LearningRunSummary, "models" | "results">,
  score: string,
): readonly MatrixRow[] {
  const names = modelNames(models);
  return models.map(({ key, isBaseline }) => {
    const own = results.filter(({ model }) => model === key);
    const cells = new Map(
      own.map(({ group, scores, verdict, refusal }) => [
        group,
        { value: scores[score] ?? null, verdict, refusal },
      ]),
    );
    return {
      ...{ model: key, name: names.get(key) ?? key, isBaseline, cells },
      mean: meanOf([...cells.values()].map(({ value }) => value)),
      beats: isBaseline ? null : own.filter(({ verdict }) => verdict?.kind === "beats").length,
    };
  });
}

/** Of the values that there are; null of none. */
export function meanOf(values: readonly (number | null | undefined)[]): number | null {
  const known = values.filter((value) => value !== null && value !== undefined);
  if (known.length === 0) return null;
  return known.reduce((sum, value) => sum + value, 0) / known.length;
}

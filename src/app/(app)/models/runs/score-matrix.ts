import type { LearningRunSummary, RunResult } from "#contracts/learning-run.ts";
import type { Verdict } from "#contracts/model.ts";
import { bookLabels } from "./book-labels.ts";
import { modelNames } from "./model-names.ts";
import { lossScore } from "./run-scores.ts";

export type MatrixCell = {
  readonly value: number | null;
  /** null where the score has none. */
  readonly interval: RunResult["intervals"][string] | null;
  /** Of the score that verdicts are about alone. */
  readonly verdict: Verdict | null;
  readonly refusal: string | null;
};

/** Rows of a group, or those of one book of a group that was learned together. */
export type MatrixColumn = {
  readonly key: string;
  readonly label: string;
  readonly group: string;
  /** Place of the book; null of a whole group. */
  readonly member: number | null;
};

/** A model on all columns by one score. */
export type MatrixRow = {
  readonly model: string;
  readonly name: string;
  readonly isBaseline: boolean;
  /** By key of the column. */
  readonly cells: ReadonlyMap<string, MatrixCell>;
  /** Over the columns that it has a value of; null of none. */
  readonly mean: number | null;
  /** Groups on which it beats its baselines; null of a baseline, and by a score that verdicts are not about. */
  readonly beats: number | null;
};

/** Every group; of one whose books have scores of their own, every book. */
export function matrixColumns({
  groups,
  results,
}: Pick<LearningRunSummary, "groups" | "results">): readonly MatrixColumn[] {
  return groups.flatMap((group): MatrixColumn[] => {
    const { key, label } = group;
    const hasMembers = results.some((one) => one.group === key && one.members !== undefined);
    if (!hasMembers) return [{ key, label, group: key, member: null }];
    return bookLabels(group).map((own, member) => ({
      ...{ key: `${key} ${member}`, label: own, group: key, member },
    }));
  });
}

/** One score of every model in every column, baselines first as they are in the run. */
export function scoreMatrix(
  summary: Pick<LearningRunSummary, "models" | "groups" | "results" | "loss">,
  score: string,
): readonly MatrixRow[] {
  const { models, results } = summary;
  const isJudged = score === lossScore(summary);
  const names = modelNames(models);
  const columns = matrixColumns(summary);
  return models.map(({ key, isBaseline }) => {
    const own = results.filter(({ model }) => model === key);
    const cells = new Map(
      columns.flatMap((column) => {
        const result = own.find(({ group }) => group === column.group);
        if (result === undefined) return [];
        const cell = cellOf(result, column, score);
        return [[column.key, isJudged ? cell : { ...cell, verdict: null }] as const];
      }),
    );
    return {
      ...{ model: key, name: names.get(key) ?? key, isBaseline, cells },
      mean: meanOf([...cells.values()].map(({ value }) => value)),
      beats:
        isBaseline || !isJudged
          ? null
          : own.filter(({ verdict }) => verdict?.kind === "beats").length,
    };
  });
}

/** A verdict is about a whole group. */
function cellOf(result: RunResult, { member }: MatrixColumn, score: string): MatrixCell {
  const { verdict, refusal, members } = result;
  const own = member === null ? result : members?.[member];
  return {
    value: own?.scores[score] ?? null,
    interval: own?.intervals[score] ?? null,
    verdict: member === null ? verdict : null,
    refusal,
  };
}

/** Of the values that there are; null of none. */
export function meanOf(values: readonly (number | null | undefined)[]): number | null {
  const known = values.filter((value) => value !== null && value !== undefined);
  if (known.length === 0) return null;
  return known.reduce((sum, value) => sum + value, 0) / known.length;
}

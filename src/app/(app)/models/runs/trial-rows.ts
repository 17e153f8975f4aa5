import type { RunTrial } from "#contracts/learning-run.ts";

/** A trial with its place among those of its fold. */
export type TrialRow = RunTrial & {
  /** Of the fold, counted from 1 in the order in which they were made. */
  readonly number: number;
  /** 1 is the best; the earlier first among equals, and those that could not be trained last. */
  readonly rank: number;
  /** Ascending by fold, and within one by rank. */
  readonly order: number;
};

/** Trials by fold, the best of each first. */
export function trialRows(trials: readonly RunTrial[]): readonly TrialRow[] {
  const folds = [...new Set(trials.map(({ fold }) => fold))].toSorted((a, b) => a - b);
  return folds
    .flatMap((fold) =>
      trials
        .filter((trial) => trial.fold === fold)
        .map((trial, i) => ({ ...trial, number: i + 1 }))
        .toSorted((a, b) => lossOf(a) - lossOf(b) || a.number - b.number)
        .map((trial, i) => ({ ...trial, rank: i + 1 })),
    )
    .map((trial, i) => ({ ...trial, order: i + 1 }));
}

function lossOf({ loss }: RunTrial): number {
  return loss ?? Number.MAX_VALUE;
}

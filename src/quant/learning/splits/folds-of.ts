import { InvalidInputError } from "../../invalid-input-error.ts";
import { specIssues } from "../features/read-feature.ts";
import type { Fold, RowRange } from "./fold.ts";
import { purgedFold } from "./purged-fold.ts";
import { type RowTimes, requireRowTimes, rowTimesOf } from "./row-times.ts";
import {
  type ChronologicalSplit,
  type PurgedKFoldSplit,
  SPLIT_KINDS,
  type SplitSpec,
  type WalkForwardSplit,
} from "./split-spec.ts";
import { cutAt, equalRuns } from "./time-cuts.ts";

/**
 * Folds of rows: what is learned from and what is predicted, in order of time, with the rows between them
 * left out that know of both.
 *
 * @param times what each row reads, rows in order of time
 * @param split see SplitSpec
 * @returns at least one fold, each with rows on both sides; test rows of different folds are different
 * @throws {InvalidInputError} "too-short": a fold would have no rows on one side; "out-of-range": a value
 *   of the split, rows out of order, or features that read the whole past and are to be kept apart
 *
 * Cost: O(rows · folds). A property test shows that no label of one side touches features of the other.
 */
export function foldsOf(times: RowTimes, split: SplitSpec): readonly Fold[] {
  requireSplit(split);
  requireRowTimes(times);
  const folds = divided(times, split);
  for (const { training, test, purged } of folds) {
    if (training.length > 0 && test.length > 0) continue;
    throw new InvalidInputError(
      "too-short",
      `a fold is left without rows to learn from: ${purged} were left out because they know of its test rows`,
    );
  }
  return folds;
}

/**
 * Folds within the training rows of another fold, for a search: what they score on, the outer test rows
 * have no part in.
 *
 * @param times what each row reads, of all rows
 * @param outer fold whose training rows are divided
 * @param split how
 * @returns folds whose rows all are training rows of the outer one, as places among all rows
 * @throws {InvalidInputError} as foldsOf
 *
 * Cost: O(rows · folds).
 */
export function nestedFolds(times: RowTimes, outer: Fold, split: SplitSpec): readonly Fold[] {
  const rows = outer.training;
  const placed = (places: Int32Array): Int32Array => places.map((place) => rows[place]!);
  return foldsOf(rowTimesOf(times, rows), split).map((fold) => ({
    ...fold,
    training: placed(fold.training),
    test: placed(fold.test),
  }));
}

function requireSplit(split: SplitSpec): void {
  const [issue] = specIssues(SPLIT_KINDS, split);
  if (issue === undefined) return;
  throw new InvalidInputError("out-of-range", `the split: ${issue.field} ${issue.message}`);
}

function divided(times: RowTimes, split: SplitSpec): readonly Fold[] {
  switch (split.kind) {
    case "chronological":
      return [chronological(times, split)];
    case "walk-forward":
      return walkForward(times, split);
    case "purged-k-fold":
      return kFold(times, split);
  }
}

function chronological(times: RowTimes, split: ChronologicalSplit): Fold {
  const rows = times.timeMs.length;
  const cut = firstTest(times, split.trainingShare);
  return purgedFold(times, [{ from: 0, to: cut }], { from: cut, to: rows }, split);
}

function walkForward(times: RowTimes, split: WalkForwardSplit): readonly Fold[] {
  const { timeMs } = times;
  const first = firstTest(times, split.trainingShare);
  return equalRuns(timeMs, first, split.foldCount).map((test) => {
    const from = split.window === "rolling" ? cutAt(timeMs, test.from - first) : 0;
    return purgedFold(times, [{ from, to: test.from }], test, split);
  });
}

function kFold(times: RowTimes, split: PurgedKFoldSplit): readonly Fold[] {
  const rows = times.timeMs.length;
  return equalRuns(times.timeMs, 0, split.foldCount).map((test) => {
    const others: readonly RowRange[] = [
      { from: 0, to: test.from },
      { from: test.to, to: rows },
    ];
    return purgedFold(times, others, test, split);
  });
}

/** First row that is predicted. */
function firstTest({ timeMs }: RowTimes, trainingShare: number): number {
  const cut = cutAt(timeMs, Math.round(trainingShare * timeMs.length));
  if (cut > 0 && cut < timeMs.length) return cut;
  throw new InvalidInputError("too-short", "there are too few times to divide the rows by");
}

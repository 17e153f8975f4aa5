import type { SpreadSpec } from "../features/spread-spec.ts";
import { LEARNERS } from "./learners.ts";

/** What a model has learned from, and how. */
export type LearnedFrom = {
  /** Ids of the instruments of each group: leg Y and leg X, or one. */
  readonly books: readonly (readonly number[])[];
  readonly spread: SpreadSpec | null;
  /** Kind of the learner. */
  readonly learner: string;
};

/** Which group of a model a pair or instrument is asked as, and whether the model has learned from it. */
export type BookGroup = { readonly group: number; readonly isLearned: boolean };

/**
 * Group of a model that a pair or instrument is.
 *
 * A pair is its legs in their order: turned round it is another. One that the model has not learned from is
 * asked of a model that was pooled from several, because that has learned what they have in common; unless
 * something of it is of one of them alone, which a line that was frozen is, and what a forecaster knows of a
 * source.
 *
 * @param model what it has learned from
 * @param book ids of its instruments: leg Y and leg X, or one
 * @returns null: the model knows nothing of it
 */
export function groupOfBook(
  { books, spread, learner }: LearnedFrom,
  book: readonly number[],
): BookGroup | null {
  const own = books.findIndex((known) => known.join() === book.join());
  if (own !== -1) return { group: own, isLearned: true };
  const family = Object.values(LEARNERS).find(({ kind }) => kind === learner)?.family;
  // The line of a formation is frozen with the model.
  const isFrozen = spread?.kind === "fixed" || spread?.kind === "formation";
  const keepsGroups = isFrozen || family === "series" || family === "baseline";
  const isPooled = books.length > 1 && books[0]?.length === book.length;
  return isPooled && !keepsGroups ? { group: 0, isLearned: false } : null;
}

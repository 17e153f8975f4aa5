import type { ModelFile } from "./model-file.ts";
import { learnerOf } from "./recipe.ts";

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
 * @param file of the model
 * @param book ids of its instruments: leg Y and leg X, or one
 * @returns null: the model knows nothing of it
 */
export function groupOfBook(
  {
    model,
    books,
  }: Pick<ModelFile, "books"> & {
    readonly model: Pick<ModelFile["model"], "spreads" | "fitted">;
  },
  book: readonly number[],
): BookGroup | null {
  const own = books.findIndex((known) => known.join() === book.join());
  if (own !== -1) return { group: own, isLearned: true };
  const { family } = learnerOf(model.fitted.recipe);
  const keepsGroups =
    model.spreads[0]?.kind === "fixed" || family === "series" || family === "baseline";
  const isPooled = books.length > 1 && books[0]?.length === book.length;
  return isPooled && !keepsGroups ? { group: 0, isLearned: false } : null;
}

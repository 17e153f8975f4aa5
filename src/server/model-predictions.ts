import type { Prediction } from "#contracts/model.ts";
import type { Database } from "#db/client.ts";
import { liveVersionOf } from "#db/models.ts";
import { labelClasses } from "#quant/learning/labels/label-spec.ts";
import { groupOfBook } from "#quant/learning/models/book-group.ts";
import { learnedFrom } from "#quant/learning/models/model-file.ts";
import { latestPrediction } from "#quant/learning/models/usable-model.ts";
import { modelBars, readyModel, requireLive } from "./model-bars.ts";

/**
 * What the live version of a model says of pairs or instruments after their newest closed bars. Which version
 * answers is looked up at every call: a promoted one answers the next.
 *
 * @throws {AppError} not-found; conflict when no version is live
 */
export async function predictBooks(
  database: Database,
  workspaceId: string,
  { modelId, books }: { readonly modelId: string; readonly books: readonly (readonly number[])[] },
): Promise<Prediction[]> {
  const live = requireLive(await liveVersionOf(database, workspaceId, modelId));
  const file = await readyModel(database, workspaceId, live.versionId);
  const answers: Prediction[] = [];
  for (const book of books) {
    const refused = (message: string): Prediction => ({
      kind: "refused",
      book: [...book],
      message,
    });
    const known = groupOfBook(learnedFrom(file), book);
    if (known === null) {
      const what = book.length === 1 ? "instrument" : "pair, its legs in this order";
      answers.push(refused(`The model has not learned from this ${what}`));
      continue;
    }
    const found = await modelBars(database, workspaceId, file, { book, window: null });
    if (found.kind === "refused") {
      answers.push(refused(found.message));
      continue;
    }
    const said = latestPrediction(file.model, found.bars, known.group);
    if (said === null) {
      answers.push(refused("The newest bar lacks a feature: too few bars before it, or a gap"));
      continue;
    }
    const classes = labelClasses(file.model.label).map(({ name }) => name);
    const isClass = classes.length > 0;
    answers.push({
      kind: "predicted",
      book: [...book],
      ...live,
      barMs: found.bars.openTimeMs.at(-1) ?? 0,
      isLearned: known.isLearned,
      classes: isClass ? classes : null,
      probabilities: isClass ? [...said] : null,
      value: isClass ? null : (said[0] ?? null),
    });
  }
  return answers;
}

import type { ModelVersionView } from "#contracts/model.ts";
import type { SharedModel } from "#contracts/shared-model.ts";
import type { Database } from "#db/client.ts";
import { hasSyntheticBook } from "#db/models.ts";
import { noteShareOpened, sharedModelVersion } from "#db/shares.ts";
import { tokenHash } from "./auth/session-token.ts";

/**
 * The model behind a link, as its reader may see it.
 *
 * @throws {AppError} not-found for an unknown, revoked or expired token alike
 */
export async function sharedModel(database: Database, token: string): Promise<SharedModel> {
  const { shareId, name, version } = await sharedModelVersion(database, tokenHash(token));
  await noteShareOpened(database, shareId);
  return sharedProjection(name, version);
}

/**
 * A version of a model as a link shows it. Everything is named here one by one, so that nothing which a card
 * gains later leaves through a link by itself; ids and people are left out.
 */
function sharedProjection(name: string, view: ModelVersionView): SharedModel {
  const { card, version, stage, contentHash, fileBytes, createdAtMs } = view;
  const { learner, parameters, dataset, intervalMs, span, rows, features, label, classes } = card;
  const { folds, seed, trials, scores, verdict, warnings, manifest } = card;
  return {
    ...{ name, version, stage, contentHash, fileBytes },
    synthetic: hasSyntheticBook(view),
    registeredAtMs: createdAtMs,
    isImported: view.runId === null,
    card: {
      ...{ learner, parameters, dataset, intervalMs, span, rows, features, label, classes },
      ...{ folds, seed, trials, scores, verdict, warnings, manifest },
      books: card.books.map((book) => book.map(({ symbol, venue }) => ({ symbol, venue }))),
      trainedBy: null,
    },
  };
}

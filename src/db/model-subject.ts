import { AppError } from "#contracts/error-code.ts";
import { CardSubject, type ModelCard } from "#contracts/model.ts";
import { modelDifference } from "#contracts/model-difference.ts";
import type { Queryable } from "./client.ts";

/**
 * What a version is about by its file, for a card from before cards said so.
 *
 * @returns null where the file does not say it either
 *
 * Cost: the database reads the whole file, about a second of 64 MB.
 */
export async function subjectInFile(
  client: Queryable,
  versionId: string,
): Promise<CardSubject | null> {
  const { rows } = await client.query<{ label: unknown; spread: unknown }>(
    `select f #> '{model,label}' as label, f -> 'spread' as spread
       from (select convert_from(file, 'UTF8')::json as f from model_version where id = $1) as one`,
    [versionId],
  );
  const [row] = rows;
  return row === undefined || row.label === null ? null : CardSubject.parse(row);
}

/**
 * Refuses a version that would change what is asked of its model: whoever asks it is answered by another version
 * from one moment to the next, and must be told the same thing by it.
 *
 * @throws {AppError} conflict, naming what differs
 */
export async function requireSameSubject(
  client: Queryable,
  modelId: string,
  card: ModelCard,
): Promise<void> {
  const { rows } = await client.query<{ id: string; version: number; card: ModelCard }>(
    "select id, version, card from model_version where model_id = $1 order by version desc limit 1",
    [modelId],
  );
  const [newest] = rows;
  if (newest === undefined) return;
  const subject = newest.card.subject ?? (await subjectInFile(client, newest.id));
  const what = modelDifference({ ...newest.card, subject }, card);
  if (what === null) return;
  throw new AppError(
    "conflict",
    `Version ${newest.version} of the model has ${what}: whoever asks the model would be told something else. Start a new model`,
    { field: "as.modelId" },
  );
}

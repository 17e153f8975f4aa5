import { GateModelView } from "#contracts/gate-model.ts";
import type { ModelCard } from "#contracts/model.ts";
import type { LearnedFrom } from "#quant/learning/models/book-group.ts";
import type { Database, Queryable } from "./client.ts";
import { subjectInFile } from "./model-subject.ts";

/** Versions listed at most, over all models: a person chooses one by name. */
const GATE_MODELS_MAX = 2_000;

/** SQL that makes one JSON object of a version `mv` of a model `m`, as a gate. */
export const GATE_MODEL_JSON = `jsonb_build_object(
  'modelVersionId', mv.id, 'modelId', m.id, 'name', m.name, 'version', mv.version, 'stage', mv.stage,
  'isDeleted', m.deleted_at is not null, 'legs', jsonb_array_length(mv.card #> '{books,0}'),
  'intervalMs', mv.card -> 'intervalMs', 'learnedUntilMs', mv.card #> '{span,endMs}',
  'classCount', jsonb_array_length(mv.card -> 'classes'), 'subject', mv.card -> 'subject')`;

/** Every version that a strategy may stand behind: by model, newest models and versions first. */
export async function gateModelsOf(
  database: Database,
  workspaceId: string,
): Promise<GateModelView[]> {
  const { rows } = await database.pool.query<{ gate: unknown }>(
    `select ${GATE_MODEL_JSON} as gate
       from model_version mv join model m on m.id = mv.model_id
      where m.workspace_id = $1 and m.deleted_at is null
      order by m.created_at desc, m.id, mv.version desc limit $2`,
    [workspaceId, GATE_MODELS_MAX],
  );
  return rows.map(({ gate }) => GateModelView.parse(gate));
}

/** What a version has learned from, by its card. */
export async function learnedByVersion(
  client: Queryable,
  modelVersionId: string,
): Promise<Omit<LearnedFrom, "spread"> | null> {
  const { rows } = await client.query<Pick<ModelCard, "books" | "learner">>(
    "select card -> 'books' as books, card -> 'learner' as learner from model_version where id = $1",
    [modelVersionId],
  );
  if (rows[0] === undefined) return null;
  const { books, learner } = rows[0];
  const ids = books.map((book) => book.map(({ instrumentId }) => instrumentId));
  return { books: ids, learner: learner.kind };
}

/** One version as a gate, also of a model that was deleted since; null: the workspace has no such version. */
export async function gateModelOf(
  client: Queryable,
  workspaceId: string,
  modelVersionId: string,
): Promise<GateModelView | null> {
  const { rows } = await client.query<{ gate: unknown }>(
    `select ${GATE_MODEL_JSON} as gate
       from model_version mv join model m on m.id = mv.model_id
      where m.workspace_id = $1 and mv.id = $2`,
    [workspaceId, modelVersionId],
  );
  if (rows[0] === undefined) return null;
  const model = GateModelView.parse(rows[0].gate);
  const subject = model.subject ?? (await subjectInFile(client, modelVersionId));
  return { ...model, subject };
}

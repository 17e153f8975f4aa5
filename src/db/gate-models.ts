import { GateModelView } from "#contracts/gate-model.ts";
import { unlearnedRefusal } from "#contracts/gate-model-words.ts";
import type { ModelCard } from "#contracts/model.ts";
import { groupOfBook, type LearnedFrom } from "#quant/learning/models/book-group.ts";
import type { Database, Queryable } from "./client.ts";
import { found } from "./found.ts";
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

/**
 * What a version, by its card, would be asked about without having learned from it.
 *
 * @param books pairs (leg Y, leg X) or single instruments, as many legs as the model has
 * @returns `unlearned`: of these those that it has not learned from; `refusal`: why a single run of them is refused,
 *   null where the model answers for all
 */
export async function unlearnedByGate(
  client: Queryable,
  { modelVersionId, legs, subject }: GateModelView,
  books: readonly (readonly number[])[],
): Promise<{ unlearned: number[][]; refusal: string | null }> {
  const { rows } = await client.query<Pick<ModelCard, "books" | "learner">>(
    "select card -> 'books' as books, card -> 'learner' as learner from model_version where id = $1",
    [modelVersionId],
  );
  const { books: learned, learner } = found(rows[0], "model of the gate");
  const from: LearnedFrom = {
    books: learned.map((book) => book.map(({ instrumentId }) => instrumentId)),
    spread: subject?.spread ?? null,
    learner: learner.kind,
  };
  const groups = books.map((book) => groupOfBook(from, book));
  return {
    unlearned: books.filter((_, at) => groups[at]?.isLearned !== true).map((book) => [...book]),
    refusal: groups.includes(null) ? unlearnedRefusal(legs) : null,
  };
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

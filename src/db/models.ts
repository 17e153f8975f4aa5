import { createHash, randomUUID } from "node:crypto";
import { AppError } from "#contracts/error-code.ts";
import { LIST_LENGTH_MAX } from "#contracts/list-length.ts";
import {
  ModelCard,
  ModelEventView,
  type ModelListItem,
  type ModelStage,
  ModelVersionView,
  type ModelView,
} from "#contracts/model.ts";
import { rollBackTarget } from "#contracts/roll-back-target.ts";
import { isSynthetic } from "#contracts/venue.ts";
import type { Database, Queryable } from "./client.ts";
import { assertChanged, found } from "./found.ts";
import { requireSameSubject } from "./model-subject.ts";
import { inTransaction } from "./transaction.ts";

/** Who does something to a model. */
export type ModelActor = { readonly workspaceId: string; readonly userId: string };

/** A trained model that is to be registered. */
export type NewModelVersion = {
  /** null: of a file that was brought here. */
  readonly runId: string | null;
  readonly card: ModelCard;
  readonly file: Uint8Array;
};

/** SQL that makes one JSON object of a model version `v`. */
export const MODEL_VERSION_JSON = `jsonb_build_object(
  'id', v.id, 'version', v.version, 'stage', v.stage, 'card', v.card, 'contentHash', v.content_hash,
  'fileBytes', length(v.file), 'runId', v.run_id,
  'createdAtMs', (extract(epoch from v.created_at) * 1000)::bigint)`;

/** Models of a workspace, newest first. */
export async function modelsOf(database: Database, workspaceId: string): Promise<ModelListItem[]> {
  const { rows } = await database.pool.query<{
    id: string;
    name: string;
    createdAt: Date;
    versions: number;
    liveVersion: number | null;
    shown: unknown;
  }>(
    `select m.id, m.name, m.created_at as "createdAt",
            (select count(*)::int from model_version v where v.model_id = m.id) as versions,
            (select v.version from model_version v where v.model_id = m.id and v.stage = 'live')
              as "liveVersion",
            (select ${MODEL_VERSION_JSON} from model_version v where v.model_id = m.id
              order by (v.stage = 'live') desc, v.version desc limit 1) as shown
       from model m
      where m.workspace_id = $1 and m.deleted_at is null
      order by m.created_at desc, m.id limit $2`,
    [workspaceId, LIST_LENGTH_MAX],
  );
  return rows.map(({ createdAt, shown, ...row }) => {
    const version = ModelVersionView.parse(shown);
    return {
      ...row,
      shown: version,
      synthetic: hasSyntheticBook(version),
      createdAtMs: createdAt.getTime(),
    };
  });
}

/** One model with its versions and events. @throws {AppError} not-found */
export async function modelOf(
  database: Database,
  workspaceId: string,
  id: string,
): Promise<ModelView> {
  const { rows } = await database.pool.query<{
    name: string;
    notes: string;
    createdAt: Date;
    versions: unknown[];
    events: unknown[];
  }>(
    `select m.name, m.notes, m.created_at as "createdAt",
            (select coalesce(jsonb_agg(${MODEL_VERSION_JSON} order by v.version desc), '[]')
               from model_version v where v.model_id = m.id) as versions,
            (select coalesce(jsonb_agg(jsonb_build_object(
                'version', e.version, 'action', e.action, 'fromStage', e.from_stage,
                'toStage', e.to_stage, 'reason', e.reason, 'userName', e.user_name,
                'atMs', (extract(epoch from e.created_at) * 1000)::bigint) order by e.id desc), '[]')
               from model_event e where e.model_id = m.id) as events
       from model m where m.workspace_id = $1 and m.id = $2 and m.deleted_at is null`,
    [workspaceId, id],
  );
  const { name, notes, createdAt, ...row } = found(rows[0], "model");
  const versions = row.versions.map((version) => ModelVersionView.parse(version));
  return {
    ...{ id, name, notes, versions },
    synthetic: versions.some(hasSyntheticBook),
    createdAtMs: createdAt.getTime(),
    events: row.events.map((event) => ModelEventView.parse(event)),
  };
}

/** New model with a first version. */
export function registerModel(
  database: Database,
  actor: ModelActor,
  model: { readonly name: string; readonly notes: string } & NewModelVersion,
): Promise<{ modelId: string; versionId: string; version: number }> {
  return inTransaction(database.pool, async (client) => {
    const modelId = randomUUID();
    await client.query(
      "insert into model (id, workspace_id, name, notes) values ($1, $2, $3, $4)",
      [modelId, actor.workspaceId, model.name, model.notes],
    );
    return { modelId, ...(await insertVersion(client, actor, modelId, model)) };
  });
}

/**
 * New version of a model. The same file again is the version that it already is.
 *
 * @throws {AppError} not-found; conflict when it is about something else, see requireSameSubject
 */
export function addModelVersion(
  database: Database,
  actor: ModelActor,
  modelId: string,
  version: NewModelVersion,
): Promise<{ versionId: string; version: number }> {
  return inTransaction(database.pool, async (client) => {
    await lockModel(client, actor.workspaceId, modelId);
    const { rows } = await client.query<{ versionId: string; version: number }>(
      `select id as "versionId", version from model_version
        where model_id = $1 and content_hash = $2 order by version limit 1`,
      [modelId, hashOf(version.file)],
    );
    if (rows[0] !== undefined) return rows[0];
    await requireSameSubject(client, modelId, version.card);
    return insertVersion(client, actor, modelId, version);
  });
}

/**
 * Moves a version to a stage. One that becomes live takes the place of the one that is, which becomes a
 * candidate; whoever asks the model is answered by the new one from the next question on.
 *
 * @returns the version that was live before, if another one was
 * @throws {AppError} not-found; conflict when it is there already
 */
export function moveModelVersion(
  database: Database,
  actor: ModelActor,
  wanted: {
    readonly modelId: string;
    readonly version: number;
    readonly stage: ModelStage;
    readonly reason: string;
  },
): Promise<{ replaced: number | null }> {
  return inTransaction(database.pool, async (client) => {
    await lockModel(client, actor.workspaceId, wanted.modelId);
    return move(client, actor, { ...wanted, action: "move" });
  });
}

/**
 * Makes the version live that was live before the present one came: again and again, it goes further back.
 *
 * @throws {AppError} not-found; conflict when there was none
 */
export function rollBackModel(
  database: Database,
  actor: ModelActor,
  wanted: { readonly modelId: string; readonly reason: string },
): Promise<{ version: number }> {
  return inTransaction(database.pool, async (client) => {
    const { modelId, reason } = wanted;
    await lockModel(client, actor.workspaceId, modelId);
    const version = await versionBefore(client, modelId);
    if (version === null) {
      throw new AppError("conflict", "No other version of this model was live before");
    }
    await move(client, actor, { modelId, version, stage: "live", reason, action: "roll-back" });
    return { version };
  });
}

/** The version to which a roll-back leads; null: there is none. */
async function versionBefore(client: Queryable, modelId: string): Promise<number | null> {
  const live = await client.query<{ version: number }>(
    "select version from model_version where model_id = $1 and stage = 'live'",
    [modelId],
  );
  const { rows: events } = await client.query<
    Pick<ModelEventView, "version" | "action" | "toStage">
  >(
    `select version, action, to_stage as "toStage" from model_event
      where model_id = $1 order by id desc`,
    [modelId],
  );
  return rollBackTarget({ live: live.rows[0]?.version ?? null, events });
}

/** The file of a version, with its name and hash. @throws {AppError} not-found */
export async function modelFile(
  database: Database,
  workspaceId: string,
  versionId: string,
): Promise<{ name: string; version: number; modelId: string; contentHash: string; file: Buffer }> {
  const { rows } = await database.pool.query<{
    name: string;
    version: number;
    modelId: string;
    contentHash: string;
    file: Buffer;
  }>(
    `select m.name, m.id as "modelId", v.version, v.content_hash as "contentHash", v.file
       from model_version v join model m on m.id = v.model_id
      where m.workspace_id = $1 and v.id = $2 and m.deleted_at is null`,
    [workspaceId, versionId],
  );
  return found(rows[0], "model version");
}

/** The file of a version that a strategy stands behind, also of a model that was deleted since. @throws {AppError} not-found */
export async function gateModelFile(
  client: Queryable,
  workspaceId: string,
  versionId: string,
): Promise<Buffer> {
  const { rows } = await client.query<{ file: Buffer }>(
    `select v.file from model_version v join model m on m.id = v.model_id
      where m.workspace_id = $1 and v.id = $2`,
    [workspaceId, versionId],
  );
  return found(rows[0], "model of the gate").file;
}

/** The version that answers for a model now, without its file; null when none is live. @throws {AppError} not-found */
export async function liveVersionOf(
  database: Database,
  workspaceId: string,
  modelId: string,
): Promise<{ versionId: string; version: number } | null> {
  const { rows } = await database.pool.query<{ versionId: string | null; version: number }>(
    `select v.id as "versionId", v.version from model m
       left join model_version v on v.model_id = m.id and v.stage = 'live'
      where m.workspace_id = $1 and m.id = $2 and m.deleted_at is null`,
    [workspaceId, modelId],
  );
  const { versionId, version } = found(rows[0], "model");
  return versionId === null ? null : { versionId, version };
}

/** Change the name and notes of a model. @throws {AppError} not-found */
export async function renameModel(
  database: Database,
  workspaceId: string,
  id: string,
  { name, notes }: { readonly name: string; readonly notes: string },
): Promise<void> {
  const { count } = await database.prisma.model.updateMany({
    where: { id, workspaceId, deletedAt: null },
    data: { name, notes },
  });
  assertChanged(count, "model");
}

/** Delete a model, so that it can still be restored. @throws {AppError} not-found */
export async function deleteModel(
  database: Database,
  workspaceId: string,
  id: string,
): Promise<void> {
  const { count } = await database.prisma.model.updateMany({
    where: { id, workspaceId, deletedAt: null },
    data: { deletedAt: new Date() },
  });
  assertChanged(count, "model");
}

/** Bring a deleted model back. @throws {AppError} not-found */
export async function restoreModel(
  database: Database,
  workspaceId: string,
  id: string,
): Promise<void> {
  const { count } = await database.prisma.model.updateMany({
    where: { id, workspaceId, deletedAt: { not: null } },
    data: { deletedAt: null },
  });
  assertChanged(count, "model");
}

/** Only one change of a model at a time, so that exactly one version is live. */
async function lockModel(client: Queryable, workspaceId: string, modelId: string): Promise<void> {
  const { rows } = await client.query(
    "select 1 from model where id = $1 and workspace_id = $2 and deleted_at is null for update",
    [modelId, workspaceId],
  );
  found(rows[0], "model");
}

async function insertVersion(
  client: Queryable,
  actor: ModelActor,
  modelId: string,
  { runId, card, file }: NewModelVersion,
): Promise<{ versionId: string; version: number }> {
  const versionId = randomUUID();
  const { rows } = await client.query<{ version: number }>(
    `insert into model_version (id, model_id, version, run_id, card, file, content_hash, created_by)
     values ($1, $2, (select coalesce(max(version), 0) + 1 from model_version where model_id = $2),
             $3, $4, $5, $6, $7) returning version`,
    [
      versionId,
      modelId,
      runId,
      JSON.stringify(ModelCard.parse(card)),
      file,
      hashOf(file),
      actor.userId,
    ],
  );
  const { version } = found(rows[0], "version");
  await writeEvent(client, actor, {
    ...{ modelId, version, reason: "" },
    action: runId === null ? "import" : "register",
    fromStage: null,
    toStage: "draft",
  });
  return { versionId, version };
}

type Move = {
  readonly modelId: string;
  readonly version: number;
  readonly stage: ModelStage;
  readonly reason: string;
  readonly action: ModelEventView["action"];
};

async function move(
  client: Queryable,
  actor: ModelActor,
  { modelId, version, stage, reason, action }: Move,
): Promise<{ replaced: number | null }> {
  const { rows } = await client.query<{ version: number; stage: ModelStage }>(
    "select version, stage from model_version where model_id = $1",
    [modelId],
  );
  const before = found(
    rows.find((row) => row.version === version),
    "model version",
  );
  if (before.stage === stage) {
    throw new AppError("conflict", `Version ${version} is ${stage} already`);
  }
  const live = rows.find((row) => row.stage === "live");
  const replaced = stage === "live" && live !== undefined ? live.version : null;
  if (replaced !== null) {
    await setStage(client, modelId, replaced, "candidate");
    await writeEvent(client, actor, {
      ...{ modelId, version: replaced, action },
      reason: `Replaced by version ${version}`,
      fromStage: "live",
      toStage: "candidate",
    });
  }
  await setStage(client, modelId, version, stage);
  await writeEvent(client, actor, {
    ...{ modelId, version, action, reason },
    fromStage: before.stage,
    toStage: stage,
  });
  return { replaced };
}

async function setStage(
  client: Queryable,
  modelId: string,
  version: number,
  stage: ModelStage,
): Promise<void> {
  await client.query("update model_version set stage = $3 where model_id = $1 and version = $2", [
    modelId,
    version,
    stage,
  ]);
}

async function writeEvent(
  client: Queryable,
  { userId }: ModelActor,
  event: Omit<ModelEventView, "userName" | "atMs"> & { readonly modelId: string },
): Promise<void> {
  // The name as it was: an audit does not change when a person does.
  await client.query(
    `insert into model_event (model_id, version, action, from_stage, to_stage, reason, user_name)
     values ($1, $2, $3, $4, $5, $6, coalesce((select name from user_account where id = $7), ''))`,
    [
      event.modelId,
      event.version,
      event.action,
      event.fromStage,
      event.toStage,
      event.reason,
      userId,
    ],
  );
}

function hashOf(file: Uint8Array): string {
  return createHash("sha256").update(file).digest("hex");
}

/** True when prices that a model learned from were generated. */
export function hasSyntheticBook({ card }: Pick<ModelVersionView, "card">): boolean {
  return card.books.flat().some(({ venue }) => isSynthetic(venue));
}

import { randomUUID } from "node:crypto";
import { subjectOf } from "#contracts/books-subject.ts";
import { AppError } from "#contracts/error-code.ts";
import type { LegView } from "#contracts/leg-view.ts";
import { LIST_LENGTH_MAX } from "#contracts/list-length.ts";
import { ModelVersionView } from "#contracts/model.ts";
import type { ShareView } from "#contracts/share.ts";
import type { Database } from "./client.ts";
import { assertChanged, found } from "./found.ts";
import { MODEL_VERSION_JSON } from "./models.ts";
import { type BookNames, bookNames } from "./named-books.ts";
import { STRATEGY_BOOKS } from "./strategy-version-view.ts";

/**
 * New link to a backtest's report.
 *
 * @param share.tokenHash SHA-256 of the token in the link, 32 bytes; the token itself is not stored
 * @param share.includeSizes whether the link shows money and quantities as they are
 * @param share.includeNotes whether it shows the notes on the backtest
 * @param share.lifetimeDays null: until revoked
 * @returns id of the share
 * @throws {AppError} not-found when the workspace has no such finished backtest; invalid-input on
 *   "includeSizes" when its figures would tell the sizes that are to be left out
 */
export async function createShare(
  database: Database,
  workspaceId: string,
  share: {
    backtestId: string;
    label: string;
    includeSizes: boolean;
    includeNotes: boolean;
    tokenHash: Buffer;
    lifetimeDays: number | null;
  },
): Promise<string> {
  if (!share.includeSizes) await requireHiddenSizes(database, workspaceId, share.backtestId);
  const id = randomUUID();
  const { rowCount } = await database.pool.query(
    `insert into share (id, workspace_id, backtest_id, label, include_sizes, include_notes,
                        token_hash, expires_at)
     select $1, b.workspace_id, b.id, $4, $5, $6, $7, now() + $8::int * interval '1 day'
       from backtest b
      where b.workspace_id = $2 and b.id = $3 and b.deleted_at is null and b.report is not null`,
    [
      id,
      workspaceId,
      share.backtestId,
      share.label,
      share.includeSizes,
      share.includeNotes,
      share.tokenHash,
      share.lifetimeDays,
    ],
  );
  assertChanged(rowCount, "finished backtest");
  return id;
}

/** Slippage by volume is a known function of size over volume: whoever sees prices can solve it for the size. */
async function requireHiddenSizes(
  database: Database,
  workspaceId: string,
  backtestId: string,
): Promise<void> {
  const { rows } = await database.pool.query(
    `select 1 from backtest b join strategy_version v on v.id = b.strategy_version_id
      where b.workspace_id = $1 and b.id = $2
        and v.config #>> '{costs,slippage,kind}' = 'volume-share'`,
    [workspaceId, backtestId],
  );
  if (rows.length === 0) return;
  throw new AppError(
    "invalid-input",
    "Slippage by volume tells the sizes of trades: this report can only be shared with sizes",
    { field: "includeSizes" },
  );
}

/**
 * New link to a version of a model.
 *
 * @param share.tokenHash SHA-256 of the token in the link, 32 bytes; the token itself is not stored
 * @param share.lifetimeDays null: until revoked
 * @returns id of the share
 * @throws {AppError} not-found when the workspace has no such version of a model
 */
export async function createModelShare(
  database: Database,
  workspaceId: string,
  share: {
    modelVersionId: string;
    label: string;
    tokenHash: Buffer;
    lifetimeDays: number | null;
  },
): Promise<string> {
  const id = randomUUID();
  const { rowCount } = await database.pool.query(
    `insert into share (id, workspace_id, model_version_id, label, token_hash, expires_at)
     select $1, m.workspace_id, v.id, $4, $5, now() + $6::int * interval '1 day'
       from model_version v
       join model m on m.id = v.model_id
      where m.workspace_id = $2 and v.id = $3 and m.deleted_at is null`,
    [id, workspaceId, share.modelVersionId, share.label, share.tokenHash, share.lifetimeDays],
  );
  assertChanged(rowCount, "model version");
  return id;
}

/** What the links of both kinds have in common. */
type AnyShareRow = {
  id: string;
  label: string;
  createdAt: Date;
  expiresAt: Date | null;
  revokedAt: Date | null;
  lastOpenedAt: Date | null;
  openCount: number;
  state: ShareView["state"];
};

type ReportShareRow = AnyShareRow & {
  kind: "report";
  backtestId: string;
  includeSizes: boolean;
  includeNotes: boolean;
  strategyName: string;
  books: unknown;
};

type ModelShareRow = AnyShareRow & {
  kind: "model";
  modelId: string;
  modelName: string;
  modelVersion: number;
  modelBooks: LegView[][];
};

/** Links of a workspace, newest first, those that no longer open included. */
export async function sharesOf(database: Database, workspaceId: string): Promise<ShareView[]> {
  const { rows } = await database.pool.query<ReportShareRow | ModelShareRow>(
    `select h.id, h.label, case when h.backtest_id is null then 'model' else 'report' end as kind,
            h.backtest_id as "backtestId", h.include_sizes as "includeSizes",
            h.include_notes as "includeNotes", t.name as "strategyName", ${STRATEGY_BOOKS} as books,
            m.id as "modelId", m.name as "modelName", mv.version as "modelVersion",
            mv.card -> 'books' as "modelBooks",
            h.created_at as "createdAt", h.expires_at as "expiresAt",
            h.revoked_at as "revokedAt", h.last_opened_at as "lastOpenedAt",
            h.open_count as "openCount",
            case when h.revoked_at is not null then 'revoked'
                 when h.expires_at <= now() then 'expired' else 'active' end as state
       from share h
       left join backtest b on b.id = h.backtest_id
       left join strategy_version v on v.id = b.strategy_version_id
       left join strategy t on t.id = v.strategy_id
       left join model_version mv on mv.id = h.model_version_id
       left join model m on m.id = mv.model_id
      where h.workspace_id = $1
      order by h.created_at desc, h.id limit $2`,
    [workspaceId, LIST_LENGTH_MAX],
  );
  const names = await bookNames(
    database.pool,
    rows.flatMap((row) => (row.kind === "report" ? [row.books] : [])),
  );
  return rows.map((row) => toShareView(row, names));
}

function toShareView(row: ReportShareRow | ModelShareRow, names: BookNames): ShareView {
  const { id, label, openCount, state } = row;
  const any = {
    ...{ id, label, openCount, state },
    createdAtMs: row.createdAt.getTime(),
    expiresAtMs: row.expiresAt?.getTime() ?? null,
    revokedAtMs: row.revokedAt?.getTime() ?? null,
    lastOpenedAtMs: row.lastOpenedAt?.getTime() ?? null,
  };
  if (row.kind === "report") {
    const { kind, backtestId, strategyName, includeSizes, includeNotes } = row;
    const subject = subjectOf(names(row.books));
    return { ...any, kind, backtestId, strategyName, includeSizes, includeNotes, subject };
  }
  const { kind, modelId, modelName, modelVersion } = row;
  return { ...any, kind, modelId, modelName, modelVersion, subject: subjectOf(row.modelBooks) };
}

/** Make a link open nothing from now on; revoking twice is no error. @throws {AppError} not-found */
export async function revokeShare(
  database: Database,
  workspaceId: string,
  id: string,
): Promise<void> {
  const { rowCount } = await database.pool.query(
    `update share set revoked_at = coalesce(revoked_at, now())
      where workspace_id = $1 and id = $2`,
    [workspaceId, id],
  );
  assertChanged(rowCount, "link");
}

/** Of a share `h` and its workspace `w`: it is the one with this token, and opens something still. */
const OPENS_BY_TOKEN = `h.token_hash = $1 and h.revoked_at is null
        and (h.expires_at is null or h.expires_at > now())
        and (w.expires_at is null or w.expires_at > now())`;

/** What a link to a report opens: a backtest, read as its workspace would read it, and what of it is shown. */
export type SharedBacktest = {
  shareId: string;
  backtestId: string;
  workspaceId: string;
  includeSizes: boolean;
  includeNotes: boolean;
  initialEquity: number;
  /** Whether quantities are whole lots, so that exact figures would tell how many. */
  hasVenueLots: boolean;
};

/**
 * The report that the link with this token opens, while it is neither revoked nor expired and its backtest and
 * workspace are there.
 *
 * @throws {AppError} not-found
 */
export async function sharedBacktest(
  database: Database,
  tokenHash: Buffer,
): Promise<SharedBacktest> {
  const { rows } = await database.pool.query<SharedBacktest>(
    `select h.id as "shareId", h.backtest_id as "backtestId", h.workspace_id as "workspaceId",
            h.include_sizes as "includeSizes", h.include_notes as "includeNotes",
            (b.report ->> 'initialEquity')::float8 as "initialEquity",
            v.config #>> '{costs,lots}' = 'venue' as "hasVenueLots"
       from share h
       join backtest b on b.id = h.backtest_id and b.deleted_at is null
       join strategy_version v on v.id = b.strategy_version_id
       join workspace w on w.id = h.workspace_id
      where ${OPENS_BY_TOKEN}`,
    [tokenHash],
  );
  return found(rows[0], "report");
}

/**
 * The version of a model that the link with this token opens, while it is neither revoked nor expired and its
 * model and workspace are there.
 *
 * @throws {AppError} not-found
 */
export async function sharedModelVersion(
  database: Database,
  tokenHash: Buffer,
): Promise<{ shareId: string; name: string; version: ModelVersionView }> {
  const { rows } = await database.pool.query<{ shareId: string; name: string; version: unknown }>(
    `select h.id as "shareId", m.name, ${MODEL_VERSION_JSON} as version
       from share h
       join model_version v on v.id = h.model_version_id
       join model m on m.id = v.model_id and m.deleted_at is null
       join workspace w on w.id = h.workspace_id
      where ${OPENS_BY_TOKEN}`,
    [tokenHash],
  );
  const { version, ...row } = found(rows[0], "model");
  return { ...row, version: ModelVersionView.parse(version) };
}

/** Count one opening of a link. */
export async function noteShareOpened(database: Database, shareId: string): Promise<void> {
  await database.pool.query(
    "update share set open_count = open_count + 1, last_opened_at = now() where id = $1",
    [shareId],
  );
}

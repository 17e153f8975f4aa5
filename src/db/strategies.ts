import { createHash, randomUUID } from "node:crypto";
import { canonicalJson } from "#contracts/canonical-json.ts";
import { AppError } from "#contracts/error-code.ts";
import { gateProblem } from "#contracts/gate-refusal.ts";
import { LIST_LENGTH_MAX } from "#contracts/list-length.ts";
import { StrategyConfig, type StrategyView } from "#contracts/strategy.ts";
import type { Database, Queryable } from "./client.ts";
import { assertChanged, found } from "./found.ts";
import { gateModelOf } from "./gate-models.ts";
import { configInstruments } from "./strategy-files.ts";
import {
  hasSyntheticLeg,
  STRATEGY_VERSION_JSON,
  toStrategyVersionView,
} from "./strategy-version-view.ts";
import { inTransaction } from "./transaction.ts";

type StrategyRow = {
  id: string;
  name: string;
  notes: string;
  tags: string[];
  archived: boolean;
  createdAt: Date;
  versions: unknown[];
};

const STRATEGY_SELECT = `
  select t.id, t.name, t.notes, t.tags, t.archived_at is not null as archived,
         t.created_at as "createdAt",
         (select coalesce(jsonb_agg(${STRATEGY_VERSION_JSON} order by v.version desc), '[]')
            from strategy_version v where v.strategy_id = t.id) as versions
    from strategy t
   where t.workspace_id = $1 and t.deleted_at is null`;

/** Hash of a configuration: SHA-256 of its canonical JSON, hexadecimal. */
export function configHash(config: StrategyConfig): string {
  return createHash("sha256").update(canonicalJson(config)).digest("hex");
}

/** Strategies of a workspace with their versions, newest first; archived ones too. */
export async function strategiesOf(
  database: Database,
  workspaceId: string,
): Promise<StrategyView[]> {
  const { rows } = await database.pool.query<StrategyRow>(
    `${STRATEGY_SELECT} order by t.created_at desc, t.id limit $2`,
    [workspaceId, LIST_LENGTH_MAX],
  );
  return rows.map(toStrategyView);
}

/** One strategy. @throws {AppError} not-found */
export async function strategyOf(
  database: Database,
  workspaceId: string,
  id: string,
): Promise<StrategyView> {
  const { rows } = await database.pool.query<StrategyRow>(`${STRATEGY_SELECT} and t.id = $2`, [
    workspaceId,
    id,
  ]);
  return toStrategyView(found(rows[0], "strategy"));
}

/**
 * New strategy with its first version.
 *
 * @throws {AppError} invalid-input when an instrument is unknown to the workspace or, unless it only pays,
 *   has no bars of the interval
 */
export async function createStrategy(
  database: Database,
  workspaceId: string,
  strategy: { name: string; notes: string; tags?: readonly string[]; config: StrategyConfig },
): Promise<{ id: string; versionId: string }> {
  return inTransaction(database.pool, async (client) => {
    await requireLegs(client, workspaceId, strategy.config);
    const id = randomUUID();
    await client.query(
      "insert into strategy (id, workspace_id, name, notes, tags) values ($1, $2, $3, $4, $5)",
      [id, workspaceId, strategy.name, strategy.notes, strategy.tags ?? []],
    );
    return { id, versionId: await insertVersion(client, id, 1, strategy.config) };
  });
}

/**
 * New version of a strategy; the ones before it stay as they are.
 *
 * @returns the newest version, which is the old one when the configuration is the same
 * @throws {AppError} not-found; invalid-input as in createStrategy
 */
export async function addStrategyVersion(
  database: Database,
  workspaceId: string,
  id: string,
  config: StrategyConfig,
): Promise<{ versionId: string; version: number }> {
  return inTransaction(database.pool, async (client) => {
    const strategy = await client.query(
      `select 1 from strategy where id = $1 and workspace_id = $2 and deleted_at is null for update`,
      [id, workspaceId],
    );
    found(strategy.rows[0], "strategy");
    await requireLegs(client, workspaceId, config);
    const { rows } = await client.query<{ id: string; version: number; config: unknown }>(
      `select id, version, config from strategy_version
        where strategy_id = $1 order by version desc limit 1`,
      [id],
    );
    const newest = rows[0];
    // Not its stored hash: that of a version from before strategies had kinds is of other words.
    if (
      newest !== undefined &&
      configHash(StrategyConfig.parse(newest.config)) === configHash(config)
    ) {
      return { versionId: newest.id, version: newest.version };
    }
    const version = (newest?.version ?? 0) + 1;
    return { versionId: await insertVersion(client, id, version, config), version };
  });
}

/** Change the name, notes and tags of a strategy. @throws {AppError} not-found */
export async function renameStrategy(
  database: Database,
  workspaceId: string,
  id: string,
  { name, notes, tags }: { name: string; notes: string; tags?: readonly string[] },
): Promise<void> {
  const { count } = await database.prisma.strategy.updateMany({
    where: { id, workspaceId, deletedAt: null },
    data: { name, notes, ...(tags === undefined ? {} : { tags: [...tags] }) },
  });
  assertChanged(count, "strategy");
}

/** Copy a strategy: its newest version becomes the first of a new strategy. @throws {AppError} not-found */
export async function duplicateStrategy(
  database: Database,
  workspaceId: string,
  id: string,
): Promise<string> {
  const strategy = await strategyOf(database, workspaceId, id);
  const newest = found(strategy.versions[0], "strategy");
  const name = `${strategy.name.slice(0, 73)} (copy)`;
  const { notes, tags } = strategy;
  const copy = { name, notes, tags, config: newest.config };
  return (await createStrategy(database, workspaceId, copy)).id;
}

/** Put a strategy out of the way, or back; doing it twice is no error. @throws {AppError} not-found */
export async function archiveStrategy(
  database: Database,
  workspaceId: string,
  id: string,
  isArchived: boolean,
): Promise<void> {
  const { rowCount } = await database.pool.query(
    `update strategy set archived_at = case when $3 then coalesce(archived_at, now()) end
      where id = $1 and workspace_id = $2 and deleted_at is null`,
    [id, workspaceId, isArchived],
  );
  assertChanged(rowCount, "strategy");
}

/** Delete a strategy, so that it can still be restored. @throws {AppError} not-found */
export async function deleteStrategy(
  database: Database,
  workspaceId: string,
  id: string,
): Promise<void> {
  const { count } = await database.prisma.strategy.updateMany({
    where: { id, workspaceId, deletedAt: null },
    data: { deletedAt: new Date() },
  });
  assertChanged(count, "strategy");
}

/** Bring a deleted strategy back. @throws {AppError} not-found */
export async function restoreStrategy(
  database: Database,
  workspaceId: string,
  id: string,
): Promise<void> {
  const { count } = await database.prisma.strategy.updateMany({
    where: { id, workspaceId, deletedAt: { not: null } },
    data: { deletedAt: null },
  });
  assertChanged(count, "strategy");
}

async function insertVersion(
  client: Queryable,
  strategyId: string,
  version: number,
  config: StrategyConfig,
): Promise<string> {
  const id = randomUUID();
  await client.query(
    `insert into strategy_version (id, strategy_id, version, config, config_hash)
     values ($1, $2, $3, $4, $5)`,
    [id, strategyId, version, JSON.stringify(config), configHash(config)],
  );
  return id;
}

async function requireLegs(
  client: Queryable,
  workspaceId: string,
  config: StrategyConfig,
): Promise<void> {
  const { rows } = await client.query<{ id: number; hasBars: boolean }>(
    `select i.id, b.id is not null as "hasBars" from instrument i
       left join bar_series b on b.instrument_id = i.id and b.interval_ms = $2
      where i.id = any($1::int[]) and (i.workspace_id is null or i.workspace_id = $3)`,
    [configInstruments(config), config.intervalMs, workspaceId],
  );
  const seen = new Set(rows.map(({ id }) => id));
  const priced = new Set(rows.filter(({ hasBars }) => hasBars).map(({ id }) => id));
  const refuse = (message: string, field: string) => {
    throw new AppError("invalid-input", message, { field: `config.${field}` });
  };
  const requirePriced = (id: number, field: string) => {
    if (!priced.has(id)) refuse("This instrument has no bars of this interval", field);
  };
  config.books.forEach((book, i) => {
    for (const [place, id] of book.entries()) requirePriced(id, `books.${i}.${place}`);
  });
  const { benchmarkInstrument, costs } = config;
  if (benchmarkInstrument !== null) requirePriced(benchmarkInstrument, "benchmarkInstrument");
  await requireGate(client, workspaceId, config);
  // Payments need no bars, but whoever reads the settings is told the instrument's name.
  const requireSeen = (payments: readonly { instrumentId: number }[], field: string) => {
    const place = payments.findIndex(({ instrumentId }) => !seen.has(instrumentId));
    if (place === -1) return;
    refuse("This workspace has no such instrument", `costs.${field}.${place}.instrumentId`);
  };
  requireSeen(costs.dividends, "dividends");
  if (costs.funding?.kind === "series") requireSeen(costs.funding.rates, "funding.rates");
}

/** A gate is a model of this workspace that can stand before the entries of the strategy. */
async function requireGate(
  client: Queryable,
  workspaceId: string,
  { gate, intervalMs, kind }: StrategyConfig,
): Promise<void> {
  if (gate === undefined) return;
  const model = await gateModelOf(client, workspaceId, gate.modelVersionId);
  const problem =
    model === null || model.isDeleted
      ? { field: "modelVersionId", message: "This workspace has no such model" }
      : gateProblem(model, { kind, intervalMs, gate });
  if (problem === null) return;
  throw new AppError("invalid-input", problem.message, { field: `config.gate.${problem.field}` });
}

/** Every instrument that a run of a strategy reads, each once. */
export function instrumentIdsOf({
  books,
  benchmarkInstrument,
}: Pick<StrategyConfig, "books" | "benchmarkInstrument">): number[] {
  const benchmark = benchmarkInstrument === null ? [] : [benchmarkInstrument];
  return [...new Set([...books.flat(), ...benchmark])];
}

/**
 * Refuses a strategy one of whose periods has no bar of one of its instruments: it could only fail.
 *
 * @throws {AppError} invalid-input, naming the period
 */
export async function requirePricedPeriods(
  client: Queryable,
  workspaceId: string,
  config: StrategyConfig,
): Promise<void> {
  for (const field of ["formation", "trading"] as const) {
    const { startMs, endMs } = config[field];
    const { rows } = await client.query<{ symbol: string }>(
      `select i.symbol from instrument i
         join bar_series s on s.instrument_id = i.id and s.interval_ms = $2
        where i.id = any($1::int[]) and (i.workspace_id is null or i.workspace_id = $3)
          and not exists (select 1 from any_bar b where b.series_id = s.id
                             and b.open_time_ms >= $4 and b.open_time_ms < $5)
        order by i.symbol`,
      [[...new Set(config.books.flat())], config.intervalMs, workspaceId, startMs, endMs],
    );
    const [first] = rows;
    if (first !== undefined) {
      throw new AppError("invalid-input", `${first.symbol} has no bars in the ${field} period`, {
        field: `config.${field}`,
      });
    }
  }
}

function toStrategyView(row: StrategyRow): StrategyView {
  const versions = row.versions.map(toStrategyVersionView);
  const { id, name, notes, tags, archived } = row;
  return {
    ...{ id, name, notes, tags, archived },
    synthetic: versions.some(hasSyntheticLeg),
    createdAtMs: row.createdAt.getTime(),
    versions,
  };
}

import { randomUUID } from "node:crypto";
import type { PoolClient } from "pg";
import { AppError } from "#contracts/error-code.ts";
import type { AccountHome } from "./accounts.ts";
import type { Database } from "./client.ts";
import { SCAN_PAIR_COLUMNS } from "./scan-pair-copy.ts";
import { inTransaction } from "./transaction.ts";

/** Guests and all that is theirs expire after this. */
const GUEST_LIFETIME = "7 days";

/**
 * New guest with a workspace of their own, filled with a copy of the demo: its universe, finished scan,
 * strategies and reports, its dataset and what models came to on it. Prices are not copied: the demo's instruments are common and read-only.
 *
 * @throws {AppError} unavailable when the demo has not been made yet
 */
export async function createGuest(database: Database): Promise<AccountHome> {
  return inTransaction(database.pool, async (client) => {
    const template = await client.query<{ id: string; name: string }>(
      "select id, name from workspace where is_template order by created_at limit 1",
    );
    const source = template.rows[0];
    if (source === undefined) {
      throw new AppError("unavailable", "The demo is still being prepared: try again in a minute");
    }
    const guest = { userId: randomUUID(), workspaceId: randomUUID() };
    await insertGuest(client, guest, source.name);
    await copyWorkspace(client, source.id, guest.workspaceId);
    return guest;
  });
}

async function insertGuest(client: PoolClient, guest: AccountHome, name: string): Promise<void> {
  await client.query(
    `insert into user_account (id, name, is_guest, expires_at)
     values ($1, 'Guest', true, now() + $2::interval)`,
    [guest.userId, GUEST_LIFETIME],
  );
  await client.query(
    "insert into workspace (id, name, expires_at) values ($1, $2, now() + $3::interval)",
    [guest.workspaceId, name, GUEST_LIFETIME],
  );
  await client.query(
    "insert into membership (user_id, workspace_id, role) values ($1, $2, 'owner')",
    [guest.userId, guest.workspaceId],
  );
}

/** Old and new ids of the rows that are copied, as two arrays for unnest. */
type IdMap = { readonly from: string[]; readonly to: string[] };

/**
 * Copies keep the creation times of their originals, so that lists stand in the same order, and have no
 * job: they were finished when they were made.
 */
async function copyWorkspace(client: PoolClient, from: string, to: string): Promise<void> {
  const universes = await newIds(
    client,
    "select id from universe where workspace_id = $1 and deleted_at is null",
    from,
  );
  await client.query(
    `insert into universe (id, workspace_id, name, interval_ms, instrument_ids, created_at, updated_at)
     select m.new_id, $3, u.name, u.interval_ms, u.instrument_ids, u.created_at, u.updated_at
       from universe u join unnest($1::uuid[], $2::uuid[]) m(old_id, new_id) on m.old_id = u.id`,
    [universes.from, universes.to, to],
  );
  await copyScans(client, from, to, universes);
  await copyStrategies(client, from, to);
  await copyLearning(client, from, to);
}

/** All of a pair but its scan. */
const PAIR_COLUMNS = SCAN_PAIR_COLUMNS.filter((column) => column !== "scan_id");

async function copyScans(
  client: PoolClient,
  from: string,
  to: string,
  universes: IdMap,
): Promise<void> {
  const scans = await newIds(
    client,
    `select id from scan
      where workspace_id = $1 and deleted_at is null and summary is not null`,
    from,
  );
  await client.query(
    `insert into scan (id, workspace_id, universe_id, universe_name, interval_ms, instrument_ids,
                       config, summary, manifest, clusters, created_at)
     select m.new_id, $5, u.new_id, s.universe_name, s.interval_ms, s.instrument_ids,
            jsonb_set(s.config, '{universeId}', to_jsonb(u.new_id::text)),
            s.summary, s.manifest, s.clusters, s.created_at
       from scan s
       join unnest($1::uuid[], $2::uuid[]) m(old_id, new_id) on m.old_id = s.id
       join unnest($3::uuid[], $4::uuid[]) u(old_id, new_id) on u.old_id = s.universe_id`,
    [scans.from, scans.to, universes.from, universes.to, to],
  );
  await client.query(
    `insert into scan_pair (scan_id, ${PAIR_COLUMNS.join()})
     select s.id, ${PAIR_COLUMNS.map((column) => `p.${column}`).join()}
       from scan_pair p
       join unnest($1::uuid[], $2::uuid[]) m(old_id, new_id) on m.old_id = p.scan_id
       join scan s on s.id = m.new_id`,
    [scans.from, scans.to],
  );
}

/** All of a backtest but what it is of. */
const REPORT_COLUMNS = [
  ...["plan", "tags", "notes", "report", "metrics", "look_ahead_passed"],
  ...["series", "series_columns", "equity_shape", "created_at"],
];

async function copyStrategies(client: PoolClient, from: string, to: string): Promise<void> {
  const strategies = await newIds(
    client,
    "select id from strategy where workspace_id = $1 and deleted_at is null",
    from,
  );
  const versions = await newIds(
    client,
    `select v.id from strategy_version v join strategy t on t.id = v.strategy_id
      where t.workspace_id = $1 and t.deleted_at is null`,
    from,
  );
  const backtests = await newIds(
    client,
    `select id from backtest
      where workspace_id = $1 and deleted_at is null and report is not null`,
    from,
  );
  await client.query(
    `insert into strategy (id, workspace_id, name, notes, tags, archived_at, created_at)
     select m.new_id, $3, t.name, t.notes, t.tags, t.archived_at, t.created_at
       from strategy t join unnest($1::uuid[], $2::uuid[]) m(old_id, new_id) on m.old_id = t.id`,
    [strategies.from, strategies.to, to],
  );
  await client.query(
    `insert into strategy_version (id, strategy_id, version, config, config_hash, created_at)
     select m.new_id, t.new_id, v.version, v.config, v.config_hash, v.created_at
       from strategy_version v
       join unnest($1::uuid[], $2::uuid[]) m(old_id, new_id) on m.old_id = v.id
       join unnest($3::uuid[], $4::uuid[]) t(old_id, new_id) on t.old_id = v.strategy_id`,
    [versions.from, versions.to, strategies.from, strategies.to],
  );
  await client.query(
    `insert into backtest (id, workspace_id, strategy_version_id, ${REPORT_COLUMNS.join()})
     select m.new_id, $5, v.new_id, ${REPORT_COLUMNS.map((column) => `b.${column}`).join()}
       from backtest b
       join unnest($1::uuid[], $2::uuid[]) m(old_id, new_id) on m.old_id = b.id
       join unnest($3::uuid[], $4::uuid[]) v(old_id, new_id) on v.old_id = b.strategy_version_id`,
    [backtests.from, backtests.to, versions.from, versions.to, to],
  );
}

async function copyLearning(client: PoolClient, from: string, to: string): Promise<void> {
  const datasets = await newIds(
    client,
    "select id from dataset where workspace_id = $1 and deleted_at is null",
    from,
  );
  const versions = await newIds(
    client,
    `select v.id from dataset_version v join dataset d on d.id = v.dataset_id
      where d.workspace_id = $1 and d.deleted_at is null`,
    from,
  );
  const runs = await newIds(
    client,
    `select r.id from learning_run r
       join dataset_version v on v.id = r.dataset_version_id
       join dataset d on d.id = v.dataset_id
      where r.workspace_id = $1 and r.deleted_at is null and r.summary is not null
        and d.deleted_at is null`,
    from,
  );
  await client.query(
    `insert into dataset (id, workspace_id, name, notes, created_at)
     select m.new_id, $3, d.name, d.notes, d.created_at
       from dataset d join unnest($1::uuid[], $2::uuid[]) m(old_id, new_id) on m.old_id = d.id`,
    [datasets.from, datasets.to, to],
  );
  await client.query(
    `insert into dataset_version (id, dataset_id, version, config, config_hash, bars, created_at)
     select m.new_id, d.new_id, v.version, v.config, v.config_hash, v.bars, v.created_at
       from dataset_version v
       join unnest($1::uuid[], $2::uuid[]) m(old_id, new_id) on m.old_id = v.id
       join unnest($3::uuid[], $4::uuid[]) d(old_id, new_id) on d.old_id = v.dataset_id`,
    [versions.from, versions.to, datasets.from, datasets.to],
  );
  await client.query(
    `insert into learning_run (id, workspace_id, dataset_version_id, name, config, summary, created_at)
     select m.new_id, $5, v.new_id, r.name, r.config, r.summary, r.created_at
       from learning_run r
       join unnest($1::uuid[], $2::uuid[]) m(old_id, new_id) on m.old_id = r.id
       join unnest($3::uuid[], $4::uuid[]) v(old_id, new_id) on v.old_id = r.dataset_version_id`,
    [runs.from, runs.to, versions.from, versions.to, to],
  );
  await client.query(
    `insert into learning_result (run_id, model, group_key, detail, trials, file)
     select m.new_id, p.model, p.group_key, p.detail, p.trials, p.file
       from learning_result p
       join unnest($1::uuid[], $2::uuid[]) m(old_id, new_id) on m.old_id = p.run_id`,
    [runs.from, runs.to],
  );
}

async function newIds(client: PoolClient, select: string, workspaceId: string): Promise<IdMap> {
  const { rows } = await client.query<{ id: string }>(select, [workspaceId]);
  return { from: rows.map(({ id }) => id), to: rows.map(() => randomUUID()) };
}

import type { BacktestPlan } from "#contracts/backtest-plan.ts";
import type { JobParams } from "#contracts/job.ts";
import type { LearningRunConfig } from "#contracts/learning-run.ts";
import type { ScanConfig } from "#contracts/scan.ts";
import type { Database, Queryable } from "./client.ts";
import { insertJob } from "./jobs.ts";
import { insertScan } from "./scans.ts";
import { inTransaction } from "./transaction.ts";

/** Any number will do, as long as nobody else takes it: the lock of whoever makes the demo. */
const DEMO_LOCK = 7_271_512;

/** Runs `make` while nobody else makes the demo; a second process waits and then finds it made. */
export async function whileMakingDemo(
  database: Database,
  make: () => Promise<void>,
): Promise<void> {
  const client = await database.pool.connect();
  try {
    await client.query("SELECT pg_advisory_lock($1)", [DEMO_LOCK]);
    await make();
  } finally {
    await client.query("SELECT pg_advisory_unlock($1)", [DEMO_LOCK]);
    client.release();
  }
}

/**
 * Whether the template of demo workspaces is there and whole.
 *
 * @param whole how many finished backtests and runs of models it has when it is whole
 */
export async function hasDemoTemplate(
  client: Queryable,
  whole: { readonly reports: number; readonly runs: number },
): Promise<boolean> {
  const { rows } = await client.query<{ reports: number; runs: number }>(
    `SELECT (SELECT count(*)::int FROM backtest b WHERE b.workspace_id = w.id
              AND b.report IS NOT NULL) AS reports,
            (SELECT count(*)::int FROM learning_run r WHERE r.workspace_id = w.id
              AND r.summary IS NOT NULL) AS runs
       FROM workspace w WHERE w.is_template`,
  );
  return rows.some(({ reports, runs }) => reports >= whole.reports && runs >= whole.runs);
}

/**
 * Starts a new template; an unfinished one is thrown away. Guests look for `is_template`, which
 * `publishDemoTemplate` sets when everything is there.
 */
export async function startDemoTemplate(database: Database, name: string): Promise<string> {
  return inTransaction(database.pool, async (client) => {
    await client.query("DELETE FROM workspace WHERE is_template OR name = $1", [draftName(name)]);
    const { rows } = await client.query<{ id: string }>(
      "INSERT INTO workspace (id, name) VALUES (gen_random_uuid(), $1) RETURNING id",
      [draftName(name)],
    );
    return onlyId(rows);
  });
}

/** Makes a finished template the one that guests get a copy of. */
export async function publishDemoTemplate(
  client: Queryable,
  workspaceId: string,
  name: string,
): Promise<void> {
  await client.query("UPDATE workspace SET is_template = true, name = $2 WHERE id = $1", [
    workspaceId,
    name,
  ]);
}

/** Adds a scan with a job that the caller runs itself. */
export function insertDemoScan(
  database: Database,
  workspaceId: string,
  config: ScanConfig,
): Promise<{ readonly scanId: string; readonly jobId: string }> {
  return inTransaction(database.pool, async (client) => {
    const scanId = await insertScan(client, workspaceId, config);
    const jobId = await insertDemoJob(client, workspaceId, { kind: "scan", scanId });
    await client.query("UPDATE scan SET job_id = $2 WHERE id = $1", [scanId, jobId]);
    return { scanId, jobId };
  });
}

/** Adds a backtest with a job that the caller runs itself. */
export function insertDemoBacktest(
  database: Database,
  workspaceId: string,
  strategyVersionId: string,
  plan: BacktestPlan = { kind: "single" },
): Promise<{ readonly backtestId: string; readonly jobId: string }> {
  return inTransaction(database.pool, async (client) => {
    const { rows } = await client.query<{ id: string }>(
      `INSERT INTO backtest (id, workspace_id, strategy_version_id, plan)
       VALUES (gen_random_uuid(), $1, $2, $3) RETURNING id`,
      [workspaceId, strategyVersionId, JSON.stringify(plan)],
    );
    const backtestId = onlyId(rows);
    const jobId = await insertDemoJob(client, workspaceId, { kind: "backtest", backtestId });
    await client.query("UPDATE backtest SET job_id = $2 WHERE id = $1", [backtestId, jobId]);
    return { backtestId, jobId };
  });
}

/** Adds a run of models with a job that the caller runs itself. */
export function insertDemoRun(
  database: Database,
  workspaceId: string,
  run: {
    readonly datasetVersionId: string;
    readonly name: string;
    readonly config: LearningRunConfig;
  },
): Promise<{ readonly runId: string; readonly jobId: string }> {
  return inTransaction(database.pool, async (client) => {
    const { rows } = await client.query<{ id: string }>(
      `INSERT INTO learning_run (id, workspace_id, dataset_version_id, name, config)
       VALUES (gen_random_uuid(), $1, $2, $3, $4) RETURNING id`,
      [workspaceId, run.datasetVersionId, run.name, JSON.stringify(run.config)],
    );
    const runId = onlyId(rows);
    const jobId = await insertDemoJob(client, workspaceId, { kind: "learning-run", runId });
    await client.query("UPDATE learning_run SET job_id = $2 WHERE id = $1", [runId, jobId]);
    return { runId, jobId };
  });
}

/** Common instruments of the demo that have bars, by symbol. */
export async function demoInstrumentIds(client: Queryable): Promise<ReadonlyMap<string, number>> {
  const { rows } = await client.query<{ id: number; symbol: string }>(
    `SELECT i.id, i.symbol FROM instrument i JOIN bar_series s ON s.instrument_id = i.id
     WHERE i.workspace_id IS NULL AND i.venue = 'demo' AND s.bar_count > 0`,
  );
  return new Map(rows.map(({ id, symbol }) => [symbol, id]));
}

function insertDemoJob(client: Queryable, workspaceId: string, params: JobParams): Promise<string> {
  return insertJob(client, { workspaceId, createdBy: null, params });
}

function draftName(name: string): string {
  return `${name} (in the making)`;
}

function onlyId(rows: readonly { readonly id: string }[]): string {
  const [row] = rows;
  if (row === undefined) throw new Error("Invariant: INSERT returns the row");
  return row.id;
}

import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import pg from "pg";
import type { ScanConfig } from "#contracts/scan.ts";
import { writeBars } from "#db/bars.ts";
import { createDatabase, type Database } from "#db/client.ts";
import { enqueueJob } from "#db/jobs.ts";
import { insertScan } from "#db/scans.ts";
import { inTransaction } from "#db/transaction.ts";
import { buildKernels } from "../scripts/build-kernels.ts";
import { startEmbeddedDatabase } from "../scripts/embedded-database.ts";
import { migrate } from "../scripts/migrate.ts";
import { walks } from "./walks.ts";

const root = path.resolve(import.meta.dirname, "..");
const HOUR_MS = 3_600_000;

/** Series in a database of their own, which syncs to disk. */
export type ScanUniverse = {
  readonly database: Database;
  readonly connectionString: string;
  readonly workspaceId: string;
  readonly universeId: string;
  readonly window: { readonly startMs: number; readonly endMs: number };
};

/** So many series and bars: independent random walks, unless log prices are given. */
export type UniverseSize = {
  readonly series: number;
  readonly bars: number;
  readonly logPrices?: readonly Float64Array[];
};

/** Makes a universe, and removes it after the work. */
export async function withScanUniverse<T>(
  size: UniverseSize,
  work: (universe: ScanUniverse) => Promise<T>,
): Promise<T> {
  await buildKernels();
  const folder = mkdtempSync(path.join(os.tmpdir(), "pairdesk-bench-"));
  chmodSync(folder, 0o755);
  const server = await startEmbeddedDatabase(path.join(folder, "postgres"), "bench");
  try {
    const connectionString = `${server.serverUrl}/bench`;
    const client = new pg.Client({ connectionString: `${server.serverUrl}/postgres` });
    await client.connect();
    await client.query("CREATE DATABASE bench");
    await client.end();
    await migrate(connectionString);
    const database = createDatabase(connectionString, { max: 4 });
    try {
      const owner = await createUniverse(database, size);
      const window = { startMs: 0, endMs: size.bars * HOUR_MS };
      return await work({ database, connectionString, window, ...owner });
    } finally {
      await database.close();
    }
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs a worker with two threads while the work lasts. */
export async function withWorker<T>(
  { connectionString }: ScanUniverse,
  work: (worker: ChildProcess) => Promise<T>,
): Promise<T> {
  const worker = spawn(process.execPath, ["src/worker/main.ts"], {
    cwd: root,
    env: {
      ...process.env,
      DATABASE_URL: connectionString,
      COMPUTE_THREADS: "2",
      LOG_LEVEL: "error",
    },
    stdio: ["ignore", "ignore", "inherit"],
  });
  try {
    return await work(worker);
  } finally {
    const exited = new Promise((resolve) => worker.once("exit", resolve));
    worker.kill("SIGTERM");
    await exited;
  }
}

/** Puts a scan of the universe into the queue. @returns id of the job */
export function enqueueScan(
  { database, workspaceId, universeId, window }: ScanUniverse,
  settings: Omit<ScanConfig, "universeId" | "formation">,
): Promise<string> {
  return inTransaction(database.pool, async (client) => {
    const config = { ...settings, universeId, formation: window };
    const scanId = await insertScan(client, workspaceId, config);
    return enqueueJob(client, { workspaceId, createdBy: null, params: { kind: "scan", scanId } });
  });
}

/** The most memory that a process ever had, in MiB; null where the system does not tell. */
export function memoryPeakMebibytes({ pid }: ChildProcess): number | null {
  if (process.platform !== "linux") return null;
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
}

async function createUniverse(
  { pool }: Database,
  size: UniverseSize,
): Promise<Pick<ScanUniverse, "workspaceId" | "universeId">> {
  const workspace = await pool.query<{ id: string }>(
    "INSERT INTO workspace (id, name) VALUES (gen_random_uuid(), 'Bench') RETURNING id",
  );
  const workspaceId = workspace.rows[0]?.id ?? "";
  await pool.query(
    `INSERT INTO instrument (workspace_id, venue, symbol)
     SELECT $1, 'upload', 'S' || lpad(i::text, 4, '0') FROM generate_series(1, $2) i`,
    [workspaceId, size.series],
  );
  const series = await pool.query<{ id: number }>(
    `INSERT INTO bar_series (instrument_id, interval_ms, first_open_time_ms, last_open_time_ms,
                             bar_count, missing_count, content_hash)
     SELECT id, $2, 0, $3, $4, 0, id FROM instrument WHERE workspace_id = $1 RETURNING id`,
    [workspaceId, HOUR_MS, (size.bars - 1) * HOUR_MS, size.bars],
  );
  const prices = size.logPrices ?? walks(size.series, size.bars);
  const openTimeMs = Float64Array.from({ length: size.bars }, (_, t) => t * HOUR_MS);
  const missing = new Float64Array(size.bars).fill(Number.NaN);
  await inTransaction(pool, async (client) => {
    for (const [i, { id }] of series.rows.entries()) {
      const close = prices[i]?.map(Math.exp) ?? missing;
      const bars = { openTimeMs, open: close, high: close, low: close, close, volume: missing };
      await writeBars(client, id, bars, { isNew: true });
    }
  });
  const universe = await pool.query<{ id: string }>(
    `INSERT INTO universe (id, workspace_id, name, interval_ms, instrument_ids)
     VALUES (gen_random_uuid(), $1, 'Bench', $2,
       ARRAY(SELECT id FROM instrument WHERE workspace_id = $1)) RETURNING id`,
    [workspaceId, HOUR_MS],
  );
  await pool.query("ANALYZE");
  return { workspaceId, universeId: universe.rows[0]?.id ?? "" };
}

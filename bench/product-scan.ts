import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import pg from "pg";
import type { ScanConfig } from "#contracts/scan.ts";
import { writeBars } from "#db/bars.ts";
import { createDatabase, type Database } from "#db/client.ts";
import { enqueueJob, jobById } from "#db/jobs.ts";
import { insertScan } from "#db/scans.ts";
import { inTransaction } from "#db/transaction.ts";
import { buildKernels } from "../scripts/build-kernels.ts";
import { startEmbeddedDatabase } from "../scripts/embedded-database.ts";
import { migrate } from "../scripts/migrate.ts";
import { atMost, type Figure, observed } from "./figure.ts";
import { bestAndMedian } from "./stopwatch.ts";
import { walks } from "./walks.ts";

const root = path.resolve(import.meta.dirname, "..");
const SERIES = 1_000;
const BARS = 1_000;
const HOUR_MS = 3_600_000;
const RUNS = 3;

/**
 * A scan of 1,000 symbols over 1,000 bars, as the worker runs it: from the job's start to its commit in
 * a PostgreSQL that syncs to disk.
 */
export async function productScan(): Promise<readonly Figure[]> {
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
    return await measured(connectionString);
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measured(connectionString: string): Promise<readonly Figure[]> {
  const database = createDatabase(connectionString, { max: 4 });
  try {
    const universe = await createUniverse(database);
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
      const seconds: number[] = [];
      for (let run = 0; run < RUNS; run++) seconds.push(await scanSeconds(database, universe));
      const { best, median } = bestAndMedian(seconds);
      const name = "scan of 1,000 symbols × 1,000 bars (499,500 pairs), as a job, stored";
      return [
        atMost(name, best, 20, "s"),
        observed(`${name}, median`, median, "s"),
        ...memoryPeak(worker),
      ];
    } finally {
      const exited = new Promise((resolve) => worker.once("exit", resolve));
      worker.kill("SIGTERM");
      await exited;
    }
  } finally {
    await database.close();
  }
}

type Universe = { readonly workspaceId: string; readonly universeId: string };

async function createUniverse(database: Database): Promise<Universe> {
  const { pool } = database;
  const workspace = await pool.query<{ id: string }>(
    "INSERT INTO workspace (id, name) VALUES (gen_random_uuid(), 'Bench') RETURNING id",
  );
  const workspaceId = workspace.rows[0]?.id ?? "";
  await pool.query(
    `INSERT INTO instrument (workspace_id, venue, symbol)
     SELECT $1, 'upload', 'S' || lpad(i::text, 4, '0') FROM generate_series(1, $2) i`,
    [workspaceId, SERIES],
  );
  const series = await pool.query<{ id: number }>(
    `INSERT INTO bar_series (instrument_id, interval_ms, first_open_time_ms, last_open_time_ms,
                             bar_count, missing_count, content_hash)
     SELECT id, $2, 0, $3, $4, 0, id FROM instrument WHERE workspace_id = $1 RETURNING id`,
    [workspaceId, HOUR_MS, (BARS - 1) * HOUR_MS, BARS],
  );
  const prices = walks(SERIES, BARS);
  const openTimeMs = Float64Array.from({ length: BARS }, (_, t) => t * HOUR_MS);
  const missing = new Float64Array(BARS).fill(Number.NaN);
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

async function scanSeconds(
  database: Database,
  { workspaceId, universeId }: Universe,
): Promise<number> {
  const config: ScanConfig = {
    universeId,
    formation: { startMs: 0, endMs: BARS * HOUR_MS },
    lags: { kind: "aic" },
    direction: "smaller-of-both-doubled",
    significance: 0.05,
  };
  const startedAt = performance.now();
  const jobId = await inTransaction(database.pool, async (client) => {
    const scanId = await insertScan(client, workspaceId, config);
    return enqueueJob(client, { workspaceId, createdBy: null, params: { kind: "scan", scanId } });
  });
  for (;;) {
    const job = await jobById(database, workspaceId, jobId);
    if (job?.state === "succeeded") return (performance.now() - startedAt) / 1000;
    if (job?.state === "failed") throw new Error(`the scan failed: ${job.error?.message ?? ""}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The most memory that the worker ever had, where the system tells. */
function memoryPeak(worker: ChildProcess): Figure[] {
  if (process.platform !== "linux") return [];
  const status = readFileSync(`/proc/${worker.pid}/status`, "utf8");
  const kibibytes = Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]);
  return [atMost("memory of the worker at its peak", kibibytes / 1024, 1_024, "MiB")];
}

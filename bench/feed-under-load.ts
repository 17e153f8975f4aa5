import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import { z } from "zod";
import { createDatabase, type Database } from "#db/client.ts";
import { liveFeedStatuses } from "#db/feed-statuses.ts";
import { startEmbeddedDatabase } from "../scripts/embedded-database.ts";
import { freePort } from "../scripts/free-port.ts";
import { migrate } from "../scripts/migrate.ts";

/** A symbol that is followed, with the ids that are stored of it. */
export type StoredSymbol = {
  readonly symbol: string;
  readonly instrumentId: number;
  readonly firstId: number;
  readonly lastId: number;
  readonly rows: number;
  readonly ids: number;
};

/** A feed as a process of its own, on a simulated exchange and a database that are processes of their own. */
export type FeedUnderLoad = {
  readonly database: Database;
  readonly control: (method: string, path: string, body?: unknown) => Promise<unknown>;
  /** Trades a second of all symbols together. */
  readonly setRate: (tradesPerSecond: number, symbols?: readonly string[]) => Promise<void>;
  readonly status: () => Promise<Awaited<ReturnType<typeof liveFeedStatuses>>[number] | undefined>;
  readonly residentBytes: () => number;
  /** Bytes of the worker's heap and buffers that are in use after everything unused is gone. */
  readonly usedHeapBytes: () => Promise<number>;
  /** Whether the worker runs as it was started: it has not ended. */
  readonly isRunning: () => boolean;
  /** The exchange's own lines of trades of a spot symbol, ids from and to included. */
  readonly record: (symbol: string, fromId: number, toId: number) => AsyncIterable<string>;
  readonly stored: () => Promise<readonly StoredSymbol[]>;
  readonly stop: () => Promise<void>;
};

const BASE_TRADES_PER_SECOND = 10;

/** @param symbols of the spot market */
export async function startFeedUnderLoad(symbols: readonly string[]): Promise<FeedUnderLoad> {
  const folder = mkdtempSync(path.join(os.tmpdir(), "pairdesk-feed-"));
  chmodSync(folder, 0o755);
  const server = await startEmbeddedDatabase(path.join(folder, "postgres"), "bench");
  const connectionString = `${server.serverUrl}/postgres`;
  await migrate(connectionString);
  const database = createDatabase(connectionString, { max: 4, applicationName: "bench" });
  const [port, controlPort] = [await freePort(), await freePort()];
  const simulator = run("src/simulator/main.ts", {
    SIMULATOR_PORT: String(port),
    SIMULATOR_CONTROL_PORT: String(controlPort),
    SIMULATOR_TRADES_PER_SECOND: String(BASE_TRADES_PER_SECOND),
  });
  const url = `http://127.0.0.1:${port}`;
  await untilTrue(
    () =>
      fetch(`${url}/api/v3/ping`).then(
        ({ ok }) => ok,
        () => false,
      ),
    60_000,
  );
  const worker = run("src/worker/main.ts", {
    DATABASE_URL: connectionString,
    WORKER_ROLES: "feed",
    EXCHANGE: "simulator",
    SIMULATOR_URL: url,
    FEED_MARKETS: "spot",
    FEED_SYMBOLS: symbols.join(),
    // Measured is what a first start does, without another worker's lease to wait for.
    FEED_WANTED_MS: "500",
    LOG_LEVEL: "error",
  });
  const control: FeedUnderLoad["control"] = async (method, at, body) => {
    const response = await fetch(`http://127.0.0.1:${controlPort}${at}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`the simulator answered ${response.status} to ${at}`);
    return response.json();
  };
  const status: FeedUnderLoad["status"] = async () =>
    (await liveFeedStatuses(database.pool, 5_000))[0];
  await untilTrue(
    async () =>
      (await status())?.streams.filter(({ state }) => state === "live").length === symbols.length,
    120_000,
  );
  return {
    database,
    control,
    status,
    setRate: async (tradesPerSecond, of = symbols) => {
      await control("POST", "/rate", { tradesPerSecond, symbols: of, market: "spot" });
    },
    residentBytes: () => residentBytesOf(worker),
    usedHeapBytes: async () => {
      const answered = once(worker, "message");
      worker.send("heap");
      return z.tuple([z.number()]).parse((await answered).slice(0, 1))[0];
    },
    isRunning: () => worker.exitCode === null && worker.signalCode === null,
    record: (symbol, fromId, toId) => recordLines(controlPort, { symbol, fromId, toId }),
    stored: () => storedSymbols(database, symbols),
    stop: async () => {
      await end(worker);
      await end(simulator);
      await database.close();
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function run(file: string, env: Readonly<Record<string, string>>): ChildProcess {
  const reporter = path.resolve(import.meta.dirname, "heap-reporter.ts");
  return spawn(process.execPath, ["--import", reporter, file], {
    cwd: path.resolve(import.meta.dirname, ".."),
    env: { ...process.env, ...env },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
}

const RECORD_LINES_MAX = 50_000;

async function* recordLines(
  controlPort: number,
  span: { readonly symbol: string; readonly fromId: number; readonly toId: number },
): AsyncGenerator<string> {
  for (let fromId = span.fromId; fromId <= span.toId; fromId += RECORD_LINES_MAX) {
    const toId = Math.min(span.toId, fromId + RECORD_LINES_MAX - 1);
    const query = `market=spot&symbol=${span.symbol}&fromId=${fromId}&toId=${toId}`;
    const response = await fetch(`http://127.0.0.1:${controlPort}/record/trades?${query}`);
    if (!response.ok) throw new Error(`the simulator answered ${response.status} to ${query}`);
    yield* (await response.text()).trimEnd().split("\n");
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, "exit");
  child.kill("SIGTERM");
  await exited;
}

/** Memory that a process holds; NaN where the system does not tell. */
function residentBytesOf({ pid }: ChildProcess): number {
  try {
    const kilobytes = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return Number(kilobytes) * 1_024;
  } catch {
    return Number.NaN;
  }
}

async function storedSymbols(
  database: Database,
  symbols: readonly string[],
): Promise<readonly StoredSymbol[]> {
  const { rows } = await database.pool.query<StoredSymbol>(
    `SELECT i.symbol, i.id AS "instrumentId", c.first_id::float8 AS "firstId",
       c.last_id::float8 AS "lastId", count(*)::float8 AS rows, count(DISTINCT t.id)::float8 AS ids
     FROM instrument i JOIN feed_cursor c ON c.instrument_id = i.id
     JOIN market_trade t ON t.instrument_id = i.id AND t.id BETWEEN c.first_id AND c.last_id
     WHERE i.market = 'spot' AND i.symbol = ANY($1)
     GROUP BY i.symbol, i.id, c.first_id, c.last_id ORDER BY i.symbol`,
    [symbols],
  );
  return rows;
}

export async function untilTrue(
  check: () => boolean | Promise<boolean>,
  timeoutMs: number,
): Promise<void> {
  const endMs = performance.now() + timeoutMs;
  while (!(await check())) {
    if (performance.now() > endMs) throw new Error(`not true within ${timeoutMs} ms: ${check}`);
    await pause(50);
  }
}

export const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

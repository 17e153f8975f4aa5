// The fault run: real worker processes follow the simulated exchange while both, and the database, are at their
// worst, and at the end everything that is stored must be what the exchange knows.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import process from "node:process";
import { setTimeout as delay } from "node:timers/promises";
import { createDatabase, type Database } from "#db/client.ts";
import { createRandom, type Random } from "#quant/synthetic/random.ts";
import type { FaultInput } from "#simulator/faults/fault.ts";
import { createSimulator, type Simulator } from "#simulator/simulator.ts";
import { SHORT_TIMES } from "./feed-harness.test-support.ts";
import { cursorOf, expectTruth, type Followed, recorderOf } from "./feed-truth.test-support.ts";
import {
  type RestartingDatabase,
  startRestartingDatabase,
} from "./restarting-database.test-support.ts";
import { until } from "./until.test-support.ts";

export type FaultRunOptions = {
  readonly seed: number;
  readonly kills: number;
  readonly disconnects: number;
  readonly databaseRestarts: number;
  readonly tradesPerSecond: number;
  readonly fsync: boolean;
  readonly say: (line: string) => void;
};

/** What a run that held was like. */
export type FaultRunReport = {
  readonly seconds: number;
  readonly trades: number;
  readonly kills: number;
  readonly databaseRestarts: number;
  /** How often each fault bit. */
  readonly faults: Readonly<Record<string, number>>;
  /** Gaps of the ledger by cause, all of them filled. */
  readonly gaps: Readonly<Record<string, number>>;
  readonly bans: number;
  readonly callsUnderBan: number;
};

const FOLLOWED: readonly Followed[] = [
  { market: "spot", symbol: "BTCUSDT" },
  { market: "spot", symbol: "ETHUSDT" },
  { market: "spot", symbol: "SOLUSDT" },
  { market: "usdm", symbol: "BTCUSDT" },
];

const MAIN = path.resolve(import.meta.dirname, "../main.ts");
const PROGRESS_MS_MAX = 90_000;
const SETTLE_MS_MAX = 120_000;
const LOOK_BACK_MS = 120_000;
const RUN_ON_MS_MAX = 700;
const AWAY_MS_MAX = 1_500;

type World = {
  readonly options: FaultRunOptions;
  readonly random: Random;
  readonly simulator: Simulator;
  readonly database: RestartingDatabase;
  /** For looking, not for writing. */
  readonly eyes: Database;
};

/** @throws {AssertionError} something that is stored is not what the exchange knows */
export async function runFaults(options: FaultRunOptions): Promise<FaultRunReport> {
  const database = await startRestartingDatabase(
    options.fsync ? [] : ["-c", "fsync=off", "-c", "full_page_writes=off"],
  );
  const simulator = await createSimulator({
    seed: options.seed,
    symbols: [...new Set(FOLLOWED.map(({ symbol }) => symbol))],
    tradesPerSecond: options.tradesPerSecond,
    // More restarts than any worker makes by itself would exceed the venue's limit of connections.
    limits: { connectionsPer5Minutes: 100_000 },
  });
  const eyes = createDatabase(database.connectionString, { max: 2, applicationName: "eyes" });
  const world = { options, random: createRandom(options.seed), simulator, database, eyes };
  const startedAt = performance.now();
  let worker: ChildProcess | null = null;
  try {
    worker = startWorker(world);
    await progress(world, FOLLOWED);
    for (let kill = 1; kill <= options.kills; kill++) {
      await misfortune(world, kill);
      await progress(world, [pick(world.random, FOLLOWED)]);
      // A fault of connections bites only when there are some.
      world.simulator.inject(namedFault(kill, world.random));
      await progress(world, [pick(world.random, FOLLOWED)]);
      await delay(world.random.uniform() * RUN_ON_MS_MAX);
      await end(worker, "SIGKILL");
      worker = startWorker(world);
      options.say(`kill ${kill} of ${options.kills}`);
    }
    simulator.clear();
    await settled(world);
    await end(worker, "SIGTERM");
    worker = null;
    const trades = await truth(world);
    return await report(world, { trades, seconds: (performance.now() - startedAt) / 1_000 });
  } finally {
    if (worker !== null) await end(worker, "SIGKILL");
    await eyes.close();
    await simulator.close();
    await database.close();
  }
}

function startWorker({ simulator, database }: World): ChildProcess {
  return spawn(process.execPath, [MAIN], {
    env: {
      ...process.env,
      ...SHORT_TIMES,
      DATABASE_URL: database.connectionString,
      SIMULATOR_URL: simulator.restUrl,
      WORKER_ROLES: "feed",
      FEED_SYMBOLS: FOLLOWED.map(({ market, symbol }) => `${market}:${symbol}`).join(),
      LOG_LEVEL: process.env["FEED_TEST_LOG"] ?? "fatal",
    },
    stdio: ["ignore", "inherit", "inherit"],
  });
}

async function end(worker: ChildProcess, signal: "SIGKILL" | "SIGTERM"): Promise<void> {
  if (worker.exitCode !== null || worker.signalCode !== null) {
    throw new Error(`the worker ended by itself (${worker.signalCode ?? worker.exitCode})`);
  }
  const exited = once(worker, "exit");
  worker.kill(signal);
  await exited;
}

/** Waits until trades of these symbols that are made from now on have been stored. */
async function progress(world: World, followed: readonly Followed[]): Promise<void> {
  for (const one of followed) {
    const madeId = newestId(world.simulator, one);
    await until(async () => (await lastIdOf(world, one)) > madeId + 5, PROGRESS_MS_MAX);
  }
}

function newestId(simulator: Simulator, one: Followed): number {
  const fromMs = simulator.nowMs() - LOOK_BACK_MS;
  return simulator.record({ ...one, fromMs }).lastId ?? 0;
}

/** Nothing while the database is away. */
async function lastIdOf({ eyes }: World, one: Followed): Promise<number> {
  const cursor = await cursorOf(eyes, one).catch(() => null);
  return cursor?.lastId ?? 0;
}

/** What happens between two kills: a few faults of the exchange, and sometimes the database. */
async function misfortune(world: World, kill: number): Promise<void> {
  const { random, simulator, options, database } = world;
  const due = (count: number) =>
    Math.floor((kill * count) / options.kills) - Math.floor(((kill - 1) * count) / options.kills);
  for (let i = 0; i < due(options.disconnects); i++) {
    simulator.inject(disconnect(random));
    await delay(random.uniform() * RUN_ON_MS_MAX);
  }
  for (let i = 0; i < 3; i++) simulator.inject(anyFault(random));
  if (due(options.databaseRestarts) > 0) {
    const how = random.uniform() < 0.5 ? "fast" : "crash";
    options.say(`database restart (${how})`);
    await database.restart(how, random.uniform() * AWAY_MS_MAX);
  }
}

function pick<T>(random: Random, from: readonly T[]): T {
  const one = from[Math.floor(random.uniform() * from.length)];
  if (one === undefined) throw new Error("Invariant: there is something to choose from");
  return one;
}

function disconnect(random: Random): FaultInput {
  return pick<FaultInput>(random, [
    { kind: "close", how: "1006" },
    { kind: "close", how: "1001" },
    { kind: "close", how: "reset" },
    { kind: "half-open" },
    { kind: "truncate", frames: 1 },
  ]);
}

/** Faults that every run has, whatever is drawn beside them. */
export const NAMED_FAULTS = [
  "close",
  "half-open",
  "silent",
  "duplicate",
  "reorder",
  "rest-ban",
] as const;

/** The named faults one after another, so that six kills have had them all. */
function namedFault(kill: number, random: Random): FaultInput {
  const kind = NAMED_FAULTS[(kill - 1) % NAMED_FAULTS.length] ?? "close";
  const target = pick(random, FOLLOWED);
  switch (kind) {
    case "close":
    case "half-open":
      return { kind };
    case "silent":
      return { kind, durationMs: 2_500, target };
    case "duplicate":
    case "reorder":
      return { kind, frames: 6, target };
    case "rest-ban":
      return { kind, banMs: 1_500 };
  }
}

function anyFault(random: Random): FaultInput {
  const { market, symbol } = pick(random, FOLLOWED);
  const target = { market, symbol };
  const frames = 1 + Math.floor(random.uniform() * 30);
  const durationMs = 500 + Math.floor(random.uniform() * 2_500);
  return pick<FaultInput>(random, [
    { kind: "drop", frames, target },
    { kind: "duplicate", frames, target },
    { kind: "reorder", frames: Math.min(frames, 6), target },
    { kind: "delay", delayMs: 400, durationMs, target },
    { kind: "truncate", frames: 2, target },
    { kind: "malformed", frames: 3, target },
    { kind: "wrong-types", frames: 3, target },
    { kind: "fuzzed", frames, seed: frames, target },
    { kind: "oversized", frames: 1, bytes: 5_000_000, target },
    { kind: "oversized", frames: 2, bytes: 100_000, target },
    { kind: "unknown-event", frames: 3, target },
    { kind: "silent", durationMs: durationMs + 1_500, target },
    { kind: "silent", durationMs: 20_000, target: { ...target, existingOnly: true } },
    { kind: "refuse-connections", durationMs },
    { kind: "server-shutdown", closeAfterMs: 500 },
    { kind: "clock-skew", skewMs: random.uniform() < 0.5 ? 4_000 : -4_000, durationMs },
    { kind: "rest-error", status: 503, requests: 3 },
    { kind: "rest-timeout", holdMs: 3_000, requests: 1 },
    { kind: "rest-429", retryAfterSeconds: 1, requests: 1 },
    { kind: "rest-ban", banMs: durationMs },
  ]);
}

/** Waits until everything that was made up to now is stored and no gap is open. */
async function settled(world: World): Promise<void> {
  for (const one of FOLLOWED) {
    const madeId = newestId(world.simulator, one);
    await until(async () => (await lastIdOf(world, one)) >= madeId, SETTLE_MS_MAX);
  }
  await until(async () => {
    const { rows } = await world.eyes.pool.query("SELECT FROM feed_gap WHERE state <> 'filled'");
    return rows.length === 0;
  }, SETTLE_MS_MAX);
}

async function truth({ eyes, simulator }: World): Promise<number> {
  let trades = 0;
  for (const one of FOLLOWED) trades += await expectTruth(eyes, recorderOf(simulator), one);
  return trades;
}

async function report(
  { eyes, simulator, options }: World,
  done: { readonly trades: number; readonly seconds: number },
): Promise<FaultRunReport> {
  const { rows } = await eyes.pool.query<{ cause: string; count: number }>(
    "SELECT cause, count(*)::int AS count FROM feed_gap GROUP BY cause ORDER BY cause",
  );
  const counters = simulator.counters();
  return {
    ...done,
    kills: options.kills,
    databaseRestarts: options.databaseRestarts,
    faults: Object.fromEntries(Object.entries(counters["faults"] ?? {})),
    gaps: Object.fromEntries(rows.map(({ cause, count }) => [cause, count])),
    bans: Number(counters["bans"]),
    callsUnderBan: Number(counters["callsUnderBan"]),
  };
}

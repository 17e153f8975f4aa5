// Two real worker processes share the symbols; one is killed, and the other goes on with all of them in time.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import process from "node:process";
import { afterEach, expect, test } from "vitest";
import { liveFeedStatuses } from "#db/feed-statuses.ts";
import { createFeedWorld, type FeedWorld } from "./feed-harness.test-support.ts";
import { cursorOf, expectTruth, type Followed, recorderOf } from "./feed-truth.test-support.ts";
import { until } from "./until.test-support.ts";

const FOLLOWED: readonly Followed[] = ["BTC", "ETH", "SOL", "XRP"].map((base) => ({
  market: "spot",
  symbol: `${base}USDT`,
}));

/** Issue: killing a worker moves its symbols within ten seconds. */
const MOVED_WITHIN_MS = 10_000;

let world: FeedWorld;
const workers = new Set<ChildProcess>();

afterEach(async () => {
  for (const worker of workers) await end(worker, "SIGKILL");
  await world.close();
});

/** With the times of the product, not with short ones: they are what is promised. */
function startWorker(): ChildProcess {
  const worker = spawn(process.execPath, [path.resolve(import.meta.dirname, "../main.ts")], {
    env: {
      ...process.env,
      DATABASE_URL: world.connectionString,
      WORKER_ROLES: "feed",
      EXCHANGE: "simulator",
      SIMULATOR_URL: world.simulator.restUrl,
      FEED_MARKETS: "spot",
      FEED_SYMBOLS: FOLLOWED.map(({ symbol }) => symbol).join(),
      LOG_LEVEL: "fatal",
    },
    stdio: ["ignore", "ignore", "inherit"],
  });
  workers.add(worker);
  return worker;
}

async function end(worker: ChildProcess, signal: "SIGKILL" | "SIGTERM"): Promise<void> {
  workers.delete(worker);
  const exited = once(worker, "exit");
  worker.kill(signal);
  await exited;
}

function newestId(one: Followed): number {
  const fromMs = world.simulator.nowMs() - 60_000;
  return world.simulator.record({ ...one, fromMs }).lastId ?? 0;
}

async function storedBeyond(one: Followed, id: number): Promise<boolean> {
  return ((await cursorOf(world.database, one))?.lastId ?? 0) > id;
}

test("the symbols of a killed worker are another's within ten seconds, and nothing is lost or doubled", async () => {
  world = await createFeedWorld([], { tradesPerSecond: 600 });
  const first = startWorker();
  const shares = async () => {
    const statuses = await liveFeedStatuses(world.database.pool, 3_000);
    return statuses.map(({ streams }) => streams.length).toSorted((a, b) => a - b);
  };
  await until(async () => (await shares()).join() === "4");
  const second = startWorker();
  await until(async () => (await shares()).join() === "2,2");
  for (const one of FOLLOWED) {
    const madeId = newestId(one);
    await until(() => storedBeyond(one, madeId));
  }
  await end(first, "SIGKILL");
  const killedAt = performance.now();
  const madeIds = FOLLOWED.map(newestId);
  for (const [i, one] of FOLLOWED.entries()) {
    await until(() => storedBeyond(one, madeIds[i] ?? 0));
  }
  expect(performance.now() - killedAt).toBeLessThan(MOVED_WITHIN_MS);
  const finalIds = FOLLOWED.map(newestId);
  for (const [i, one] of FOLLOWED.entries()) {
    await until(() => storedBeyond(one, (finalIds[i] ?? 0) - 1));
  }
  await end(second, "SIGTERM");
  for (const one of FOLLOWED) await expectTruth(world.database, recorderOf(world.simulator), one);
});

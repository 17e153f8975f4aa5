// A worker that computes live pairs is killed with SIGKILL; another one must go on with its pairs within ten
// seconds, as if nothing had happened. Real processes, real database.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import process from "node:process";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { LiveSnapshot } from "#contracts/live-message.ts";
import { snapshotsOf } from "#db/live-snapshots.ts";
import {
  createWorkspace,
  feedSteps,
  QUICK_SETTINGS,
  tradeBar,
  watchNewPair,
} from "#db/live-world.test-support.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.test-support.ts";
import { createLivePair } from "#quant/live/live-pair.ts";

const SECOND_MS = 1_000;
const START_MS = Math.floor(Date.now() / SECOND_MS) * SECOND_MS - 600 * SECOND_MS;
const MOVED_WITHIN_MS = 10_000;

let context: TestDatabase;
const workers = new Set<ChildProcess>();
beforeAll(async () => {
  context = await createTestDatabase();
});
afterAll(async () => {
  for (const worker of workers) await kill(worker, "SIGTERM");
  await context.drop();
});

function startWorker(): ChildProcess {
  const worker = spawn(process.execPath, [path.resolve(import.meta.dirname, "../main.ts")], {
    env: {
      ...process.env,
      DATABASE_URL: context.connectionString,
      WORKER_ROLES: "live",
      LOG_LEVEL: "error",
      SECRETS_KEY: Buffer.alloc(32, "the key of the tests").toString("base64"),
    },
    stdio: ["ignore", "ignore", "inherit"],
  });
  workers.add(worker);
  return worker;
}

async function kill(worker: ChildProcess, signal: "SIGKILL" | "SIGTERM"): Promise<void> {
  workers.delete(worker);
  if (worker.exitCode !== null || worker.signalCode !== null) return;
  const exited = once(worker, "exit");
  worker.kill(signal);
  await exited;
}

const closeOf = (t: number) => ({
  y: 100 + Math.sin(t) + t / 97,
  x: 50 + Math.cos(t / 3) + t / 211,
});
const timeOf = (t: number) => START_MS + t * SECOND_MS;

test("the pairs of a worker that is killed are computed by another within ten seconds", async () => {
  const { database } = context;
  const pair = await watchNewPair(database, await createWorkspace(database));
  const feed = (from: number, to: number) => {
    const leg = (instrumentId: number, name: "y" | "x") => ({
      instrumentId,
      bars: Array.from({ length: to - from }, (_, i) =>
        tradeBar(timeOf(from + i), closeOf(from + i)[name]),
      ),
      trade: { id: to, timeMs: Date.now() + 60_000, price: closeOf(to - 1)[name] },
      barsUntilMs: timeOf(to),
    });
    return feedSteps(database, [leg(pair.instrumentY, "y"), leg(pair.instrumentX, "x")]);
  };
  const snapshot = async (): Promise<LiveSnapshot | undefined> =>
    (await snapshotsOf(database.pool, [pair.livePairId]))[0];
  const untilBar = async (t: number, timeout: number) => {
    await expect
      .poll(async () => (await snapshot())?.bar?.openTimeMs, { timeout, interval: 20 })
      .toBe(timeOf(t));
    return snapshot();
  };

  await feed(0, 300);
  const first = startWorker();
  await untilBar(299, 30_000);
  startWorker();
  await kill(first, "SIGKILL");
  const killedAtMs = Date.now();
  await feed(300, 310);
  const after = await untilBar(309, MOVED_WITHIN_MS);
  expect(Date.now() - killedAtMs).toBeLessThan(MOVED_WITHIN_MS);

  const live = createLivePair(QUICK_SETTINGS);
  for (let t = 0; t < 310; t++) {
    const { y, x } = closeOf(t);
    live.step({ openTimeMs: timeOf(t), closeY: y, closeX: x, volumeY: 1, volumeX: 1 });
  }
  const figures = live.figures();
  expect(after?.bar).toMatchObject({ zScore: figures?.zScore, hedgeRatio: figures?.hedgeRatio });
  expect(after?.decay).toEqual(figures?.decay);
});

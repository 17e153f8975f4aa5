// From a trade to somebody's endpoint, over two real worker processes as `npm start` runs them: as
// production, on this machine, with the endpoint allowed by WEBHOOK_ALLOW.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import process from "node:process";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { pairRule } from "#db/alert-world.test-support.ts";
import { feedSteps, tradeBar, watchNewPair } from "#db/live-world.test-support.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.test-support.ts";
import { createRandom } from "#quant/synthetic/random.ts";
import { createCaller } from "#server/root.ts";
import { createPerson, signIn, testContext } from "#server/world.test-support.ts";
import { startEndpoint } from "./delivery-world.test-support.ts";

const SECOND_MS = 1_000;
const BARS = 160;
const SOON = { timeout: 60_000, interval: 50 };

let context: TestDatabase;
const workers: ChildProcess[] = [];
const stops: (() => Promise<void>)[] = [];

beforeAll(async () => {
  context = await createTestDatabase();
});
afterEach(async () => {
  for (const worker of workers.splice(0)) {
    const exited = once(worker, "exit");
    worker.kill("SIGTERM");
    await exited;
  }
  for (const stop of stops.splice(0)) await stop();
});
afterAll(() => context.drop());

function startWorker(roles: string, webhookAllow: string): void {
  const worker = spawn(process.execPath, [path.resolve(import.meta.dirname, "../main.ts")], {
    env: {
      ...process.env,
      NODE_ENV: "production",
      NEXTAUTH_URL: "http://127.0.0.1:3000",
      DATABASE_URL: context.connectionString,
      WORKER_ROLES: roles,
      LOG_LEVEL: "error",
      SECRETS_KEY: Buffer.alloc(32, "the key of the tests").toString("base64"),
      WEBHOOK_ALLOW: webhookAllow,
    },
    stdio: ["ignore", "ignore", "inherit"],
  });
  workers.push(worker);
}

test("a trade that takes the z-score over a threshold arrives at a webhook, once", async () => {
  const { database } = context;
  const endpoint = await startEndpoint((_, response) => response.end());
  stops.push(endpoint.close);
  const owner = await createPerson(database);
  const session = await signIn(database, owner);
  const env = { WEBHOOK_ALLOW: [endpoint.host] };
  const { alerts } = createCaller(testContext(database, { session, env }));
  const pair = await watchNewPair(database, owner.workspaceId);
  const channel = await alerts.createChannel({
    kind: "webhook",
    name: "Hook",
    url: `http://${endpoint.host}/hook`,
  });
  const rule = pairRule(pair.id, {
    operator: "absolute-above",
    threshold: 6,
    hysteresis: 1,
    channelIds: [channel.id],
  });
  await alerts.createRule(rule);

  const random = createRandom(3);
  const startMs = Math.floor(Date.now() / SECOND_MS) * SECOND_MS - BARS * SECOND_MS;
  const closes = Array.from({ length: BARS }, () => {
    const x = 100 + random.gaussian();
    return { y: 2 * x + 0.1 * random.gaussian(), x };
  });
  const feed = (from: number, to: number, lastY?: number) => {
    const leg = (instrumentId: number, name: "y" | "x") => ({
      instrumentId,
      bars: closes
        .slice(from, to)
        .map((close, i) => tradeBar(startMs + (from + i) * SECOND_MS, close[name])),
      trade: {
        id: to + (lastY === undefined ? 0 : 1),
        timeMs: Date.now(),
        price: name === "y" && lastY !== undefined ? lastY : (closes[to - 1]?.[name] ?? 0),
      },
      barsUntilMs: startMs + to * SECOND_MS,
    });
    return feedSteps(database, [leg(pair.instrumentY, "y"), leg(pair.instrumentX, "x")]);
  };
  await feed(0, BARS);
  startWorker("live", endpoint.host);
  startWorker("jobs", endpoint.host);
  const lastValue = async () => (await alerts.rules())[0]?.lastValue ?? null;
  await expect.poll(lastValue, SOON).not.toBeNull();
  expect(endpoint.received).toEqual([]);

  const last = closes.at(-1);
  await feed(BARS, BARS, (last?.y ?? 0) + 5);
  await expect.poll(() => endpoint.received.length, SOON).toBe(1);
  const [request] = endpoint.received;
  expect(JSON.parse(request?.body ?? "")).toMatchObject({
    kind: "alert",
    severity: "warning",
    message: expect.stringMatching(/\|z-score\| [\d.]+ is above 6 \(simulated\)$/),
    url: `http://127.0.0.1:3000/live/${pair.id}`,
  });
  const state = async () => (await alerts.history({})).alerts[0]?.deliveries[0]?.state;
  await expect.poll(state, SOON).toBe("sent");
  expect(await alerts.unacknowledgedCount()).toMatchObject({ count: 1, worst: "warning" });
});

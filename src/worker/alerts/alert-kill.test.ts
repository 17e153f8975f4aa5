// Real workers are killed with SIGKILL again and again while a price crosses a threshold and alerts are
// delivered: every crossing of the stored record must be one alert, and every alert must arrive.
import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import path from "node:path";
import process from "node:process";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { alertRulesOf, createAlertRule } from "#db/alert-rules.ts";
import { createLiveInstrument, pairRule } from "#db/alert-world.test-support.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.test-support.ts";
import { ARMED, step } from "#quant/alerts/alert-rule.ts";
import { createRandom } from "#quant/synthetic/random.ts";
import { createPerson } from "#server/world.test-support.ts";
import { createWebhook, startEndpoint } from "./delivery-world.test-support.ts";
import { storeTrades, type TestTrade } from "./feed-world.test-support.ts";

const KILLS = 4;
const TRADES_PER_BATCH = 250;
const SOON = { timeout: 60_000, interval: 50 };

let context: TestDatabase;
const workers = new Set<ChildProcess>();
const stops: (() => Promise<void>)[] = [];

beforeAll(async () => {
  context = await createTestDatabase();
});
afterEach(async () => {
  for (const worker of workers) await kill(worker, "SIGTERM");
  for (const stop of stops.splice(0)) await stop();
});
afterAll(() => context.drop());

function startWorker(webhookAllow: string): ChildProcess {
  const main = path.resolve(import.meta.dirname, "../main.ts");
  const worker = spawn(process.execPath, [main], {
    env: {
      ...process.env,
      DATABASE_URL: context.connectionString,
      WORKER_ROLES: "jobs",
      LOG_LEVEL: "error",
      SECRETS_KEY: Buffer.alloc(32, "the key of the tests").toString("base64"),
      WEBHOOK_ALLOW: webhookAllow,
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

test("each crossing is one alert and each alert arrives, though workers are killed in the middle", async () => {
  const { database } = context;
  const owner = await createPerson(database);
  const instrument = await createLiveInstrument(database);
  const endpoint = await startEndpoint((_, response) => response.end());
  stops.push(endpoint.close);
  const url = `http://${endpoint.host}/hook`;
  const channelId = await createWebhook(database, owner.workspaceId, url);
  const rule = pairRule(randomUUID(), {
    subject: { kind: "feed", instrumentId: instrument.id, metric: "price" },
    threshold: 100,
    hysteresis: 0.5,
    channelIds: [channelId],
  });
  const ruleId = await createAlertRule(database, owner, rule);

  const { gaussian } = createRandom(7, 1);
  const record: TestTrade[] = [];
  const next = (): TestTrade => {
    const id = record.length + 1;
    const trade = { id, timeMs: 1_790_000_000_000 + id * 10, price: 100 + 0.6 * gaussian() };
    record.push(trade);
    return trade;
  };
  const alertCount = async () => {
    const { rows } = await database.pool.query("select count(*)::int as n from alert");
    return rows[0]?.n ?? 0;
  };
  const expected = () => {
    let state = ARMED;
    return record.filter(({ price, timeMs }) => {
      const { state: after, fired } = step(state, price, rule, timeMs);
      state = after;
      return fired;
    });
  };

  await storeTrades(database, instrument.id, [next()]);
  let worker = startWorker(endpoint.host);
  const hasLooked = async () =>
    (await alertRulesOf(database, owner.workspaceId))[0]?.lastValue ?? null;
  await expect.poll(hasLooked, SOON).not.toBeNull();
  for (let killed = 0; killed < KILLS; killed++) {
    const before = await alertCount();
    await storeTrades(database, instrument.id, Array.from({ length: TRADES_PER_BATCH }, next));
    // In the middle of it: some of the batch's crossings are alerts, and some of those have arrived.
    await expect.poll(alertCount, { ...SOON, interval: 5 }).toBeGreaterThan(before + killed * 10);
    await kill(worker, "SIGKILL");
    worker = startWorker(endpoint.host);
  }
  const crossings = expected();
  expect(crossings.length).toBeGreaterThan(100);
  await expect.poll(alertCount, SOON).toBe(crossings.length);
  const { rows } = await database.pool.query(
    `select crossing::float8, message, (detail ->> 'value')::float8 as value from alert
      where rule_id = $1 order by seq`,
    [ruleId],
  );
  expect(rows.map(({ value }) => value)).toEqual(crossings.map(({ price }) => price));
  expect(rows.map(({ crossing }) => crossing)).toEqual(crossings.map((_, i) => i + 1));

  // Half a minute later the leases of the dead are over; whatever arrives twice has the same id.
  await database.pool.query(
    "update alert_delivery set next_attempt_at = now() where state = 'pending'",
  );
  const undelivered = async () => {
    const answer = await database.pool.query(
      "select count(*)::int as n from alert_delivery where state <> 'sent'",
    );
    return answer.rows[0]?.n;
  };
  await expect.poll(undelivered, { ...SOON, timeout: 90_000 }).toBe(0);
  const arrived = endpoint.received.map(({ headers }) => headers["idempotency-key"]);
  expect(new Set(arrived).size).toBe(crossings.length);
  expect(arrived.length).toBeLessThan(crossings.length + KILLS * 20);
});

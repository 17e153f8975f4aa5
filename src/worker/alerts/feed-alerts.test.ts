import { randomUUID } from "node:crypto";
import pino from "pino";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { AlertRuleInput, AlertSubject } from "#contracts/alert.ts";
import { alertRulesOf, createAlertRule } from "#db/alert-rules.ts";
import { createLiveInstrument, pairRule } from "#db/alert-world.test-support.ts";
import { alertsAfter } from "#db/alerts.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.test-support.ts";
import { createPerson } from "#server/world.test-support.ts";
import { startFeedAlerts } from "./feed-alerts.ts";
import { storeTrades } from "./feed-world.test-support.ts";

const SOON = { timeout: 20_000 };

let context: TestDatabase;
let owner: { workspaceId: string; userId: string };
let instrument: { id: number; symbol: string };
const started: { stop: () => Promise<void> }[] = [];

beforeAll(async () => {
  context = await createTestDatabase();
});
afterAll(() => context.drop());
beforeEach(async () => {
  owner = await createPerson(context.database);
  instrument = await createLiveInstrument(context.database);
});
afterEach(async () => {
  for (const alerts of started.splice(0)) await alerts.stop();
});

function start(): void {
  const { database, connectionString } = context;
  const log = pino({ level: "silent" });
  started.push(startFeedAlerts({ database, connectionString, log }, { saveMs: 50 }));
}

function addRule(
  metric: (AlertSubject & { kind: "feed" })["metric"],
  change: Partial<AlertRuleInput>,
): Promise<string> {
  const subject = { kind: "feed", instrumentId: instrument.id, metric } as const;
  return createAlertRule(context.database, owner, pairRule(randomUUID(), { subject, ...change }));
}

async function messages(): Promise<string[]> {
  const alerts = await alertsAfter(context.database, owner.workspaceId, 0);
  return alerts.map(({ message }) => message);
}

async function lastValue(): Promise<number | null> {
  const [rule] = await alertRulesOf(context.database, owner.workspaceId);
  return rule?.lastValue ?? null;
}

/** Trades one millisecond apart at these prices. */
const trades = (firstId: number, prices: readonly number[]) =>
  prices.map((price, i) => ({ id: firstId + i, timeMs: 1_790_000_000_000 + firstId + i, price }));

test("each crossing of each stored trade is one alert, however many processes look", async () => {
  await addRule("price", { threshold: 100, hysteresis: 1 });
  await storeTrades(context.database, instrument.id, trades(1, [90]));
  start();
  start();
  await expect.poll(lastValue, { timeout: 30_000 }).toBe(90);
  // Within one commit it crosses three times; no look in between would have seen it.
  await storeTrades(
    context.database,
    instrument.id,
    trades(2, [101, 99.5, 102, 99, 100.5, 98, 103, 102]),
  );
  await storeTrades(context.database, instrument.id, trades(10, [90, 110]));
  await expect.poll(messages, SOON).toHaveLength(4);
  const symbol = instrument.symbol;
  expect(await messages()).toEqual([
    `${symbol}: price 101 is above 100 (simulated)`,
    `${symbol}: price 100.5 is above 100 (simulated)`,
    `${symbol}: price 103 is above 100 (simulated)`,
    `${symbol}: price 110 is above 100 (simulated)`,
  ]);
});

test("trades that came while nobody looked are made good, in their order", async () => {
  await addRule("price", { operator: "below", threshold: 50, hysteresis: 0 });
  await storeTrades(context.database, instrument.id, trades(1, [60]));
  start();
  await expect.poll(lastValue, { timeout: 30_000 }).toBe(60);
  for (const alerts of started.splice(0)) await alerts.stop();
  const prices = Array.from({ length: 12_000 }, (_, i) => (i % 1_000 === 500 ? 40 : 60));
  await storeTrades(context.database, instrument.id, trades(2, prices));
  start();
  await expect.poll(messages, SOON).toHaveLength(12);
});

test("a gap is told while it is open, and also when it was closed between two looks", async () => {
  await addRule("feed-gap", { threshold: 10, hysteresis: 5, severity: "critical" });
  const gap = (fromId: number, toId: number, state: string) =>
    context.database.pool.query(
      `insert into feed_gap (instrument_id, from_id, to_id, cause, state)
       values ($1, $2, $3, 'disconnect', $4)`,
      [instrument.id, fromId, toId, state],
    );
  // Long past: a new rule begins with now.
  await gap(1, 1_000, "filled");
  start();
  await expect.poll(lastValue, { timeout: 30_000 }).toBe(0);
  await gap(2_001, 2_020, "open");
  await expect
    .poll(messages, SOON)
    .toEqual([`${instrument.symbol}: number of missing trades 20 is above 10 (simulated)`]);
  await context.database.pool.query("update feed_gap set state = 'filled'");
  const state = async () => (await alertRulesOf(context.database, owner.workspaceId))[0]?.state;
  await expect.poll(state, SOON).toBe("armed");
  await gap(3_001, 3_050, "filled");
  await expect
    .poll(messages, SOON)
    .toEqual([expect.stringContaining("20 is above"), expect.stringContaining("50 is above")]);
  await expect.poll(state, SOON).toBe("armed");
});

test("regression: trades that were only doubted, and not missing, raised the alert on gaps", async () => {
  await addRule("feed-gap", { threshold: 0, hysteresis: 0 });
  start();
  await expect.poll(lastValue, { timeout: 30_000 }).toBe(0);
  await context.database.pool.query(
    `insert into feed_gap (instrument_id, from_id, to_id, cause, state)
     values ($1, 10, 10, 'raw-id-break', 'filled'), ($1, 11, 11, 'raw-id-break', 'open'),
            ($1, 12, 16, 'disconnect', 'open')`,
    [instrument.id],
  );
  await expect
    .poll(messages, SOON)
    .toEqual([`${instrument.symbol}: number of missing trades 5 is above 0 (simulated)`]);
});

test("silence is measured by the venue's clock, and an instrument without a trade is not silent", async () => {
  await addRule("feed-silence", { threshold: 30, hysteresis: 5 });
  start();
  const holder = randomUUID();
  const nowMs = Date.now();
  // The venue is an hour ahead: by our clock its last trade lies in the future.
  const venueMs = nowMs + 3_600_000;
  await context.database.pool.query(
    `insert into feed_status (holder, status, updated_at) values ($1, $2, now())`,
    [holder, JSON.stringify({ clockOffsetsMs: { spot: 3_600_000 } })],
  );
  await context.database.pool.query(
    `insert into feed_lease (instrument_id, holder, token, expires_at)
     values ($1, $2, 1, now() + interval '1 hour')`,
    [instrument.id, holder],
  );
  await storeTrades(context.database, instrument.id, [{ id: 1, timeMs: venueMs, price: 1 }]);
  await expect.poll(lastValue, { timeout: 30_000 }).not.toBeNull();
  expect(await lastValue()).toBeLessThan(30);
  expect(await messages()).toEqual([]);
  await context.database.pool.query(
    "update feed_cursor set last_trade_time_ms = $2 where instrument_id = $1",
    [instrument.id, venueMs - 40_000],
  );
  await expect
    .poll(messages, SOON)
    .toEqual([expect.stringMatching(/seconds without a trade 4\d(\.\d+)? is above 30/)]);
});

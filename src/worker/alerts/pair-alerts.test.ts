import pino from "pino";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { LiveSnapshot } from "#contracts/live-message.ts";
import { alertRulesOf, createAlertRule, updateAlertRule } from "#db/alert-rules.ts";
import { barsLookedUntilMs } from "#db/alert-transitions.ts";
import { createWatchedPair, pairRule, type WatchedWorld } from "#db/alert-world.test-support.ts";
import { alertsAfter } from "#db/alerts.ts";
import { emptySnapshot } from "#db/live-world.test-support.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.test-support.ts";
import { createPerson } from "#server/world.test-support.ts";
import { type PairAlerts, startPairAlerts } from "./pair-alerts.ts";
import { nowValue } from "./pair-value.ts";

const MINUTE_MS = 60_000;
const SOON = { timeout: 20_000 };

let context: TestDatabase;
let owner: { workspaceId: string; userId: string };
let pair: WatchedWorld;
const started: PairAlerts[] = [];

beforeAll(async () => {
  context = await createTestDatabase();
});
afterAll(() => context.drop());
beforeEach(async () => {
  owner = await createPerson(context.database);
  pair = await createWatchedPair(context.database, owner.workspaceId);
});
afterEach(async () => {
  for (const alerts of started.splice(0)) await alerts.stop();
});

function start(): PairAlerts {
  const { database, connectionString } = context;
  const log = pino({ level: "silent" });
  const alerts = startPairAlerts({ database, connectionString, log }, { saveMs: 20 });
  started.push(alerts);
  return alerts;
}

type Bar = NonNullable<LiveSnapshot["bar"]>;

function bar(openTimeMs: number, zScore: number | null): Bar {
  return {
    openTimeMs,
    bars: 100,
    barsNeeded: 100,
    carriedY: false,
    carriedX: false,
    hedgeRatio: 1,
    intercept: 0,
    spread: 0,
    spreadMean: 0,
    spreadDeviation: 1,
    zScore,
    correlation: 0.9,
    beta: 1,
    halfLifeBars: 12,
    adfStatistic: -3,
    adfPValue: 0.03,
    adfAtMs: openTimeMs,
  };
}

/** Numbers of snapshots grow with the clock, by a few hundred each. */
let seq = 0;

/** The next live snapshot, with this z-score now, on a bar that had `barZScore`. */
function snapshot(
  zScore: number | null,
  openTimeMs = 0,
  barZScore: number | null = 0,
): LiveSnapshot {
  seq += 250;
  return {
    ...emptySnapshot(pair.livePairId, seq),
    state: "live",
    stateReason: null,
    computedAtMs: Date.now(),
    now: { spread: 0, zScore },
    bar: bar(openTimeMs, barZScore),
  };
}

async function messages(): Promise<string[]> {
  const alerts = await alertsAfter(context.database, owner.workspaceId, 0);
  return alerts.map(({ message }) => message);
}

const addRule = (change: Parameters<typeof pairRule>[1] = {}) =>
  createAlertRule(context.database, owner, pairRule(pair.watchedPairId, change));

test("a crossing is one alert, however long it lasts, and however often a worker starts anew", async () => {
  await addRule();
  const first = start();
  for (const z of [0, 1, 2.1, 2.5, 1.9, 2.3]) first.pairMoved(snapshot(z), 1);
  // The first snapshot waits for the rules; the last of those that came meanwhile counts.
  await expect.poll(messages, SOON).toHaveLength(1);
  for (const z of [2.1, 2.5, 1.9, 2.3, 3]) first.pairMoved(snapshot(z), 1);
  await first.settled();
  // Killed: nothing of it is heard any more. The next one sees the same values.
  const second = start();
  for (const z of [2.3, 3]) second.pairMoved(snapshot(z), 2);
  await second.settled();
  expect(await messages()).toEqual([
    `${pair.symbolY} / ${pair.symbolX} (1m): z-score 2.3 is above 2 (simulated)`,
  ]);
  second.pairMoved(snapshot(1.2), 2);
  second.pairMoved(snapshot(2.6), 2);
  await second.settled();
  expect(await messages()).toHaveLength(2);
});

test("two processes that see the same values raise one alert for each crossing", async () => {
  await addRule();
  const both = [start(), start()];
  const show = (one: LiveSnapshot) => {
    for (const alerts of both) alerts.pairMoved(one, 1);
  };
  show(snapshot(0));
  await Promise.all(both.map((alerts) => alerts.settled()));
  for (let i = 1; i <= 20; i++) {
    show(snapshot(i % 2 === 1 ? 2.5 : 0));
    if (i % 4 === 0) await Promise.all(both.map((alerts) => alerts.settled()));
  }
  await Promise.all(both.map((alerts) => alerts.settled()));
  expect(await messages()).toHaveLength(10);
});

test("a process that gets a pair back looks as the other one left its rules", async () => {
  await addRule();
  const [one, other] = [start(), start()];
  one.pairMoved(snapshot(2.5), 1);
  await one.settled();
  expect(await messages()).toHaveLength(1);
  // The other one sees the value come back; the first, that it is beyond again: a second crossing.
  other.pairMoved(snapshot(0), 2);
  await other.settled();
  one.pairMoved(snapshot(2.6), 3);
  await one.settled();
  expect(await messages()).toHaveLength(2);
});

test("crossings of bars that closed while no process ran are made good once, those seen before are not", async () => {
  const id = await addRule();
  const first = start();
  first.pairMoved(snapshot(0, 10 * MINUTE_MS), 1);
  await first.settled();
  const cursor = async () => {
    const { rows } = await context.database.pool.query(
      "select cursor::float8 from alert_rule where id = $1",
      [id],
    );
    return rows[0]?.cursor;
  };
  await expect.poll(cursor, SOON).toBe(10 * MINUTE_MS);
  await first.stop();
  started.splice(0);
  const missed = [3, 3, 0, 2.7, 0].map((zScore, i) => ({
    ...bar((9 + i) * MINUTE_MS, zScore),
    decay: null,
  }));
  for (const token of [2, 3]) {
    const next = start();
    next.caughtUp({ livePairId: pair.livePairId, intervalMs: MINUTE_MS, token }, missed);
    next.pairMoved(snapshot(0.1, 13 * MINUTE_MS), token);
    await expect.poll(cursor, SOON).toBe(13 * MINUTE_MS);
    await next.settled();
  }
  expect(await messages()).toEqual([
    `${pair.symbolY} / ${pair.symbolX} (1m): z-score 2.7 is above 2 (simulated)`,
  ]);
});

test("regression: how far was looked of a figure that never had a value was not kept", async () => {
  const { watchedPairId } = pair;
  const id = await addRule({ subject: { kind: "pair", watchedPairId, metric: "hedge-drift" } });
  const alerts = start();
  alerts.pairMoved(snapshot(0, MINUTE_MS), 1);
  await expect
    .poll(() => barsLookedUntilMs(context.database.pool, pair.livePairId), SOON)
    .toBe(MINUTE_MS);
  const [rule] = await alertRulesOf(context.database, owner.workspaceId);
  expect(rule).toMatchObject({ id, lastValue: null });
});

test("a bar that closed beyond the threshold counts, though the moment after it does not", async () => {
  await addRule();
  const alerts = start();
  alerts.pairMoved(snapshot(0, MINUTE_MS), 1);
  await alerts.settled();
  alerts.pairMoved(snapshot(0, 2 * MINUTE_MS, 2.2), 1);
  await alerts.settled();
  expect(await messages()).toHaveLength(1);
});

test("regression: rules were read anew before each snapshot, and moments before the newest were lost", async () => {
  await addRule();
  const alerts = start();
  alerts.pairMoved(snapshot(0), 1);
  await alerts.settled();
  // All within one turn: nothing can have been read between them.
  for (const z of [2.4, 0, 2.5, 0]) alerts.pairMoved(snapshot(z), 1);
  await alerts.settled();
  expect(await messages()).toEqual([
    expect.stringContaining("2.4 is above 2"),
    expect.stringContaining("2.5 is above 2"),
  ]);
});

test("regression: bars that closed while the rules were read were lost but for the last", async () => {
  await addRule();
  const before = start();
  before.pairMoved(snapshot(0, MINUTE_MS), 1);
  await before.settled();
  await before.stop();
  const alerts = start();
  alerts.pairMoved(snapshot(0, 2 * MINUTE_MS), 2);
  alerts.pairMoved(snapshot(0, 3 * MINUTE_MS, 2.7), 2);
  alerts.pairMoved(snapshot(0, 4 * MINUTE_MS), 2);
  await alerts.settled();
  expect(await messages()).toEqual([expect.stringContaining("2.7 is above 2")]);
});

test("regression: a bar that closed while the pair was stale lost its crossing", async () => {
  await addRule();
  const alerts = start();
  alerts.pairMoved(snapshot(0, MINUTE_MS), 1);
  await alerts.settled();
  alerts.pairMoved({ ...snapshot(3, 2 * MINUTE_MS, 2.2), state: "stale" }, 1);
  alerts.pairMoved(snapshot(0, 2 * MINUTE_MS, 2.2), 1);
  await alerts.settled();
  expect(await messages()).toEqual([expect.stringContaining("2.2 is above 2")]);
});

test("regression: more changes than may wait made a rule miss the bars after them", async () => {
  await addRule();
  const alerts = start();
  alerts.pairMoved(snapshot(0, 0), 1);
  await alerts.settled();
  const bars = Array.from({ length: 300 }, (_, i) => ({
    ...bar((i + 1) * MINUTE_MS, i % 2 === 0 ? 3 : 0),
    decay: null,
  }));
  alerts.caughtUp({ livePairId: pair.livePairId, intervalMs: MINUTE_MS, token: 1 }, bars);
  alerts.pairMoved(snapshot(0, 301 * MINUTE_MS), 1);
  await alerts.settled();
  expect(await messages()).toHaveLength(150);
});

test.each([
  ["simulated", true, "z-score 2.5 is above 2 (simulated)"],
  ["binance", false, "z-score 2.5 is above 2"],
])("regression: alerts did not say whether prices were %s", async (venue, synthetic, told) => {
  await context.database.pool.query("update instrument set venue = $2 where id = any($1::int[])", [
    [pair.instrumentY, pair.instrumentX],
    venue,
  ]);
  await addRule();
  const alerts = start();
  alerts.pairMoved(snapshot(2.5), 1);
  await alerts.settled();
  expect(await alertsAfter(context.database, owner.workspaceId, 0)).toMatchObject([
    { synthetic, message: `${pair.symbolY} / ${pair.symbolX} (1m): ${told}` },
  ]);
});

test("a new rule looks at what is there at once, and a changed one by its new threshold", async () => {
  const alerts = start();
  alerts.pairMoved(snapshot(2.5), 1);
  await alerts.settled();
  const id = await addRule({ threshold: 3 });
  await alerts.settled();
  const input = pairRule(pair.watchedPairId, { threshold: 2 });
  await updateAlertRule(context.database, owner.workspaceId, id, input);
  await expect.poll(messages, SOON).toEqual([expect.stringContaining("2.5 is above 2")]);
});

test("each metric has its figure, and a pair that is not live has none", async () => {
  const live = { ...snapshot(1.5, 0, 0.5), decay: null };
  expect(nowValue(live, "z-score")).toBe(1.5);
  expect(nowValue(snapshot(null, 0, 0.5), "z-score")).toBe(0.5);
  expect(nowValue(live, "correlation")).toBe(0.9);
  expect(nowValue(live, "adf-p-value")).toBe(0.03);
  expect(nowValue(live, "hedge-ratio")).toBe(1);
  expect(nowValue(live, "half-life")).toBe(12);
  expect(nowValue(live, "hedge-drift")).toBeNull();
  for (const state of ["stale", "waiting", "halted", "insufficient-data"] as const) {
    expect(nowValue({ ...live, state }, "z-score")).toBeNull();
  }
});

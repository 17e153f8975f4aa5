// The live loop and the rules of alerts together, as the role "live" runs them.
import pino from "pino";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { createAlertRule } from "#db/alert-rules.ts";
import { pairRule } from "#db/alert-world.test-support.ts";
import { alertsAfter } from "#db/alerts.ts";
import { feedSteps, tradeBar, watchNewPair } from "#db/live-world.test-support.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.test-support.ts";
import { createRandom } from "#quant/synthetic/random.ts";
import { createPerson } from "#server/world.test-support.ts";
import { type LiveRole, startLiveRole } from "./live-role.ts";
import { LIVE_TIMES } from "./live-times.ts";

const SECOND_MS = 1_000;
const BARS = 160;
const SOON = { timeout: 20_000 };

let context: TestDatabase;
const running: LiveRole[] = [];
beforeAll(async () => {
  context = await createTestDatabase();
});
afterEach(stop);
afterAll(() => context.drop());

function start(): void {
  const log = pino({ level: "silent" });
  running.push(startLiveRole(context.connectionString, LIVE_TIMES, log));
}

async function stop(): Promise<void> {
  for (const role of running.splice(0)) await role.stop();
}

/** A watched pair whose bars of a second can be fed, with a rule on its z-score. */
async function newWorld() {
  const { database } = context;
  const owner = await createPerson(database);
  const pair = await watchNewPair(database, owner.workspaceId);
  await createAlertRule(
    database,
    owner,
    pairRule(pair.id, { operator: "above", threshold: 3, hysteresis: 1 }),
  );
  const random = createRandom(3);
  const startMs = Math.floor(Date.now() / SECOND_MS) * SECOND_MS - BARS * SECOND_MS;
  return {
    /** Commits the next bars; the deviations of leg Y stand for what it trades at besides. */
    feed: async (from: number, deviations: readonly number[]) => {
      const to = from + deviations.length;
      const closes = deviations.map((deviation) => {
        const x = 100 + random.gaussian();
        return { y: 2 * x + 0.1 * Math.max(-1, Math.min(1, random.gaussian())) + deviation, x };
      });
      const leg = (instrumentId: number, name: "y" | "x") => ({
        instrumentId,
        bars: closes.map((close, i) => tradeBar(startMs + (from + i) * SECOND_MS, close[name])),
        trade: { id: to, timeMs: Date.now(), price: closes.at(-1)?.[name] ?? 0 },
        barsUntilMs: startMs + to * SECOND_MS,
      });
      await feedSteps(database, [leg(pair.instrumentY, "y"), leg(pair.instrumentX, "x")]);
    },
    cursor: async () => {
      const { rows } = await database.pool.query<{ bar: number | null }>(
        `SELECT (cursor - $2)::float8 / 1000 AS bar FROM alert_rule WHERE workspace_id = $1`,
        [owner.workspaceId, startMs],
      );
      return rows[0]?.bar ?? null;
    },
    values: async () => {
      const alerts = await alertsAfter(database, owner.workspaceId, 0);
      return alerts.map(({ value }) => value ?? Number.NaN);
    },
  };
}

const QUIET = Array.from({ length: BARS }, () => 0);

test("regression: a crossing in the third of five bars that were committed at once was no alert", async () => {
  const world = await newWorld();
  await world.feed(0, QUIET);
  start();
  await expect.poll(world.cursor, SOON).toBe(BARS - 1);
  await world.feed(BARS, [0, 0, 2, 0, 0]);
  await expect.poll(world.cursor, SOON).toBe(BARS + 4);
  const values = await world.values();
  expect(values).toHaveLength(1);
  expect(values[0]).toBeGreaterThan(3);
});

test("each of many crossings in bars that come faster than snapshots is one alert", async () => {
  const world = await newWorld();
  await world.feed(0, QUIET);
  start();
  await expect.poll(world.cursor, SOON).toBe(BARS - 1);
  // A deviation of its size is outside of the window again after 20 bars.
  const CROSSINGS = 4;
  for (let t = 0; t < CROSSINGS * 25; t++) {
    await world.feed(BARS + t, [t % 25 === 12 ? 2 : 0]);
  }
  await expect.poll(world.cursor, SOON).toBe(BARS + CROSSINGS * 25 - 1);
  expect(await world.values()).toHaveLength(CROSSINGS);
});

/** A crossing that is over long before the last of these bars. */
const CROSSING = Array.from({ length: 200 }, (_, i) => (i === 12 ? 2 : 0));

test("regression: a crossing early in minutes without a worker was no alert", async () => {
  const world = await newWorld();
  await world.feed(0, QUIET);
  start();
  await expect.poll(world.cursor, SOON).toBe(BARS - 1);
  await stop();
  await world.feed(BARS, CROSSING);
  // As after a crash of the database.
  await context.database.pool.query("TRUNCATE live_snapshot");
  start();
  await expect.poll(world.cursor, SOON).toBe(BARS + CROSSING.length - 1);
  expect(await world.values()).toEqual([expect.toSatisfy((value: number) => value > 3)]);
});

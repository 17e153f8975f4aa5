import { afterAll, beforeAll, expect, test } from "vitest";
import type { Database } from "#db/client.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.test-support.ts";
import { strategyPreview } from "./strategy-preview.ts";
import {
  createPerson,
  createWorld,
  strategyConfig,
  type World,
  withParameter,
} from "./world.test-support.ts";

let subject: TestDatabase;
let database: Database;
let world: World;
beforeAll(async () => {
  subject = await createTestDatabase();
  database = subject.database;
  world = await createWorld(database, await createPerson(database));
});
afterAll(() => subject.drop());

const config = () =>
  withParameter(
    withParameter(strategyConfig(world.instrumentY, world.instrumentX), "entryZScore", 1),
    "stopZScore",
    null,
  );
const preview = (
  changed: Partial<ReturnType<typeof config>> = {},
  workspaceId = world.workspaceId,
) =>
  strategyPreview(database, workspaceId, {
    config: { ...config(), ...changed },
    book: 0,
    points: 500,
  });

test("signals stand where the z-score crosses, entries and exits in turn", async () => {
  const shown = await preview();
  if (shown.kind === "refused") return expect.fail(shown.message);
  expect(shown.bars).toBe(120);
  expect(shown.instruments.map(({ symbol }) => symbol)).toEqual([world.symbolY, world.symbolX]);
  expect(shown.series.startMs).toBe(config().trading.startMs);
  expect(Object.keys(shown.series.lines)).toEqual(
    expect.arrayContaining(["close.0", "close.1", "figure.zScore"]),
  );
  const { signals, series } = shown;
  expect(signals.length).toBeGreaterThan(2);
  const { steps = [], values = [] } = series.lines["figure.zScore"] ?? {};
  const zScoreAt = (timeMs: number) =>
    values[steps.indexOf((timeMs - series.startMs) / series.intervalMs)] ?? Number.NaN;
  for (const { timeMs, reason, side } of signals) {
    if (reason !== "entry") continue;
    if (side === "long") expect(zScoreAt(timeMs)).toBeLessThanOrEqual(-1);
    else expect(zScoreAt(timeMs)).toBeGreaterThanOrEqual(1);
  }
  expect(signals.map(({ side }) => side)).not.toContain(null);
});

test("a shorter trading period changes no signal before its end", async () => {
  const { trading } = config();
  const endMs = trading.startMs + 80 * config().intervalMs;
  const [whole, part] = [await preview(), await preview({ trading: { ...trading, endMs } })];
  if (whole.kind === "refused" || part.kind === "refused") return expect.fail("refused");
  expect(part.signals).toEqual(whole.signals.filter(({ timeMs }) => timeMs < endMs));
});

test("a strategy is as warm as in a backtest, however short its formation period is (S6)", async () => {
  const slow = withParameter(config(), "zScoreWindowBars", 60);
  const { trading, intervalMs } = slow;
  const startMs = trading.startMs - 40 * intervalMs;
  const shown = await preview({ ...slow, formation: { startMs, endMs: trading.startMs } });
  if (shown.kind === "refused") return expect.fail(shown.message);
  expect(shown.series.lines["figure.zScore"]?.steps[0]).toBe(0);
});

test.each([
  {
    name: "no bars in the trading period",
    change: { trading: { startMs: Date.UTC(2040, 0, 1), endMs: Date.UTC(2040, 0, 2) } },
    says: /no bars in the trading period/,
  },
  {
    name: "too short a formation period",
    change: { formation: { startMs: 0, endMs: 3_600_000 } },
    says: /./,
  },
  { name: "no bars of the interval", change: { intervalMs: 60_000 }, says: /interval/ },
])("with $name it says why there is nothing to see", async ({ change, says }) => {
  const shown = await preview(change);
  expect(shown).toMatchObject({ kind: "refused", message: expect.stringMatching(says) });
});

test("bars of another workspace are not looked at", async () => {
  const other = await createPerson(database);
  expect(await preview({}, other.workspaceId)).toMatchObject({ kind: "refused" });
});

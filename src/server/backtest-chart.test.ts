import { afterAll, beforeAll, expect, test } from "vitest";
import { packBacktestSeries } from "#contracts/backtest-series.ts";
import { saveBacktestResult } from "#db/backtest-results.ts";
import { backtestSeriesOf } from "#db/backtest-series.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.test-support.ts";
import { backtestChart } from "./backtest-chart.ts";
import {
  createPerson,
  createWorld,
  HOUR_MS,
  REPORT,
  START_MS,
  type World,
} from "./world.test-support.ts";

/** More than one piece; after bar 49,999 a day is missing. */
const BARS = 100_000;
const SPIKE_BAR = 77_777;
const timeOf = (bar: number) => START_MS + (bar < 50_000 ? bar : bar + 24) * HOUR_MS;

let subject: TestDatabase;
let world: World;
beforeAll(async () => {
  subject = await createTestDatabase();
  const { database } = subject;
  world = await createWorld(database, await createPerson(database));
  const line = Float64Array.from({ length: BARS }, (_, i) => (i === SPIKE_BAR ? 999 : i % 50));
  await storeSeries(
    world.backtestId,
    Float64Array.from(line, (_, i) => timeOf(i)),
    line,
  );
});
afterAll(() => subject.drop());

async function storeSeries(backtestId: string, openTimeMs: Float64Array, line: Float64Array) {
  const lines = { "close.0": line, "close.1": line, "spread.0": line, "zScore.0": line };
  const series = packBacktestSeries({ openTimeMs, ...lines, equity: line, drawdown: line });
  await saveBacktestResult(subject.database.pool, backtestId, { report: REPORT, series });
}

const COLUMNS = ["zScore.0", "equity"];

async function chart(window: { startMs: number; endMs: number } | null, points = 800) {
  const series = await backtestSeriesOf(subject.database, world.workspaceId, world.backtestId);
  return backtestChart(subject.database, series, { columns: COLUMNS, window, points });
}

test("a long result is one chart, with its extremes and its gap where they are", async () => {
  const whole = await chart(null);
  expect(whole).toMatchObject({ startMs: START_MS, endMs: timeOf(BARS - 1) + HOUR_MS });
  expect(whole.full).toBe(false);
  const { steps = [], values = [] } = whole.lines["zScore.0"] ?? {};
  expect(values.length).toBeLessThanOrEqual(800);
  expect(steps[values.indexOf(999)]).toBe(SPIKE_BAR + 24);
  expect(steps).toEqual(steps.toSorted((a, b) => a - b));
  expect(steps[values.indexOf(null)]).toBe(50_000);
});

test("regression: a zoom into a result read the whole of it", async () => {
  const window = { startMs: timeOf(SPIKE_BAR - 1), endMs: timeOf(SPIKE_BAR + 2) };
  const read: unknown[] = [];
  const { pool } = subject.database;
  const counting = {
    ...subject.database,
    pool: Object.assign(Object.create(pool), {
      query: async (text: string, values: unknown[]) => {
        const answer = await pool.query(text, values);
        for (const row of answer.rows) read.push(...Object.values(row));
        return answer;
      },
    }),
  };
  const series = await backtestSeriesOf(counting, world.workspaceId, world.backtestId);
  const zoom = await backtestChart(counting, series, { columns: COLUMNS, window, points: 800 });
  expect(zoom.full).toBe(true);
  expect(zoom.lines["zScore.0"]).toEqual({ steps: [0, 1, 2], values: [26, 999, 28] });
  const bytes = read.reduce<number>(
    (sum, value) => sum + (value instanceof Buffer ? value.length : 8),
    0,
  );
  expect(bytes).toBeLessThan(20_000);
});

test("a window without bars is an empty chart", async () => {
  const window = { startMs: timeOf(BARS) + HOUR_MS, endMs: timeOf(BARS) + 2 * HOUR_MS };
  const empty = await chart(window);
  expect(empty.lines["equity"]).toEqual({ steps: [], values: [] });
  expect(empty.startMs).toBe(window.startMs);
});

test("regression: a zoom into an hourly stock broke its line every night", async () => {
  const { database } = subject;
  const other = await createWorld(database, await createPerson(database));
  const dayMs = 24 * HOUR_MS;
  const mondayMs = Date.UTC(2024, 0, 1);
  const times = Array.from({ length: 364 }, (_, day) => mondayMs + day * dayMs)
    .filter((ms) => new Date(ms).getUTCDay() % 6 !== 0)
    .flatMap((ms) => Array.from({ length: 7 }, (_, i) => ms + (14 + i) * HOUR_MS));
  await storeSeries(
    other.backtestId,
    Float64Array.from(times),
    Float64Array.from(times, () => 1),
  );
  const series = await backtestSeriesOf(database, other.workspaceId, other.backtestId);
  const window = { startMs: mondayMs + 7 * dayMs, endMs: mondayMs + 9 * dayMs };
  const zoom = await backtestChart(database, series, { columns: COLUMNS, window, points: 800 });
  expect(zoom.lines["equity"]?.values).toEqual(Array.from({ length: 14 }, () => 1));
});

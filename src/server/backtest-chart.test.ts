import { afterAll, beforeAll, expect, test } from "vitest";
import { packBacktestSeries } from "#contracts/backtest-series.ts";
import { backtestSeriesOf } from "#db/backtest-series.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.test-support.ts";
import { backtestChart } from "./backtest-chart.ts";
import { createPerson, createWorld, HOUR_MS, START_MS, type World } from "./world.test-support.ts";

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
  const series = packBacktestSeries({
    openTimeMs: Float64Array.from(line, (_, i) => timeOf(i)),
    closeY: line,
    closeX: line,
    spread: line,
    zScore: line,
    equity: line,
    drawdown: line,
  });
  await database.pool.query("update backtest set series = $2 where id = $1", [
    world.backtestId,
    Buffer.from(series),
  ]);
});
afterAll(() => subject.drop());

async function chart(window: { startMs: number; endMs: number } | null, points = 800) {
  const series = await backtestSeriesOf(subject.database, world.workspaceId, world.backtestId);
  return backtestChart(subject.database, series, { window, points });
}

test("a long result is one chart, with its extremes and its gap where they are", async () => {
  const whole = await chart(null);
  expect(whole).toMatchObject({ startMs: START_MS, endMs: timeOf(BARS - 1) + HOUR_MS });
  expect(whole.full).toBe(false);
  const { steps = [], values = [] } = whole.lines["zScore"] ?? {};
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
  const zoom = await backtestChart(counting, series, { window, points: 800 });
  expect(zoom.full).toBe(true);
  expect(zoom.lines["zScore"]).toEqual({ steps: [0, 1, 2], values: [26, 999, 28] });
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

import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { BacktestColumns } from "#contracts/backtest-series.ts";
import { packBacktestSeries } from "#contracts/backtest-series.ts";
import { createPerson, createWorld, REPORT, type World } from "#server/world.test-support.ts";
import { saveBacktestResult } from "./backtest-results.ts";
import { backtestBarAt, backtestColumnsBetween, backtestSeriesOf } from "./backtest-series.ts";
import { createTestDatabase, type TestDatabase } from "./test-database.test-support.ts";

const BARS = 70_001;
let subject: TestDatabase;
let world: World;
beforeAll(async () => {
  subject = await createTestDatabase();
  const { database } = subject;
  world = await createWorld(database, await createPerson(database));
  const result = { report: REPORT, series: packBacktestSeries(COLUMNS) };
  await saveBacktestResult(database.pool, world.backtestId, result);
});
afterAll(() => subject.drop());

const column = (shift: number) => Float64Array.from({ length: BARS }, (_, i) => i * 10 + shift);
const COLUMNS: BacktestColumns = {
  openTimeMs: column(0),
  "close.0": column(1),
  "close.1": column(2),
  "spread.0": column(3),
  "zScore.0": column(4),
  equity: column(5),
  drawdown: column(6),
};
const stored = () => backtestSeriesOf(subject.database, world.workspaceId, world.backtestId);

test("the series says which columns it has", async () => {
  expect((await stored()).columns).toEqual(Object.keys(COLUMNS));
});

test.each([
  { from: 0, to: 1 },
  { from: 40_000, to: 40_123 },
  { from: BARS - 2, to: BARS },
  { from: 5, to: 5 },
])("bars [$from, $to) are read as they were stored", async ({ from, to }) => {
  const wanted = ["equity", "close.1", "no.such"];
  const read = await backtestColumnsBetween(subject.database, await stored(), wanted, { from, to });
  expect(Object.keys(read).toSorted()).toEqual(["close.1", "equity", "openTimeMs"]);
  for (const [name, values] of Object.entries(read)) {
    expect(values).toEqual(COLUMNS[name]?.slice(from, to));
  }
});

test("the bar of a time is found wherever it is", async () => {
  const series = await stored();
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: -5, max: BARS * 10 + 50 }), async (timeMs) => {
      const expected = Math.min(BARS, Math.max(0, Math.ceil(timeMs / 10)));
      expect(await backtestBarAt(subject.database, series, timeMs)).toBe(expected);
    }),
    { numRuns: 40 },
  );
});

import { afterAll, beforeAll, expect, test } from "vitest";
import { COMPARED_BARS_MAX } from "#contracts/backtest.ts";
import { packBacktestSeries } from "#contracts/backtest-series.ts";
import { saveBacktestResult } from "#db/backtest-results.ts";
import type { Database } from "#db/client.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.test-support.ts";
import { createRandom } from "#quant/synthetic/random.ts";
import { compareBacktests } from "./backtest-comparison.ts";
import { createPerson, createWorld, HOUR_MS, REPORT, START_MS } from "./world.test-support.ts";

let subject: TestDatabase;
let database: Database;
beforeAll(async () => {
  subject = await createTestDatabase();
  database = subject.database;
});
afterAll(() => subject.drop());

const BARS = 400;

/** Equity that gains `drift` a bar on average, with noise of its own. */
async function store(backtestId: string, drift: number, fromMs = START_MS) {
  const random = createRandom(drift > 0 ? 7 : 8);
  let value = REPORT.initialEquity;
  const equity = Float64Array.from({ length: BARS }, () => {
    value *= 1 + drift + (random.uniform() - 0.5) / 1_000;
    return value;
  });
  const openTimeMs = Float64Array.from(equity, (_, bar) => fromMs + bar * HOUR_MS);
  const series = packBacktestSeries({ openTimeMs, equity });
  await saveBacktestResult(database.pool, backtestId, { report: REPORT, series });
}

const newWorld = async () => createWorld(database, await createPerson(database));

test("of two runs on the same bars it is said by how much the first did better, and how surely", async () => {
  const { workspaceId, backtestId, otherBacktestId } = await newWorld();
  await store(backtestId, 0.0002);
  await store(otherBacktestId, -0.0002, START_MS + HOUR_MS);
  const compared = await compareBacktests(database, workspaceId, [backtestId, otherBacktestId]);
  expect(compared.backtests.map(({ id }) => id)).toEqual([backtestId, otherBacktestId]);
  expect(compared.backtests[0]).toMatchObject({ initialEquity: 20_000, metrics: REPORT.metrics });
  const [own, difference] = compared.differences;
  expect(own).toBeNull();
  // 0.0004 a bar, 8,760 bars a year.
  if (difference?.kind !== "difference") throw new Error("There is no difference");
  expect(difference.bars).toBe(BARS - 2);
  expect(difference.meanReturnDifference).toBeGreaterThan(0.0003 * 8_760);
  expect(difference.meanReturnDifference).toBeLessThan(0.0005 * 8_760);
  expect(difference.lower).toBeGreaterThan(0);
  expect(difference.betterShare).toBe(1);
});

test.each([
  { name: "without a common bar", reason: "no-common-bars", fromBar: BARS, drift: 0.0001 },
  { name: "with few common bars", reason: "too-few-bars", fromBar: BARS - 10, drift: 0.0001 },
  { name: "of a run and its own repeat", reason: "no-difference", fromBar: 0, drift: 0.0002 },
  { name: "of a run that was ruined", reason: "ruin", fromBar: 0, drift: -2 },
])(
  "regression: a difference $name was called one of runs without common bars",
  async ({ reason, fromBar, drift }) => {
    const { workspaceId, backtestId, otherBacktestId } = await newWorld();
    await store(backtestId, 0.0002);
    await store(otherBacktestId, drift, START_MS + fromBar * HOUR_MS);
    const ids = [backtestId, otherBacktestId];
    const { differences } = await compareBacktests(database, workspaceId, ids);
    expect(differences).toEqual([null, { kind: "refused", reason }]);
  },
);

test("a backtest with more bars than are held in memory is not compared", async () => {
  const { workspaceId, backtestId, otherBacktestId } = await newWorld();
  await store(backtestId, 0.0002);
  await store(otherBacktestId, 0.0001);
  // Two columns of 8 bytes a bar.
  await database.pool.query(
    "update backtest set series = decode(repeat('00', $2::int), 'hex') where id = $1",
    [otherBacktestId, (COMPARED_BARS_MAX + 1) * 16],
  );
  const ids = [backtestId, otherBacktestId];
  await expect(compareBacktests(database, workspaceId, ids)).rejects.toMatchObject({
    code: "invalid-input",
    message: expect.stringMatching(/has 1,000,001 bars: at most 1,000,000/),
  });
});

test.each([
  {
    name: "without a result",
    sql: "update backtest set report = null where id = $1",
    code: "invalid-input",
  },
  {
    name: "that is deleted",
    sql: "update backtest set deleted_at = now() where id = $1",
    code: "not-found",
  },
])("a backtest $name is not compared", async ({ sql, code }) => {
  const { workspaceId, backtestId, otherBacktestId } = await newWorld();
  await database.pool.query(sql, [otherBacktestId]);
  const ids = [backtestId, otherBacktestId];
  await expect(compareBacktests(database, workspaceId, ids)).rejects.toMatchObject({ code });
  await expect(
    compareBacktests(database, workspaceId, [backtestId, backtestId]),
  ).rejects.toMatchObject({ code: "invalid-input" });
});

import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Database } from "#db/client.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.test-support.ts";
import { createPerson, createWorld, START_MS, signIn, testContext } from "../world.test-support.ts";
import {
  exportPrices,
  exportReportSeries,
  exportSharedSeries,
  exportSpread,
} from "./series-export.ts";

const HOUR_MS = 3_600_000;

let subject: TestDatabase;
let database: Database;
beforeAll(async () => {
  subject = await createTestDatabase();
  database = subject.database;
});
afterAll(() => subject.drop());

async function newWorld() {
  const owner = await createPerson(database);
  const world = await createWorld(database, owner);
  return { world, context: testContext(database, { session: await signIn(database, owner) }) };
}

const query = (values: Record<string, string | number>) =>
  new URLSearchParams(Object.entries(values).map(([key, value]) => [key, String(value)]));

async function rowsOf(answer: Response): Promise<Record<string, string>[]> {
  return parse(await answer.text(), { columns: true });
}

test("regression: the file of a chart had the thinned points instead of every bar", async () => {
  const { world, context } = await newWorld();
  const rows = await rowsOf(await exportPrices(context, String(world.seriesId), query({})));
  const { rows: stored } = await database.pool.query<{ count: number }>(
    "select count(*)::int as count from bar where series_id = $1",
    [world.seriesId],
  );
  expect(rows).toHaveLength(stored[0]?.count ?? 0);
  expect(rows[1]?.["time (UTC)"]).toBe(new Date(START_MS + HOUR_MS).toISOString());
  expect(rows.every(({ close }) => close !== "")).toBe(true);
});

test("a file has the bars of the window shown, and a table no more than it asks for", async () => {
  const { world, context } = await newWorld();
  const window = { from: START_MS + 10 * HOUR_MS, to: START_MS + 20 * HOUR_MS };
  const id = String(world.seriesId);
  const whole = await rowsOf(await exportPrices(context, id, query(window)));
  const some = await rowsOf(await exportPrices(context, id, query({ ...window, rows: 4 })));
  expect(whole).toHaveLength(10);
  expect(some).toEqual(whole.slice(0, 4));
});

test("the spread of a pair stands with both prices at the same times", async () => {
  const { world, context } = await newWorld();
  const pair = { y: world.instrumentY, x: world.instrumentX, zScoreWindowBars: 20 };
  const window = { from: START_MS + 30 * HOUR_MS, to: START_MS + 32 * HOUR_MS };
  const rows = await rowsOf(
    await exportSpread(context, world.scanId, query({ ...pair, ...window })),
  );
  expect(rows).toHaveLength(2);
  expect(rows.every((row) => Object.values(row).every((cell) => cell !== ""))).toBe(true);
});

test("behind a link without sizes the equity of the file is scaled as on the page", async () => {
  const { world, context } = await newWorld();
  const own = await rowsOf(await exportReportSeries(context, world.backtestId, query({})));
  const shared = await rowsOf(
    await exportSharedSeries(testContext(database), world.shareToken, query({})),
  );
  expect(shared).toHaveLength(own.length);
  // The report starts with 20,000, which a link shows as 100.
  expect(Number(own[0]?.["equity"]) * (100 / 20_000)).toBe(Number(shared[0]?.["equity"]));
});

test("series are not exported to strangers, nor by a token that is unknown", async () => {
  const { world } = await newWorld();
  const stranger = testContext(database, {
    session: await signIn(database, await createPerson(database)),
  });
  const pair = query({ y: world.instrumentY, x: world.instrumentX, zScoreWindowBars: 20 });
  const strangers = await Promise.allSettled([
    exportPrices(stranger, String(world.seriesId), query({})),
    exportSpread(stranger, world.scanId, pair),
    exportReportSeries(stranger, world.backtestId, query({})),
    exportSharedSeries(stranger, "x".repeat(43), query({})),
    exportSharedSeries(stranger, "../x", query({})),
  ]);
  for (const answer of strangers) expect(answer).toMatchObject({ reason: { code: "not-found" } });
  await expect(
    exportPrices(testContext(database), String(world.seriesId), query({})),
  ).rejects.toMatchObject({ code: "unauthenticated" });
});

import { afterAll, beforeAll, expect, test } from "vitest";
import type { Database } from "./client.ts";
import {
  deleteSeries,
  instrumentsByIds,
  listSeries,
  saveSeriesStatistics,
  seriesDetail,
  seriesOfInstruments,
  seriesToFill,
} from "./instruments.ts";
import { createTestDatabase, type TestDatabase } from "./test-database.test-support.ts";

let context: TestDatabase;
let database: Database;
let mine: string;
let other: string;

const STATISTICS = {
  calendar: "continuous",
  closeOnly: false,
  firstOpenTimeMs: 1_000,
  lastOpenTimeMs: 9_000,
  barCount: 8,
  missingCount: 1,
  gaps: [{ startMs: 4_000, missingBars: 1 }],
  addedDuplicateCount: 1,
  addedRejectedCount: 2,
  contentHash: "abc",
} as const;

async function workspace(): Promise<string> {
  const { rows } = await database.pool.query<{ id: string }>(
    "INSERT INTO workspace (id, name) VALUES (gen_random_uuid(), 'W') RETURNING id",
  );
  return rows[0]?.id ?? "";
}

async function series(workspaceId: string | null, symbol: string): Promise<number> {
  const venue = workspaceId === null ? "demo" : "upload";
  const { seriesId } = await seriesToFill(
    database.pool,
    { workspaceId, venue, symbol, name: symbol, group: "" },
    { intervalMs: 1_000, closeOnly: false },
  );
  await saveSeriesStatistics(database.pool, seriesId, STATISTICS);
  return seriesId;
}

beforeAll(async () => {
  context = await createTestDatabase();
  database = context.database;
  [mine, other] = [await workspace(), await workspace()];
  await series(null, "COMMON");
  await series(mine, "MINE");
  await series(other, "THEIRS");
});

afterAll(() => context.drop());

test("a workspace sees its own series and the common ones, and no others", async () => {
  const symbols = async (workspaceId: string) =>
    (await listSeries(database, workspaceId)).map(({ symbol }) => symbol);
  expect(await symbols(mine)).toEqual(["COMMON", "MINE"]);
  expect(await symbols(other)).toEqual(["COMMON", "THEIRS"]);
  const demo = await listSeries(database, mine, { venue: "demo" });
  expect(demo.map(({ symbol }) => symbol)).toEqual(["COMMON"]);
});

test("another workspace's series cannot be read, used or deleted by its id", async () => {
  const [theirs] = (await listSeries(database, other)).filter(({ venue }) => venue === "upload");
  const { seriesId = 0, instrumentId = 0 } = theirs ?? {};
  expect(await seriesDetail(database, mine, seriesId)).toBeNull();
  expect(await instrumentsByIds(database.pool, mine, [instrumentId])).toEqual([]);
  expect(await seriesOfInstruments(database.pool, mine, [instrumentId], 1_000)).toEqual([]);
  expect(await deleteSeries(database.pool, mine, seriesId)).toBe(false);
  expect(await seriesDetail(database, other, seriesId)).toMatchObject({ symbol: "THEIRS" });
});

test("a common series cannot be deleted", async () => {
  const [common] = await listSeries(database, mine, { venue: "demo" });
  expect(await deleteSeries(database.pool, mine, common?.seriesId ?? 0)).toBe(false);
});

test("one instrument has one series an interval, and counts of faults add up over imports", async () => {
  const id = await series(mine, "TWICE");
  expect(await series(mine, "TWICE")).toBe(id);
  expect(await seriesDetail(database, mine, id)).toMatchObject({
    duplicateCount: 2,
    rejectedCount: 4,
    gapCount: 1,
    gaps: [{ startMs: 4_000, missingBars: 1 }],
  });
});

test("an instrument goes with its last series", async () => {
  const id = await series(mine, "GONE");
  expect(await deleteSeries(database.pool, mine, id)).toBe(true);
  const left = await database.pool.query("SELECT FROM instrument WHERE symbol = 'GONE'");
  expect(left.rowCount).toBe(0);
});

import { afterAll, beforeAll, expect, test } from "vitest";
import type { BarProvenance } from "#contracts/bar-provenance.ts";
import { storeVenueBars, type VenueBar, venueBarsOfSpans } from "./market-bars.ts";
import { ensurePartition } from "./partitions.ts";
import { createTestDatabase, type TestDatabase } from "./test-database.test-support.ts";
import { inTransaction } from "./transaction.ts";
import { listInstruments } from "./venue-instrument.test-support.ts";

const MINUTE_MS = 60_000;
const START_MS = Date.UTC(2026, 0, 5);
const ALL_TIME = { fromMs: 0, toMs: Number.MAX_SAFE_INTEGER };

let context: TestDatabase;
let instruments: Map<string, number>;

beforeAll(async () => {
  context = await createTestDatabase();
  instruments = await listInstruments(context.database, ["A", "B", "C", "D", "E"]);
  await ensurePartition(context.database.pool, "second_bar", START_MS);
});
afterAll(() => context.drop());

const idOf = (symbol: string) => instruments.get(symbol) ?? 0;

function bar(minute: number, close: number, provenance: BarProvenance = "complete"): VenueBar {
  const count = provenance === "kline" ? null : 3;
  return {
    openTimeMs: START_MS + minute * MINUTE_MS,
    open: 1,
    high: 9,
    low: 0.5,
    close,
    volume: 7,
    provenance,
    tradeCount: count,
    lateCount: count,
    backfilledCount: count,
  };
}

async function store(symbol: string, bars: readonly VenueBar[], intervalMs = MINUTE_MS) {
  await inTransaction(context.database.pool, (client) =>
    storeVenueBars(client, [{ instrumentId: idOf(symbol), intervalMs, bars }]),
  );
}

async function stored(symbol: string, intervalMs = MINUTE_MS): Promise<readonly VenueBar[]> {
  const span = { instrumentId: idOf(symbol), ...ALL_TIME };
  const bars = await venueBarsOfSpans(context.database.pool, intervalMs, [span]);
  return bars.get(idOf(symbol)) ?? [];
}

async function series(symbol: string, intervalMs = MINUTE_MS) {
  const { rows } = await context.database.pool.query(
    `SELECT first_open_time_ms::float8 AS first, last_open_time_ms::float8 AS last, bar_count AS bars,
       missing_count AS missing, gaps, content_hash AS hash
     FROM bar_series WHERE instrument_id = $1 AND interval_ms = $2`,
    [idOf(symbol), intervalMs],
  );
  return rows[0];
}

test("bars are read as they were written, and their series knows them", async () => {
  await store("A", [bar(0, 2), bar(1, 3), bar(4, 4)]);
  expect(await stored("A")).toEqual([bar(0, 2), bar(1, 3), bar(4, 4)]);
  expect(await series("A")).toMatchObject({
    first: START_MS,
    last: START_MS + 4 * MINUTE_MS,
    bars: 3,
    missing: 2,
    gaps: [{ startMs: START_MS + 2 * MINUTE_MS, missingBars: 2 }],
  });
  await store("A", [bar(2, 5), bar(3, 6)]);
  expect(await series("A")).toMatchObject({ bars: 5, missing: 0, gaps: [] });
});

test("the hash of a series changes with its bars, and not when they are written again", async () => {
  await store("B", [bar(0, 2)]);
  const before = (await series("B"))?.hash;
  await store("B", [bar(0, 2, "backfilled")]);
  expect((await series("B"))?.hash).toBe(before);
  expect(await stored("B")).toMatchObject([{ provenance: "backfilled" }]);
  await store("B", [bar(0, 2.5)]);
  const after = await series("B");
  expect(after?.hash).not.toBe(before);
  expect(after).toMatchObject({ bars: 1 });
});

test.each([
  { first: "partial", second: "kline", kept: "kline" },
  { first: "kline", second: "partial", kept: "kline" },
  { first: "kline", second: "complete", kept: "complete" },
  { first: "kline", second: "backfilled", kept: "backfilled" },
  { first: "complete", second: "kline", kept: "complete" },
  { first: "backfilled", second: "kline", kept: "backfilled" },
  { first: "complete", second: "partial", kept: "partial" },
  { first: "kline", second: "kline", kept: "kline" },
] as const)(
  "a $first bar and then a $second one leave the $kept one",
  async ({ first, second, kept }) => {
    await context.database.pool.query("DELETE FROM bar_series WHERE instrument_id = $1", [
      idOf("C"),
    ]);
    await store("C", [bar(0, 2, first)]);
    await store("C", [bar(0, 3, second)]);
    expect((await stored("C")).map(({ provenance }) => provenance)).toEqual([kept]);
    expect(await series("C")).toMatchObject({ bars: 1 });
  },
);

test("a second without a bar is not missing", async () => {
  await store("D", [bar(0, 2), bar(1, 3)], 1_000);
  expect(await stored("D", 1_000)).toHaveLength(2);
  expect(await stored("D")).toEqual([]);
  expect(await series("D", 1_000)).toMatchObject({ bars: 2, missing: 0, gaps: [] });
});

test("bars of several instruments and intervals go in at once", async () => {
  const pool = context.database.pool;
  await inTransaction(pool, (client) =>
    storeVenueBars(client, [
      { instrumentId: idOf("E"), intervalMs: MINUTE_MS, bars: [bar(0, 2)] },
      { instrumentId: idOf("E"), intervalMs: 1_000, bars: [bar(0, 2), bar(3, 4)] },
      { instrumentId: idOf("A"), intervalMs: 5 * MINUTE_MS, bars: [bar(0, 2)] },
      { instrumentId: idOf("A"), intervalMs: 15 * MINUTE_MS, bars: [] },
    ]),
  );
  expect(await stored("E")).toHaveLength(1);
  expect(await stored("E", 1_000)).toHaveLength(2);
  expect(await stored("A", 5 * MINUTE_MS)).toHaveLength(1);
  expect(await series("A", 15 * MINUTE_MS)).toBeUndefined();
});

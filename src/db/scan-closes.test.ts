import { afterAll, beforeAll, expect, test } from "vitest";
import { barsBetween, writeBars } from "./bars.ts";
import { closesBetween } from "./scan-closes.ts";
import { createTestDatabase, type TestDatabase } from "./test-database.test-support.ts";
import { inSnapshot, inTransaction } from "./transaction.ts";

let subject: TestDatabase;
let seriesIds: number[];

/** Times beyond 32 bits, so that both halves of a stored time count. */
const START_MS = Date.UTC(2024, 0, 1);

beforeAll(async () => {
  subject = await createTestDatabase();
  const { pool } = subject.database;
  await pool.query(
    "INSERT INTO instrument (venue, symbol) SELECT 'upload', 'S' || i FROM generate_series(1, 3) i",
  );
  const { rows } = await pool.query<{ id: number }>(
    `INSERT INTO bar_series (instrument_id, interval_ms, first_open_time_ms, last_open_time_ms,
                             bar_count, missing_count, content_hash)
     SELECT id, 1000, 0, 0, 0, 0, '' FROM instrument WHERE venue = 'upload' RETURNING id`,
  );
  seriesIds = rows.map(({ id }) => id);
  // More bars than one piece of COPY data holds, and a series of few and one of none.
  for (const [i, count] of [9_000, 7].entries()) {
    const openTimeMs = Float64Array.from({ length: count }, (_, t) => START_MS + 1000 * t);
    const close = openTimeMs.map((_, t) => 1 / 3 + t * (i + 1));
    const none = new Float64Array(count).fill(Number.NaN);
    const bars = { openTimeMs, open: none, high: none, low: none, close, volume: none };
    await inTransaction(pool, (client) =>
      writeBars(client, seriesIds[i] ?? 0, bars, { isNew: true }),
    );
  }
});
afterAll(() => subject.drop());

test.each([
  { name: "all time", startMs: 0, endMs: Number.MAX_SAFE_INTEGER, found: 2 },
  { name: "a part", startMs: START_MS + 3000, endMs: START_MS + 8_000_000, found: 2 },
  {
    name: "a part that one series has",
    startMs: START_MS + 20_000,
    endMs: START_MS + 30_000,
    found: 1,
  },
  { name: "before all bars", startMs: 0, endMs: START_MS, found: 0 },
])("closes of many series are those of each: $name", async ({ startMs, endMs, found }) => {
  const window = { startMs, endMs };
  const closes = await inSnapshot(subject.database.pool, (client) =>
    closesBetween(client, seriesIds, window),
  );
  expect(closes.size).toBe(found);
  for (const [seriesId, { openTimeMs, close }] of closes) {
    const bars = await barsBetween(subject.database, seriesId, window);
    expect(openTimeMs).toEqual(bars.openTimeMs);
    expect(close).toEqual(bars.close);
  }
});

test("seconds of a venue are found beside other series", async () => {
  const { pool } = subject.database;
  await pool.query(
    `CREATE TABLE second_bar_test PARTITION OF second_bar
     FOR VALUES FROM (${START_MS}) TO (${START_MS + 60_000})`,
  );
  const { rows } = await pool.query<{ id: number }>(
    `WITH venue AS (INSERT INTO instrument (venue, market, symbol)
       VALUES ('simulated', 'spot', 'AAA') RETURNING id)
     INSERT INTO bar_series (instrument_id, interval_ms, first_open_time_ms, last_open_time_ms,
       bar_count, missing_count, content_hash)
     SELECT id, 1000, 0, 0, 0, 0, '' FROM venue RETURNING id`,
  );
  const venueId = rows[0]?.id ?? 0;
  await pool.query(
    "INSERT INTO second_bar (series_id, open_time_ms, close) SELECT $1, $2::bigint + i * 1000, i FROM generate_series(0, 4) i",
    [venueId, START_MS],
  );
  const window = { startMs: START_MS + 1_000, endMs: START_MS + 3_000 };
  const closes = await inSnapshot(pool, (client) =>
    closesBetween(client, [...seriesIds, venueId], window),
  );
  expect([...(closes.get(venueId)?.close ?? [])]).toEqual([1, 2]);
  expect(closes.size).toBe(3);
});

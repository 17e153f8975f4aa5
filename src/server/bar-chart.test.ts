import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { barBuckets } from "#db/bar-buckets.ts";
import { seriesDetail } from "#db/instruments.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.test-support.ts";
import { barChart, bucketChart, EXACT_BARS_MAX } from "./bar-chart.ts";
import { createPerson, createWorld, START_MS } from "./world.test-support.ts";

const MINUTE_MS = 60_000;
const BARS = EXACT_BARS_MAX + 10_000;
const SPIKE_BAR = 41_234;
const END_MS = START_MS + BARS * MINUTE_MS;

let subject: TestDatabase;
let workspaceId: string;
let seriesId: number;
beforeAll(async () => {
  subject = await createTestDatabase();
  const { pool } = subject.database;
  const world = await createWorld(subject.database, await createPerson(subject.database));
  workspaceId = world.workspaceId;
  const { rows } = await pool.query<{ id: number }>(
    `insert into bar_series (instrument_id, interval_ms, first_open_time_ms, last_open_time_ms,
                             bar_count, missing_count, content_hash)
     values ($1, $2, $3, $4, $5, 0, '') returning id`,
    [world.instrumentY, MINUTE_MS, START_MS, END_MS - MINUTE_MS, BARS],
  );
  seriesId = rows[0]?.id ?? 0;
  await pool.query(
    `insert into bar (series_id, open_time_ms, close, volume)
     select $1, $2::bigint + i * 60000::bigint, case when i = $4 then 900 else 100 + i % 7 end, null
       from generate_series(0, $3::int - 1) i where i not between 20000 and 22999`,
    [seriesId, START_MS, BARS, SPIKE_BAR],
  );
});
afterAll(() => subject.drop());

async function chart(window: { startMs: number; endMs: number } | null, points = 600) {
  const series = await seriesDetail(subject.database, workspaceId, seriesId);
  if (series === null) throw new Error("the series is there");
  return barChart(subject.database, series, { window, points });
}

test("regression: the chart of a long series read every bar of it", async () => {
  const whole = await chart(null);
  const { steps = [], values = [] } = whole.lines["close"] ?? {};
  expect(whole).toMatchObject({ startMs: START_MS, endMs: END_MS, full: false });
  expect(values.length).toBeLessThanOrEqual(600);
  expect(Math.max(...values.map((value) => value ?? 0))).toBe(900);
  const bucketBars = Math.ceil(BARS / 200);
  const at = steps[values.indexOf(900)] ?? 0;
  expect(Math.abs(at - SPIKE_BAR)).toBeLessThan(bucketBars);
  expect(steps).toEqual(steps.toSorted((a, b) => a - b));
  const window = { startMs: START_MS, endMs: END_MS };
  const rows = await barBuckets(subject.database.pool, seriesId, window, 300 * MINUTE_MS);
  expect(rows.length).toBeLessThanOrEqual(BARS / 300);
});

test("a long span breaks where bars are missing", async () => {
  const { values = [], steps = [] } = (await chart(null)).lines["close"] ?? {};
  expect(values.filter((value) => value === null)).toHaveLength(1);
  expect(steps[values.indexOf(null)]).toBe(20_000);
});

test("a zoom is exact", async () => {
  const startMs = START_MS + (SPIKE_BAR - 2) * MINUTE_MS;
  const zoom = await chart({ startMs, endMs: startMs + 5 * MINUTE_MS });
  expect(zoom.full).toBe(true);
  expect(zoom.lines["close"]?.steps).toEqual([0, 1, 2, 3, 4]);
  expect(zoom.lines["close"]?.values[2]).toBe(900);
});

test("a window outside of the series is an empty chart", async () => {
  const empty = await chart({ startMs: END_MS + MINUTE_MS, endMs: END_MS + 2 * MINUTE_MS });
  expect(empty.lines["close"]).toEqual({ steps: [], values: [] });
});

test("a drawn bar says how it came about, where that is known", async () => {
  const window = { startMs: START_MS, endMs: START_MS + 4 * MINUTE_MS };
  expect((await chart(window)).origins).toBeNull();
  await subject.database.pool.query(
    `update bar set provenance = 2, trade_count = 40, late_count = 1, backfilled_count = 3
      where series_id = $1 and open_time_ms = $2`,
    [seriesId, START_MS + 2 * MINUTE_MS],
  );
  expect((await chart(window)).origins).toEqual({
    steps: [0, 1, 2, 3],
    provenance: [null, null, 2, null],
    tradeCount: [null, null, 40, null],
    lateCount: [null, null, 1, null],
    backfilledCount: [null, null, 3, null],
  });
  const drawn = await chart({ startMs: START_MS, endMs: START_MS + 10_000 * MINUTE_MS }, 300);
  expect(drawn.full).toBe(false);
  expect(drawn.origins?.steps).toEqual(drawn.lines["close"]?.steps);
});

describe("a bucket", () => {
  const bucket = { firstMs: 0, lastMs: 4, volumeMin: null, volumeMax: null };
  const series = { intervalMs: 1, calendar: "continuous" } as const;

  test("draws first what is nearer to where the line comes from", () => {
    const { lines } = bucketChart(
      [
        { ...bucket, closeMin: 1, closeMax: 2 },
        { ...bucket, firstMs: 5, lastMs: 9, closeMin: 1, closeMax: 3 },
      ],
      series,
    );
    expect(lines["close"]).toEqual({ steps: [0, 4, 5, 9], values: [1, 2, 1, 3] });
  });

  test("of one bar is one point, and of none at all a gap", () => {
    const { lines } = bucketChart(
      [
        { ...bucket, lastMs: 0, closeMin: 1, closeMax: 1 },
        { ...bucket, firstMs: 10, lastMs: 10, closeMin: 2, closeMax: 2 },
      ],
      series,
    );
    expect(lines["close"]).toEqual({ steps: [0, 1, 10], values: [1, null, 2] });
    expect(lines["volume"]?.values).toEqual([null, null, null]);
  });
});

import { afterAll, beforeAll, expect, test } from "vitest";
import { BAR_PROVENANCE_CODES } from "#contracts/bar-provenance.ts";
import { TickerRequest } from "#contracts/ticker.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.test-support.ts";
import { simpleMovingAverage } from "#quant/indicators/simple-moving-average.ts";
import { tickerChart } from "./ticker-chart.ts";
import { createPerson } from "./world.test-support.ts";

const MINUTE_MS = 60_000;
/** Bars 0 … 39, without 20. */
const MINUTES = Array.from({ length: 40 }, (_, index) => index).filter((index) => index !== 20);
const close = (minute: number) => 100 + minute * (minute % 3);

let world: TestDatabase;
let workspaceId: string;
let instrumentId: number;

beforeAll(async () => {
  world = await createTestDatabase();
  ({ workspaceId } = await createPerson(world.database));
  const { pool } = world.database;
  const instrument = await pool.query<{ id: number }>(
    `INSERT INTO instrument (venue, market, symbol) VALUES ('simulated', 'spot', 'ETHUSDT')
     RETURNING id`,
  );
  instrumentId = instrument.rows[0]?.id ?? 0;
  const series = await pool.query<{ id: number }>(
    `INSERT INTO bar_series (instrument_id, interval_ms, first_open_time_ms, last_open_time_ms,
       bar_count, missing_count, content_hash) VALUES ($1, $2, 0, $3, $4, 1, '') RETURNING id`,
    [instrumentId, MINUTE_MS, 39 * MINUTE_MS, MINUTES.length],
  );
  for (const minute of MINUTES) {
    const price = close(minute);
    await pool.query(
      `INSERT INTO bar (series_id, open_time_ms, open, high, low, close, volume, provenance,
         trade_count) VALUES ($1, $2, $3, $4, $5, $3, 1, $6, 7)`,
      [
        series.rows[0]?.id,
        minute * MINUTE_MS,
        price,
        price + 1,
        price - 1,
        minute === 39 ? BAR_PROVENANCE_CODES.partial : BAR_PROVENANCE_CODES.complete,
      ],
    );
  }
});
afterAll(() => world.drop());

const ask = (indicators: TickerRequest["indicators"], bars = 20) =>
  tickerChart(
    world.database,
    workspaceId,
    TickerRequest.parse({ instrumentId, intervalMs: MINUTE_MS, bars, indicators }),
  );

test("the newest bars come with how each came about", async () => {
  const ticker = await ask([]);
  expect(ticker?.openTimeMs).toHaveLength(20);
  expect(ticker?.openTimeMs.at(-1)).toBe(39 * MINUTE_MS);
  expect(ticker?.provenance.slice(-2)).toEqual(["complete", "partial"]);
  expect(ticker?.tradeCount.at(-1)).toBe(7);
  expect(ticker?.intervalsMs).toEqual([MINUTE_MS]);
});

test("an indicator begins before the first bar that is drawn", async () => {
  const ticker = await ask([{ kind: "sma", periodBars: 10 }], 20);
  const expected = simpleMovingAverage(Float64Array.from(MINUTES.map(close)), 10);
  const drawn = ticker?.chart.lines["sma-10"]?.values.filter((value) => value !== null);
  expect(drawn?.at(0)).toBeCloseTo(expected.at(-20) ?? 0, 6);
  expect(drawn?.at(-1)).toBeCloseTo(expected.at(-1) ?? 0, 6);
});

test("a bar that is missing is a gap in every line", async () => {
  const ticker = await ask([{ kind: "sma", periodBars: 2 }], 39);
  for (const line of Object.values(ticker?.chart.lines ?? {})) {
    expect(line.values[line.steps.indexOf(20)]).toBeNull();
  }
});

test("an instrument without bars of the interval has no chart", async () => {
  const request = TickerRequest.parse({ instrumentId, intervalMs: 3_600_000 });
  expect(await tickerChart(world.database, workspaceId, request)).toBeNull();
});

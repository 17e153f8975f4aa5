import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { barBuckets } from "./bar-buckets.ts";
import { CopiedBars } from "./bar-copy.ts";
import {
  type BarOrigins,
  type Bars,
  barCountBetween,
  barsBetween,
  barsWithOriginsBetween,
  contentHash,
  writeBars,
} from "./bars.ts";
import { seriesToFill } from "./instruments.ts";
import { createTestDatabase, type TestDatabase } from "./test-database.test-support.ts";
import { inTransaction } from "./transaction.ts";

let context: TestDatabase;

beforeAll(async () => {
  context = await createTestDatabase();
});

afterAll(() => context.drop());

let seriesCount = 0;

/** A series with these bars, one part after the other. */
async function stored(...parts: readonly Bars[]): Promise<number> {
  const symbol = `S${seriesCount++}`;
  let id = 0;
  for (const [i, bars] of parts.entries()) {
    id = await inTransaction(context.database.pool, async (client) => {
      const instrument = { workspaceId: null, venue: "demo", symbol, name: "", group: "" } as const;
      const { seriesId } = await seriesToFill(client, instrument, {
        intervalMs: 1_000,
        closeOnly: false,
      });
      await writeBars(client, seriesId, bars, { isNew: i === 0 });
      return seriesId;
    });
  }
  return id;
}

/** Bars whose values are anything that a double can be, at whole seconds. */
const anyBars: fc.Arbitrary<Bars> = fc
  .array(fc.tuple(fc.double(), fc.double(), fc.double(), fc.double({ noNaN: true }), fc.double()), {
    maxLength: 60,
  })
  .map((rows) => {
    const column = (index: 0 | 1 | 2 | 3 | 4) => Float64Array.from(rows, (row) => row[index]);
    return {
      openTimeMs: Float64Array.from(rows, (_, i) => 1_700_000_000_000 + i * 1_000),
      open: column(0),
      high: column(1),
      low: column(2),
      close: column(3),
      volume: column(4),
    };
  });

test("bars come back to the bit, missing values and all", async () => {
  await fc.assert(
    fc.asyncProperty(anyBars, async (bars) => {
      const read = await barsBetween(context.database, await stored(bars));
      expect(read).toEqual(bars);
      expect(contentHash(read)).toBe(contentHash(bars));
    }),
    { numRuns: 20 },
  );
});

function flatBars(first: number, count: number, close: number): Bars {
  const filled = (value: number) => new Float64Array(count).fill(value);
  return {
    openTimeMs: Float64Array.from({ length: count }, (_, i) => (first + i) * 1_000),
    open: filled(close),
    high: filled(close),
    low: filled(close),
    close: filled(close),
    volume: filled(Number.NaN),
  };
}

test("a window is half-open, and its bars are counted alike", async () => {
  const id = await stored(flatBars(10, 20, 1));
  const window = { startMs: 12_000, endMs: 15_000 };
  const bars = await barsBetween(context.database, id, window);
  expect([...bars.openTimeMs]).toEqual([12_000, 13_000, 14_000]);
  expect(await barCountBetween(context.database.pool, id, window)).toBe(3);
});

test("a second write replaces what it covers and leaves the rest", async () => {
  const id = await stored(flatBars(0, 10, 1), flatBars(8, 5, 2));
  const { close } = await barsBetween(context.database, id);
  expect([...close]).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2]);
});

test("a write of many pieces loses no bar", async () => {
  const id = await stored(flatBars(0, 12_345, 3));
  const { openTimeMs } = await barsBetween(context.database, id);
  expect(openTimeMs).toHaveLength(12_345);
  expect(openTimeMs.at(-1)).toBe(12_344_000);
});

test("a write that is stopped half-way leaves nothing, and its connection is of use again", async () => {
  const { pool } = context.database;
  const controller = new AbortController();
  const stopped = inTransaction(pool, async (client) => {
    const instrument = {
      workspaceId: null,
      venue: "demo",
      symbol: "CUT",
      name: "",
      group: "",
    } as const;
    const { seriesId } = await seriesToFill(client, instrument, {
      intervalMs: 1_000,
      closeOnly: false,
    });
    await writeBars(client, seriesId, flatBars(0, 200_000, 1), {
      isNew: true,
      signal: controller.signal,
      onProgress: (fraction) => {
        if (fraction > 0.3) controller.abort(new Error("stopped"));
      },
    });
  });
  await expect(stopped).rejects.toThrow();
  const { rows } = await pool.query("SELECT id FROM instrument WHERE symbol = 'CUT'");
  expect(rows).toEqual([]);
});

test("the content hash changes with any value", () => {
  const hashes = [flatBars(0, 3, 1), flatBars(1, 3, 1), flatBars(0, 3, 2), flatBars(0, 4, 1)].map(
    contentHash,
  );
  expect(new Set(hashes).size).toBe(4);
});

test("COPY data may be cut anywhere", () => {
  const header = Buffer.concat([Buffer.from("PGCOPY\n\xff\r\n\0", "latin1"), Buffer.alloc(8)]);
  const row = Buffer.alloc(2 + 6 * 12);
  row.writeInt16BE(6);
  for (let i = 0; i < 6; i++) row.writeInt32BE(8, 2 + i * 12);
  row.writeBigInt64BE(5_000n, 6);
  row.writeDoubleBE(1.5, 2 + 4 * 12 + 4);
  const data = Buffer.concat([header, row, row, Buffer.from([0xff, 0xff])]);
  for (let size = 1; size < data.length; size++) {
    const copied = new CopiedBars();
    for (let at = 0; at < data.length; at += size) copied.push(data.subarray(at, at + size));
    const bars = copied.finish();
    expect([...bars.openTimeMs]).toEqual([5_000, 5_000]);
    expect([...bars.close]).toEqual([1.5, 1.5]);
  }
});

const ALWAYS = { startMs: 0, endMs: Number.MAX_SAFE_INTEGER };

test("how bars came about is stored with them, and forgotten when they are replaced", async () => {
  const bars = flatBars(0, 3, 5);
  const origins: BarOrigins = {
    provenance: Float64Array.of(3, Number.NaN, 1),
    tradeCount: Float64Array.of(7, 70_000, 2_000_000),
    lateCount: Float64Array.of(0, Number.NaN, 1),
    backfilledCount: Float64Array.of(1, 2, 3),
  };
  const none = new Float64Array(3).fill(Number.NaN);
  const id = await stored(flatBars(0, 0, 0));
  const read = () => barsWithOriginsBetween(context.database, id, ALWAYS);
  const write = (isNew: boolean, known: BarOrigins | null) =>
    inTransaction(context.database.pool, (client) =>
      writeBars(client, id, bars, { isNew, origins: known }),
    );
  await write(true, origins);
  expect(await read()).toEqual({ bars, origins });
  await write(false, null);
  expect(await read()).toEqual({
    bars,
    origins: { provenance: none, tradeCount: none, lateCount: none, backfilledCount: none },
  });
  await write(false, origins);
  expect((await read()).origins).toEqual(origins);
});

test("seconds of a venue are read from where they are kept, other bars from where they were", async () => {
  const { pool } = context.database;
  const [startMs, endMs] = [1_700_000_000_000, 1_700_000_100_000];
  await pool.query(
    `CREATE TABLE second_bar_test PARTITION OF second_bar FOR VALUES FROM (${startMs}) TO (${endMs})`,
  );
  const { rows } = await pool.query<{ id: number }>(
    `WITH venue AS (INSERT INTO instrument (venue, market, symbol)
       VALUES ('simulated', 'spot', 'AAA') RETURNING id)
     INSERT INTO bar_series (instrument_id, interval_ms, first_open_time_ms, last_open_time_ms,
       bar_count, missing_count, content_hash)
     SELECT id, ms, 0, 0, 0, 0, '' FROM venue, unnest(ARRAY[1000, 60000]) ms RETURNING id`,
  );
  const [seconds = 0, minutes = 0] = rows.map(({ id }) => id);
  for (const [table, id] of [
    ["second_bar", seconds],
    ["bar", minutes],
  ] as const) {
    await pool.query(
      `INSERT INTO ${table} (series_id, open_time_ms, close, provenance, trade_count)
       SELECT $1, $2::bigint + i * 1000, i, 1, 4 FROM generate_series(0, 9) i`,
      [id, startMs],
    );
  }
  for (const id of [seconds, minutes]) {
    const window = { startMs: startMs + 2_000, endMs: startMs + 6_000 };
    expect([...(await barsBetween(context.database, id, window)).close]).toEqual([2, 3, 4, 5]);
    const { origins } = await barsWithOriginsBetween(context.database, id, window);
    expect([...origins.tradeCount]).toEqual([4, 4, 4, 4]);
    expect(await barCountBetween(pool, id, window)).toBe(4);
    expect(await barBuckets(pool, id, window, 2_000)).toMatchObject([
      { closeMin: 2, closeMax: 3 },
      { closeMin: 4, closeMax: 5 },
    ]);
  }
});

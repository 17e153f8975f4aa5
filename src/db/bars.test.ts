import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { CopiedBars } from "./bar-copy.ts";
import { type Bars, barCountBetween, barsBetween, contentHash, writeBars } from "./bars.ts";
import { seriesToFill } from "./instruments.ts";
import { createTestDatabase, type TestDatabase } from "./test-database.test-support.ts";
import { inTransaction } from "./transaction.ts";

let context: TestDatabase;

beforeAll(async () => {
  context = await createTestDatabase();
});

afterAll(() => context.drop());

let seriesCount = 0;

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

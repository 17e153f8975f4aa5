import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addTrade } from "./add-trade.ts";
import { arbitraryTrades } from "./arbitrary-trades.test-support.ts";
import { barsFromTrades } from "./bars-from-trades.ts";
import { rollUpBars } from "./roll-up-bars.ts";
import type { BarTrade, TradeBar } from "./trade-bar.ts";

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

function tradeAt(id: number, timeMs: number, change: Partial<BarTrade> = {}): BarTrade {
  return { id, timeMs, price: 10, quantity: 1, late: false, backfilled: false, ...change };
}

/** What barsFromTrades does, a trade at a time. */
function barsOneByOne(trades: readonly BarTrade[], intervalMs: number): TradeBar[] {
  const bars = new Map<number, TradeBar>();
  for (const trade of trades) {
    const key = Math.floor(trade.timeMs / intervalMs);
    bars.set(key, addTrade(bars.get(key) ?? null, trade, intervalMs));
  }
  return [...bars.values()].sort((a, b) => a.openTimeMs - b.openTimeMs);
}

describe("barsFromTrades", () => {
  test("the first id opens, the last closes, extremes and sums are over all", () => {
    const trades = [
      tradeAt(1, 1_000, { price: 11, quantity: 0.1 }),
      tradeAt(2, 1_400, { price: 13, quantity: 0.2, late: true }),
      tradeAt(3, 1_999, { price: 9, quantity: 0.3, backfilled: true }),
    ];
    expect(barsFromTrades(trades, SECOND_MS)).toEqual([
      {
        openTimeMs: 1_000,
        open: 11,
        high: 13,
        low: 9,
        close: 9,
        volume: 0.6,
        tradeCount: 3,
        lateCount: 1,
        backfilledCount: 1,
        firstId: 1,
        lastId: 3,
      },
    ]);
  });

  test("a second without trades is no bar", () => {
    const bars = barsFromTrades([tradeAt(1, 0), tradeAt(2, 999), tradeAt(3, 3_000)], SECOND_MS);
    expect(bars.map(({ openTimeMs }) => openTimeMs)).toEqual([0, 3_000]);
  });

  test("a bar takes its first millisecond and not its last", () => {
    const bars = barsFromTrades(
      [tradeAt(1, 60_000), tradeAt(2, 119_999), tradeAt(3, 120_000)],
      MINUTE_MS,
    );
    expect(bars.map(({ openTimeMs, tradeCount }) => [openTimeMs, tradeCount])).toEqual([
      [60_000, 2],
      [120_000, 1],
    ]);
  });

  test("of trades in one millisecond the ids decide which is first", () => {
    const trades = [
      tradeAt(8, 5, { price: 3 }),
      tradeAt(7, 5, { price: 2 }),
      tradeAt(9, 5, { price: 1 }),
    ];
    expect(barsFromTrades(trades, SECOND_MS)).toMatchObject([{ open: 2, close: 1 }]);
  });

  test("times before 1970 and an empty list are no special case", () => {
    expect(barsFromTrades([tradeAt(1, -1)], DAY_MS)).toMatchObject([{ openTimeMs: -DAY_MS }]);
    expect(barsFromTrades([], SECOND_MS)).toEqual([]);
  });

  test.each([
    { name: "an interval of nothing", trade: tradeAt(1, 0), intervalMs: 0 },
    { name: "half a millisecond", trade: tradeAt(1, 0), intervalMs: 0.5 },
    { name: "a time that is no number", trade: tradeAt(1, Number.NaN), intervalMs: 1 },
  ])("refuses $name", ({ trade, intervalMs }) => {
    expect(() => barsFromTrades([trade], intervalMs)).toThrow("openTime requires");
  });

  test("one object with changing values may be handed over", () => {
    function* reused(): Generator<BarTrade> {
      const trade = { ...tradeAt(0, 0) };
      for (let i = 0; i < 5; i++)
        yield Object.assign(trade, { id: i, timeMs: i * 400, price: 5 + i });
    }
    expect(barsFromTrades(reused(), SECOND_MS)).toMatchObject([
      { open: 5, close: 7, tradeCount: 3 },
      { open: 8, close: 9, tradeCount: 2 },
    ]);
  });

  test("the order in which trades come changes nothing", () => {
    const shuffled = arbitraryTrades.chain((trades) =>
      fc.tuple(
        fc.constant(trades),
        fc.shuffledSubarray(trades, { minLength: trades.length, maxLength: trades.length }),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([sorted, mixed]) => {
        expect(barsFromTrades(mixed, SECOND_MS)).toEqual(barsFromTrades(sorted, SECOND_MS));
      }),
    );
  });

  test("a trade at a time gives what all at once give", () => {
    fc.assert(
      fc.property(arbitraryTrades, (trades) => {
        expect(barsOneByOne(trades, SECOND_MS)).toEqual(barsFromTrades(trades, SECOND_MS));
      }),
    );
  });

  test("bars of bars are bars of the trades", () => {
    fc.assert(
      fc.property(arbitraryTrades, (trades) => {
        const seconds = barsFromTrades(trades, SECOND_MS);
        const minutes = barsFromTrades(trades, MINUTE_MS);
        expect(rollUpBars(seconds, MINUTE_MS)).toEqual(minutes);
        expect(rollUpBars([...seconds].reverse(), MINUTE_MS)).toEqual(minutes);
        expect(rollUpBars(minutes, DAY_MS)).toEqual(barsFromTrades(trades, DAY_MS));
        expect(rollUpBars(seconds, SECOND_MS)).toEqual(seconds);
      }),
    );
  });

  test("every bar lies within its trades, and none is lost", () => {
    fc.assert(
      fc.property(arbitraryTrades, (trades) => {
        const bars = barsFromTrades(trades, MINUTE_MS);
        for (const bar of bars) {
          const own = trades.filter(
            ({ timeMs }) => timeMs >= bar.openTimeMs && timeMs < bar.openTimeMs + MINUTE_MS,
          );
          expect(bar.tradeCount).toBe(own.length);
          expect(bar.high).toBe(Math.max(...own.map(({ price }) => price)));
          expect(bar.low).toBe(Math.min(...own.map(({ price }) => price)));
          expect(bar.volume).toBe(
            own.reduce((units, { quantity }) => units + Math.round(quantity * 1e8), 0) / 1e8,
          );
          expect([bar.open, bar.close]).toEqual([own[0]?.price, own.at(-1)?.price]);
        }
        expect(bars.reduce((count, bar) => count + bar.tradeCount, 0)).toBe(trades.length);
      }),
    );
  });
});

describe("addTrade", () => {
  test("leaves the bar it is given as it was", () => {
    const bar = addTrade(null, tradeAt(1, 0), SECOND_MS);
    const before = { ...bar };
    addTrade(bar, tradeAt(2, 1, { price: 99 }), SECOND_MS);
    expect(bar).toEqual(before);
  });

  test("refuses a trade of another bar", () => {
    const bar = addTrade(null, tradeAt(1, 0), SECOND_MS);
    expect(() => addTrade(bar, tradeAt(2, 1_000), SECOND_MS)).toThrow("bar's interval");
  });
});

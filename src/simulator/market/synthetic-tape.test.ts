import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Bar } from "./bar.ts";
import { DAY_MS, EPOCH_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from "./calendar.ts";
import { INSTRUMENT_PLANS } from "./instrument-plan.ts";
import { createPriceFactors } from "./price-factors.ts";
import { SyntheticTape } from "./synthetic-tape.ts";
import { TradeColumns } from "./trade-columns.ts";

const PLANS = [
  ...INSTRUMENT_PLANS.filter(({ symbol }) => ["BTCUSDT", "SHIBUSDT"].includes(symbol)),
];

const FACTORS = [5, 6].map((seed) => createPriceFactors(seed));

function tapeOf(plan = PLANS[0], { seed = 5, tradesPerSecond = 2 } = {}): SyntheticTape {
  if (plan === undefined) throw new Error("The plans are gone");
  return new SyntheticTape(plan, {
    seed,
    factors: FACTORS[seed - 5] ?? createPriceFactors(seed),
    tradesPerSecond,
  });
}

function tradesOf(tape: SyntheticTape, fromMs: number, toMs: number) {
  const trades = new TradeColumns();
  tape.collect(fromMs, toMs, trades);
  return rowsOf(trades);
}

function rowsOf(trades: TradeColumns) {
  return Array.from({ length: trades.count }, (_, i) => ({
    id: trades.firstId + i,
    price: trades.priceTicks[i] ?? 0,
    lots: trades.lots[i] ?? 0,
    timeMs: trades.timeMs[i] ?? 0,
    isSell: trades.isSell[i] === 1,
  }));
}

function barOf(tape: SyntheticTape, fromMs: number, toMs: number): Bar {
  const bar = new Bar();
  bar.reset(tape.firstIdAt(fromMs));
  tape.addBar(fromMs, toMs, bar);
  return bar;
}

/** The bar, computed from nothing but the trades, with sums in whole numbers of any size. */
function barOfTrades(tape: SyntheticTape, fromMs: number, toMs: number) {
  const rows = tradesOf(tape, fromMs, toMs);
  const prices = rows.map(({ price }) => price);
  const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
  const quoteOf = (some: typeof rows) =>
    some.reduce((total, { price, lots }) => total + BigInt(price) * BigInt(lots), 0n);
  const taken = rows.filter(({ isSell }) => !isSell);
  return {
    count: rows.length,
    open: prices[0],
    high: prices.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY),
    low: prices.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY),
    close: prices.at(-1),
    lots: sum(rows.map(({ lots }) => lots)),
    takerLots: sum(taken.map(({ lots }) => lots)),
    quote: quoteOf(rows),
    takerQuote: quoteOf(taken),
  };
}

function expectBarOfItsTrades(tape: SyntheticTape, fromMs: number, toMs: number): void {
  const expected = barOfTrades(tape, fromMs, toMs);
  const bar = barOf(tape, fromMs, toMs);
  const { count, open, high, low, close, lots, takerLots, quote, takerQuote } = bar;
  if (expected.count === 0) {
    expect(count).toBe(0);
    return;
  }
  expect({ count, open, high, low, close, lots, takerLots, quote, takerQuote }).toEqual(expected);
}

/** Some second between 2020 and 2030. */
const moment = fc
  .integer({ min: 0, max: (10 * 365 * DAY_MS) / SECOND_MS })
  .map((second) => EPOCH_MS + second * SECOND_MS);

describe("SyntheticTape", () => {
  test.each(PLANS)("bars of any span equal the sum of their trades ($market $symbol)", (plan) => {
    const tape = tapeOf(plan);
    fc.assert(
      fc.property(moment, fc.integer({ min: 1, max: 5_000_000 }), (fromMs, lengthMs) => {
        expectBarOfItsTrades(tape, fromMs, fromMs + lengthMs);
      }),
      { numRuns: 12 },
    );
  });

  test("a day is its hours, an hour its minutes, a minute its seconds", () => {
    const tape = tapeOf();
    const dayMs = Date.UTC(2024, 4, 17);
    const levels = [
      { fromMs: dayMs, lengthMs: DAY_MS, partMs: HOUR_MS },
      { fromMs: dayMs + 15 * HOUR_MS, lengthMs: HOUR_MS, partMs: MINUTE_MS },
      { fromMs: dayMs + 1_000 * MINUTE_MS, lengthMs: MINUTE_MS, partMs: SECOND_MS },
    ];
    for (const { fromMs, lengthMs, partMs } of levels) {
      const sum = new Bar();
      sum.reset(tape.firstIdAt(fromMs));
      for (let at = fromMs; at < fromMs + lengthMs; at += partMs)
        sum.addBar(barOf(tape, at, at + partMs));
      const whole = barOf(tape, fromMs, fromMs + lengthMs);
      expect({ ...sum, quote: sum.quote }).toEqual({ ...whole, quote: whole.quote });
      expect(whole.count).toBeGreaterThan(0);
    }
  });

  test("ids follow each other without a gap, times do not fall, raw ids join", () => {
    const tape = tapeOf();
    fc.assert(
      fc.property(moment, (fromMs) => {
        const rows = tradesOf(tape, fromMs, fromMs + 3 * MINUTE_MS);
        rows.forEach((row, i) => {
          const before = rows[i - 1];
          if (before === undefined) return;
          expect(row.id).toBe(before.id + 1);
          expect(row.timeMs).toBeGreaterThanOrEqual(before.timeMs);
          expect(tape.rawFirst(row.id)).toBe(tape.rawLast(before.id) + 1);
          expect(row.lots).toBeGreaterThanOrEqual(tape.rawLast(row.id) - tape.rawFirst(row.id) + 1);
        });
        expect(tape.firstIdAt(fromMs + 3 * MINUTE_MS)).toBe(tape.firstIdAt(fromMs) + rows.length);
      }),
      { numRuns: 12 },
    );
  });

  test("trades found by id are those found by time", () => {
    const tape = tapeOf();
    fc.assert(
      fc.property(moment, fc.integer({ min: 1, max: 500 }), (fromMs, limit) => {
        const byTime = tradesOf(tape, fromMs + 137, fromMs + 10 * MINUTE_MS).slice(0, limit);
        const byId = new TradeColumns();
        const id = tape.firstIdAt(fromMs + 137);
        tape.collectFrom(id, limit, fromMs + 10 * MINUTE_MS, byId);
        expect(rowsOf(byId)).toEqual(byTime);
        for (const { id: each } of byTime.slice(0, 20)) {
          expect(tape.aggregateOf(tape.rawFirst(each))).toBe(each);
          expect(tape.aggregateOf(tape.rawLast(each))).toBe(each);
        }
      }),
      { numRuns: 12 },
    );
  });

  test("the same seed gives the same trades in any order of asking, another seed others", () => {
    const fromMs = Date.UTC(2026, 10, 30, 3);
    const first = tapeOf();
    const early = tradesOf(first, fromMs, fromMs + MINUTE_MS);
    tradesOf(first, fromMs - 900 * DAY_MS, fromMs - 900 * DAY_MS + MINUTE_MS);
    expect(tradesOf(first, fromMs, fromMs + MINUTE_MS)).toEqual(early);
    expect(tradesOf(tapeOf(), fromMs, fromMs + MINUTE_MS)).toEqual(early);
    const other = tapeOf(PLANS[0], { seed: 6 });
    expect(tradesOf(other, fromMs, fromMs + MINUTE_MS)).not.toEqual(early);
  });

  test("the rate is what was asked for, over a week", () => {
    const tape = tapeOf(PLANS[0], { tradesPerSecond: 3 });
    const fromMs = Date.UTC(2025, 2, 3);
    const weekMs = 7 * DAY_MS;
    const trades = tape.firstIdAt(fromMs + weekMs) - tape.firstIdAt(fromMs);
    expect(trades / (weekMs / SECOND_MS)).toBeGreaterThan(2);
    expect(trades / (weekMs / SECOND_MS)).toBeLessThan(4.5);
  });

  test("before the market opened there is nothing", () => {
    const tape = tapeOf();
    expect(tradesOf(tape, EPOCH_MS - DAY_MS, EPOCH_MS)).toEqual([]);
    expect(tape.firstIdAt(EPOCH_MS - DAY_MS)).toBe(tape.oldestId);
    expect(tape.isClosed(EPOCH_MS - DAY_MS, EPOCH_MS)).toBe(true);
  });
});

describe("changes of trading", () => {
  const fromMs = Date.UTC(2026, 0, 7, 12);
  const secondOf = (timeMs: number) => (timeMs - EPOCH_MS) / SECOND_MS;
  const changed = () => {
    const tape = tapeOf();
    const at = secondOf(fromMs);
    tape.activity.change({ fromSecond: at + 95, extraPerSecond: 40.5, isHalted: false });
    tape.activity.change({ fromSecond: at + 260, extraPerSecond: 40.5, isHalted: true });
    tape.activity.change({ fromSecond: at + 401, extraPerSecond: 0, isHalted: false });
    return tape;
  };

  test("what was before a change stays to the last trade", () => {
    const before = tradesOf(tapeOf(), fromMs, fromMs + 95 * SECOND_MS);
    expect(tradesOf(changed(), fromMs, fromMs + 95 * SECOND_MS)).toEqual(before);
  });

  test("further trades come at the rate, a halt has none, ids stay without a gap", () => {
    const tape = changed();
    const count = (from: number, to: number) =>
      tradesOf(tape, fromMs + from * SECOND_MS, fromMs + to * SECOND_MS).length;
    const undisturbed = tradesOf(tapeOf(), fromMs + 95_000, fromMs + 260_000).length;
    expect(count(95, 260)).toBe(undisturbed + Math.floor(40.5 * 165));
    expect(count(260, 401)).toBe(0);
    const rows = tradesOf(tape, fromMs, fromMs + 10 * MINUTE_MS);
    expect(rows.map(({ id }) => id)).toEqual(rows.map((_, i) => (rows[0]?.id ?? 0) + i));
    expect(tape.firstIdAt(fromMs + HOUR_MS) - tape.firstIdAt(fromMs)).toBe(
      tradesOf(tape, fromMs, fromMs + HOUR_MS).length,
    );
  });

  test("bars still equal their trades, and trades are found by id", () => {
    const tape = changed();
    for (const [from, to] of [
      [0, 600],
      [60, 120],
      [230, 290],
      [380, 420],
      [0, 3_600],
    ] as const) {
      expectBarOfItsTrades(tape, fromMs + from * SECOND_MS, fromMs + to * SECOND_MS);
    }
    const byId = new TradeColumns();
    const id = tape.firstIdAt(fromMs + 250 * SECOND_MS);
    tape.collectFrom(id, 1_000, fromMs + 10 * MINUTE_MS, byId);
    expect(rowsOf(byId)).toEqual(
      tradesOf(tape, fromMs + 250_000, fromMs + 10 * MINUTE_MS).slice(0, 1_000),
    );
  });

  test("a tape that is given the changes continues the ids of another", () => {
    const tape = changed();
    const next = tapeOf();
    for (const change of tape.activity.changes()) next.activity.change(change);
    expect(next.firstIdAt(fromMs + DAY_MS)).toBe(tape.firstIdAt(fromMs + DAY_MS));
    expect(next.isClosed(fromMs + 261_000, fromMs + 400_000)).toBe(true);
    expect(next.isClosed(fromMs + 259_000, fromMs + 300_000)).toBe(false);
    expect(next.isClosed(fromMs + 300_000, fromMs + 402_000)).toBe(false);
  });
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Target } from "../strategies/strategy.ts";
import { stepZScoreReversion, ZSCORE_REVERSION_START } from "../strategies/z-score-reversion.ts";
import { createRandom } from "../synthetic/random.ts";
import type { Book } from "./backtest-book.ts";
import { CASH_CAUSES } from "./cash-ledger.ts";
import { type EventBacktest, type EventRun, runEventEngine } from "./event-engine.ts";
import { type InstrumentCosts, NO_COSTS } from "./instrument-costs.ts";
import { alignMarketBars, firstMarketBars, type InstrumentSeries } from "./market-bars.ts";
import { randomBacktest } from "./random-backtest.test-support.ts";
import {
  fillsOf,
  finished,
  hourly,
  openClose,
  plainBacktest,
  scriptedBook,
  spread,
  weights,
} from "./scripted-book.test-support.ts";
import type { SlippageModel } from "./slippage-model.ts";
import { runTrading } from "./trading-loop.ts";

const FLAT_X = openClose(Array.from({ length: 6 }, () => [50, 50] as const));
const FREE = { initialCash: 10_000, margin: null, pairsMax: null, grossExposureMax: null };

describe("orders", () => {
  const series = [
    openClose([
      [100, 101],
      [102, 103],
      [104, 105],
      [106, 107],
      [108, 109],
      [110, 111],
    ]),
    FLAT_X,
  ];

  test("the same side again changes nothing, the other side turns both legs over", () => {
    const book = scriptedBook({
      0: spread("long"),
      1: spread("long", { hedgeRatio: 3 }),
      2: spread("short"),
      4: spread("flat"),
    });
    const run = finished(plainBacktest(series, [book]));
    expect(fillsOf(run)).toEqual([
      "1:0 10 @ 102",
      "1:1 -10 @ 50",
      "3:0 -10 @ 106",
      "3:1 10 @ 50",
      "3:0 -10 @ 106",
      "3:1 10 @ 50",
      "5:0 10 @ 110",
      "5:1 -10 @ 50",
    ]);
    expect(run.trades.map(({ side, exitReason, netPnl }) => [side, exitReason, netPnl])).toEqual([
      ["long", "reversal", 40],
      ["short", "exit", -40],
    ]);
  });

  test("an order that waits for a gap is dropped when it is not wanted any more", () => {
    const gap = openClose([[50, 50], null, null, [50, 50], [50, 50], [50, 50]]);
    const legY = series[0] ?? gap;
    const book = scriptedBook({ 0: spread("long"), 1: spread("flat") });
    expect(fillsOf(finished(plainBacktest([legY, gap], [book])))).toEqual([]);
  });

  test("closes without opens are filled at the next close, and not at the last", () => {
    const closeOnly = (one: InstrumentSeries): InstrumentSeries => ({
      ...one,
      open: null,
      high: null,
      low: null,
    });
    const book = scriptedBook({ 0: spread("long"), 2: spread("flat"), 4: spread("short") });
    const run = finished(plainBacktest(series.map(closeOnly), [book]));
    expect(fillsOf(run).filter((fill) => fill.includes(":0 "))).toEqual([
      "1:0 10 @ 103",
      "3:0 -10 @ 107",
    ]);
  });

  test("bars before trading are seen and not traded", () => {
    const book = scriptedBook({ 0: spread("long"), 2: spread("short") });
    const run = finished(plainBacktest(series, [book], { tradingStartBar: 2 }));
    expect(run.trades.map(({ side }) => side)).toEqual(["short"]);
  });

  test("capital too small for a lot is refused, both legs or none", () => {
    const lots = { quantityStep: 4, priceTick: 0, notionalMin: 0 };
    const costs = [NO_COSTS, { ...NO_COSTS, lots }];
    const book = scriptedBook({ 0: spread("long", { hedgeRatio: 0.3 }), 2: spread("short") });
    const run = finished(plainBacktest(series, [book], { costs }));
    expect(run.refusals).toEqual([{ bar: 0, book: 0, reason: "below-lot" }]);
    expect(fillsOf(run).slice(0, 2)).toEqual(["3:0 -10 @ 106", "3:1 8 @ 50"]);
  });

  test("the share of volume fills both legs in proportion over several bars", () => {
    const thin = hourly(Array.from({ length: 6 }, () => [100, 100, 100, 100, 40]));
    const slippage: SlippageModel = { kind: "volume-share", impact: 0, shareMax: 0.1 };
    const costs = [{ ...NO_COSTS, slippage }, NO_COSTS];
    const book = scriptedBook({ 0: spread("long") });
    const run = finished(plainBacktest([thin, FLAT_X], [book], { costs, isClosedAtEnd: false }));
    expect(fillsOf(run)).toEqual([
      "1:0 4 @ 100",
      "1:1 -4 @ 50",
      "2:0 4 @ 100",
      "2:1 -4 @ 50",
      "3:0 2 @ 100",
      "3:1 -2 @ 50",
    ]);
  });

  test("it can be cancelled, and says how far it is", () => {
    const seen: number[] = [];
    const backtest = plainBacktest(series, [scriptedBook({})]);
    expect(runEventEngine(backtest, { isCancelled: () => true })).toBeNull();
    expect(runEventEngine(backtest, { onProgress: (share) => seen.push(share) })).not.toBeNull();
    expect(seen).toEqual([0, 1]);
  });

  test("a book of instruments that are not there and a span without bars are refused", () => {
    const book = scriptedBook({}, [0, 2]);
    expect(() => runEventEngine(plainBacktest(series, [book]))).toThrow(
      expect.objectContaining({ code: "length-mismatch" }),
    );
    const late = plainBacktest(series, [scriptedBook({})], { tradingStartBar: 5 });
    expect(() => runEventEngine(late)).toThrow(expect.objectContaining({ code: "too-short" }));
  });
});

describe("the account", () => {
  const falling = openClose([
    [100, 100],
    [100, 100],
    [100, 60],
    [55, 50],
    [50, 50],
    [50, 50],
  ]);

  test("below the maintenance margin everything is liquidated at the close, for a fee", () => {
    const rules = {
      ...FREE,
      initialCash: 500,
      margin: { initialRate: 0.3, maintenanceRate: 0.1, liquidationFeeRate: 0.01 },
    };
    const book = scriptedBook({ 0: spread("long"), 3: spread("long") });
    const run = finished(plainBacktest([falling, FLAT_X], [book], { rules }));
    // 500 − 400 is 100 of equity on 1,100 of exposure: 9.1 %.
    expect(run.trades).toHaveLength(1);
    expect(run.trades[0]).toMatchObject({ exitReason: "liquidation", exitFillBar: 2 });
    expect(run.equity[2]).toBeCloseTo(100 - 11, 9);
    expect(run.liquidations).toBe(1);
  });

  test("without margin equity may fall below zero, which ends everything", () => {
    const rules = { ...FREE, initialCash: 300 };
    const book = scriptedBook({ 0: spread("long"), 4: spread("short") });
    const run = finished(plainBacktest([falling, FLAT_X], [book], { rules }));
    expect(run.isRuined).toBe(true);
    expect(run.trades).toHaveLength(1);
    expect(run.trades[0]).toMatchObject({ exitReason: "ruin", exitFillBar: 3, exitSignalBar: 2 });
  });

  test("books share it: one pair at a time, the first book first", () => {
    const books = [
      scriptedBook({ 1: spread("long"), 3: spread("flat") }),
      scriptedBook({ 0: spread("short"), 1: spread("flat") }),
      scriptedBook({ 0: spread("long"), 4: spread("short") }),
    ];
    const rules = { ...FREE, pairsMax: 1 };
    const run = finished(plainBacktest([falling, FLAT_X], books, { rules }));
    expect(run.refusals).toEqual([
      { bar: 0, book: 2, reason: "pairs-max" },
      { bar: 1, book: 0, reason: "pairs-max" },
    ]);
    expect(run.trades.map(({ book }) => book)).toEqual([1, 2]);
  });

  test("a pair beyond the gross exposure is refused, a basket is made smaller", () => {
    const rules = { ...FREE, initialCash: 1_000, grossExposureMax: 1 };
    const pair = finished(
      plainBacktest([falling, FLAT_X], [scriptedBook({ 0: spread("long") })], { rules }),
    );
    expect(pair.refusals.map(({ reason }) => reason)).toEqual(["gross-exposure"]);
    const basket = finished(
      plainBacktest([falling, FLAT_X], [scriptedBook({ 0: weights(1.5, -0.5) })], { rules }),
    );
    expect(fillsOf(basket).slice(0, 2)).toEqual(["1:0 7.5 @ 100", "1:1 -5 @ 50"]);
  });

  test("a delisted leg is settled at its last close, the other one left at the next open", () => {
    const short = openClose([
      [100, 100],
      [100, 100],
      [100, 90],
    ]);
    const legX = openClose([
      [50, 50],
      [50, 50],
      [50, 50],
      [51, 52],
      [52, 52],
      [52, 52],
    ]);
    const book = scriptedBook({ 0: spread("long"), 3: spread("short") });
    const run = finished(plainBacktest([short, legX], [book]));
    expect(fillsOf(run).slice(2)).toEqual(["3:0 -10 @ 90", "3:1 10 @ 51"]);
    expect(run.trades[0]).toMatchObject({ exitReason: "delisted", exitFillBar: 3 });
    expect(run.refusals).toEqual([{ bar: 3, book: 0, reason: "delisted" }]);
  });
});

describe("weights", () => {
  const series = [
    openClose([
      [100, 100],
      [100, 100],
      [100, 100],
      [125, 125],
      [125, 125],
      [100, 100],
    ]),
    openClose([[50, 50], [50, 50], null, [50, 50], [50, 50], [50, 50]]),
  ];

  test("are rebalanced when asked, each instrument on its own, and left alone where NaN", () => {
    const book = scriptedBook({
      0: weights(0.5, 0.25),
      1: weights(0.25, 0.5),
      3: weights(-0.5, Number.NaN),
      4: weights(0, 0),
    });
    const run = finished(plainBacktest(series, [book]));
    expect(fillsOf(run)).toEqual([
      "1:0 50 @ 100",
      "1:1 50 @ 50",
      "2:0 -25 @ 100",
      "3:1 50 @ 50",
      "4:0 -25 @ 125",
      "4:0 -42.5 @ 125",
      "5:0 42.5 @ 100",
      "5:1 -100 @ 50",
    ]);
    expect(run.trades.map(({ side, exitReason }) => [side, exitReason])).toEqual([
      ["long", "reversal"],
      ["short", "exit"],
      ["long", "exit"],
    ]);
  });

  test("a stopped instrument stays out until it is asked for anew", () => {
    const none = Float64Array.of(Number.NaN, Number.NaN);
    const guarded: Target = {
      kind: "weights",
      weights: Float64Array.of(-0.5, 0.1),
      stops: { stop: Float64Array.of(110, Number.NaN), limit: none },
    };
    const book = scriptedBook({ 0: guarded, 3: guarded, 4: weights(0.5, 0.1) });
    const run = finished(plainBacktest(series, [book]));
    const first = fillsOf(run).filter((fill) => fill.includes(":0 "));
    expect(first.slice(0, 2)).toEqual(["1:0 -50 @ 100", "3:0 50 @ 125"]);
    expect(run.trades[0]?.exitReason).toBe("protective-stop");
    // 10,000 − 50 · 25 are left, and half of that at 100.
    expect(first[2]).toBe("5:0 43.75 @ 100");
  });
});

describe("conservation", () => {
  const seeds = fc.integer({ min: 0, max: 2 ** 31 });

  test("cash, inventory and equity are those of fills and payments, at every bar", () => {
    let trades = 0;
    fc.assert(
      fc.property(seeds, fc.integer({ min: 5, max: 80 }), (seed, bars) => {
        const backtest = randomBacktest(seed, bars);
        const run = finished(backtest);
        trades += run.trades.length;
        expectConserved(backtest, run);
        expectWithinVolumes(backtest, run);
      }),
      { numRuns: 300 },
    );
    expect(trades).toBeGreaterThan(1_000);
  });

  test("trades add up to what fills and payments made of the cash", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const run = finished({ ...randomBacktest(seed, 60), isClosedAtEnd: true });
        const earned = run.trades.reduce((sum, { netPnl }) => sum + netPnl, 0);
        expect(Math.abs(Number(run.cash.at(-1)) - 10_000 - earned)).toBeLessThan(1e-6);
        expect(run.equity.at(-1)).toBe(run.cash.at(-1));
        for (const trade of run.trades) {
          expect(trade.netPnl).toBe(trade.legs.reduce((sum, { netPnl }) => sum + netPnl, 0));
        }
        const fees = run.trades.flatMap(({ legs }) => legs).reduce((sum, leg) => sum + leg.fees, 0);
        const paid = run.costs.reduce((sum, one) => sum + one.fees, 0);
        expect(Math.abs(fees - paid)).toBeLessThan(1e-6);
      }),
      { numRuns: 150 },
    );
  });

  test("what has happened by a bar does not depend on the bars after it", () => {
    fc.assert(
      fc.property(seeds, fc.double({ min: 0.1, max: 1, noNaN: true }), (seed, share) => {
        const whole = { ...randomBacktest(seed, 60), isClosedAtEnd: false };
        const count = Math.max(2, Math.floor(share * whole.bars.openTimeMs.length));
        const part = { ...whole, bars: firstMarketBars(whole.bars, count) };
        const [before, after] = [finished(part), finished(whole)];
        expect(before.equity).toEqual(after.equity.slice(0, count));
        expect(before.cash).toEqual(after.cash.slice(0, count));
        expect(fillsOf(before)).toEqual(fillsOf(after).slice(0, before.fills.bar.length));
        expect(after.fills.bar[before.fills.bar.length] ?? count).toBeGreaterThanOrEqual(count);
        expect(before.asks.value).toEqual(after.asks.value.slice(0, before.asks.value.length));
      }),
      { numRuns: 150 },
    );
  });

  test("the same run twice is the same to the bit", () => {
    const backtest = randomBacktest(4, 80);
    expect(finished(backtest)).toEqual(finished(backtest));
  });
});

/** All fills of an instrument in a bar, but those that cannot wait, are within what its volume allows. */
function expectWithinVolumes({ bars, books, costs }: EventBacktest, run: EventRun): void {
  const slotInstrument = books.flatMap(({ instruments }) => instruments);
  const forced = new Set<number>(
    run.trades.flatMap(({ exitReason, exitFillBar }) =>
      ["end", "liquidation", "delisted"].includes(exitReason) ? [exitFillBar] : [],
    ),
  );
  const { fills } = run;
  bars.instruments.forEach(({ close, volume }, instrument) => {
    const slippage = costs[instrument]?.slippage;
    if (slippage?.kind !== "volume-share") return;
    const filled = new Float64Array(bars.openTimeMs.length);
    fills.bar.forEach((bar, i) => {
      const isOwn = slotInstrument[Number(fills.slot[i])] === instrument;
      if (isOwn) filled[bar] = Number(filled[bar]) + Math.abs(Number(fills.quantity[i]));
    });
    let known = Number.NaN;
    filled.forEach((units, bar) => {
      const max = Number.isNaN(known) ? 0 : slippage.shareMax * known;
      if (!forced.has(bar)) expect(units).toBeLessThanOrEqual(max * (1 + 1e-12));
      if (!Number.isNaN(close[bar])) known = Number(volume[bar]);
    });
  });
}

/** Recomputes cash and positions bar by bar from fills and from payments that are not fills. */
function expectConserved(backtest: EventBacktest, run: EventRun): void {
  const { bars, books, rules } = backtest;
  const slotInstrument = books.flatMap(({ instruments }) => instruments);
  const held = slotInstrument.map(() => 0);
  const marks = bars.instruments.map(() => Number.NaN);
  const { fills, cashEntries } = run;
  let cash = rules.initialCash;
  let fill = 0;
  let entry = 0;
  bars.openTimeMs.forEach((_, bar) => {
    for (; fills.bar[fill] === bar; fill++) {
      const [slot, quantity] = [Number(fills.slot[fill]), Number(fills.quantity[fill])];
      held[slot] = Number(held[slot]) + quantity;
      cash -= quantity * Number(fills.price[fill]) + Number(fills.fee[fill]);
    }
    for (; cashEntries.bar[entry] === bar; entry++) {
      const cause = CASH_CAUSES[Number(cashEntries.cause[entry])];
      if (cause !== "trade" && cause !== "fee") cash += Number(cashEntries.amount[entry]);
    }
    bars.instruments.forEach(({ close }, i) => {
      if (!Number.isNaN(close[bar])) marks[i] = Number(close[bar]);
    });
    const worth = held.reduce((sum, quantity, slot) => {
      const units = Math.abs(quantity) < 1e-9 ? 0 : quantity;
      return units === 0 ? sum : sum + units * Number(marks[Number(slotInstrument[slot])]);
    }, 0);
    expect(Math.abs(Number(run.cash[bar]) - cash)).toBeLessThan(1e-6);
    expect(Math.abs(Number(run.equity[bar]) - cash - worth)).toBeLessThan(1e-5);
  });
  expect(fill).toBe(fills.bar.length);
  expect(entry).toBe(cashEntries.bar.length);
}

test("on two legs it is the pair backtest's loop, to rounding", () => {
  const config = {
    entryZScore: 1,
    exitZScore: 0,
    stopZScore: 2.5,
    holdingMaxBars: 12,
    notional: 1_000,
    initialEquity: 10_000,
    feeBps: 5,
    slippageBps: 2,
  };
  const { gaussian } = createRandom(11);
  const n = 3_000;
  const zScore = new Float64Array(n);
  let z = 0;
  const rows = (): (readonly [number, number])[] => {
    let price = 100;
    return Array.from({ length: n }, () => {
      const open = price * Math.exp(0.002 * gaussian());
      price = open * Math.exp(0.01 * gaussian());
      return [open, price];
    });
  };
  for (let t = 0; t < n; t++) {
    z = 0.9 * z + 0.5 * gaussian();
    zScore[t] = z;
  }
  const series = [openClose(rows()), openClose(rows())];
  const market = alignMarketBars(series);
  const [legY, legX] = market.instruments;
  if (legY === undefined || legX === undefined) throw new Error("there are two");
  const book: Book = {
    instruments: [0, 1],
    sizing: {
      rule: { kind: "notional", amount: { kind: "quote", value: 1_000 } },
      pricedAt: "fill",
    },
    figureNames: [],
    start: () => {
      let state = ZSCORE_REVERSION_START;
      return ({ bar }) => {
        const step = stepZScoreReversion(config, state, { zScore: Number(zScore[bar]) });
        state = step.state;
        const target = spread(step.target, { hedge: "log-notional", hedgeRatio: 0.8 });
        return { target, reason: step.exitReason, figures: {} };
      };
    },
  };
  const cost: InstrumentCosts = {
    ...NO_COSTS,
    fees: { makerRate: 0, takerRate: 0.0005 },
    slippage: { kind: "bps", slippageBps: 2 },
  };
  const run = finished(plainBacktest(market, [book], { costs: [cost, cost] }));
  const prices = { closeY: legY.close, closeX: legX.close, fillY: legY.open, fillX: legX.open };
  const { openTimeMs } = market;
  const expected = runTrading(
    { ...prices, openTimeMs, zScore, isFilledAtClose: false },
    config,
    0.8,
    {},
  );
  expect(expected?.trades.length).toBeGreaterThan(100);
  expect(run.trades.length).toBe(expected?.trades.length);
  expected?.equity.forEach((equity, bar) => {
    expect(Math.abs(Number(run.equity[bar]) - equity)).toBeLessThan(1e-9 * equity);
  });
  run.trades.forEach((trade, i) => {
    const other = expected?.trades[i];
    expect(trade.exitReason).toBe(other?.exitReason);
    expect(trade.netPnl).toBeCloseTo(Number(other?.netPnl), 8);
  });
});

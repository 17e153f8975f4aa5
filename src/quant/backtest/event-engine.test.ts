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
  HOUR_MS,
  hourly,
  openClose,
  plainBacktest,
  scriptedBook,
  spread,
  weights,
} from "./scripted-book.test-support.ts";
import type { SlippageModel } from "./slippage-model.ts";
import { runTrading } from "./trading-loop.ts";

function finished(backtest: EventBacktest): EventRun {
  const run = runEventEngine(backtest);
  if (run === null) throw new Error("nothing cancels it");
  return run;
}

/** A long spread of 100 and 50 with protective prices, and what it meets in the bar after its entry. */
function heldWithin(
  guards: { readonly stop: Float64Array; readonly limit: Float64Array },
  ...[rowY, rowX]: Parameters<typeof hourly>[0]
) {
  const book = scriptedBook({ 0: spread("long", { stops: guards }) });
  const calm = (price: number) => [price, price, price, price, 1] as const;
  return finished(
    plainBacktest(
      [hourly([calm(100), calm(100), rowY ?? null]), hourly([calm(50), calm(50), rowX ?? null])],
      [book],
    ),
  );
}

/** Fills as "bar:slot quantity @ price". */
function fillsOf({ fills }: EventRun): readonly string[] {
  return [...fills.bar].map(
    (bar, i) => `${bar}:${fills.slot[i]} ${fills.quantity[i]} @ ${fills.price[i]}`,
  );
}

const FLAT_X = openClose(Array.from({ length: 6 }, () => [50, 50] as const));
const FREE = { initialCash: 10_000, margin: null, pairsMax: null, grossExposureMax: null };

function stops(stopY: number, limitY: number): Partial<Extract<Target, { kind: "spread" }>> {
  const none = Number.NaN;
  return { stops: { stop: Float64Array.of(stopY, none), limit: Float64Array.of(limitY, none) } };
}

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

describe("protective prices", () => {
  const legY = hourly([
    [100, 100, 100, 100, 1],
    [100, 104, 96, 102, 1],
    [101, 111, 89, 100, 1],
    [100, 100, 100, 100, 1],
    [100, 100, 100, 100, 1],
    [100, 100, 100, 100, 1],
  ]);
  const legX = openClose([
    [50, 50],
    [50, 50],
    [50, 52],
    [50, 50],
    [50, 50],
    [50, 50],
  ]);

  test("a stop comes before a limit, the other leg leaves at the close, and it stays left", () => {
    const book = scriptedBook({
      0: spread("long", stops(90, 110)),
      3: spread("long", stops(90, 110)),
      4: spread("short"),
    });
    const run = finished(plainBacktest([legY, legX], [book]));
    expect(fillsOf(run).slice(2, 5)).toEqual(["2:0 -10 @ 90", "2:1 10 @ 52", "5:0 -10 @ 100"]);
    expect(run.trades[0]).toMatchObject({ exitReason: "protective-stop", netPnl: -120 });
  });

  test("a limit is a maker without slippage", () => {
    const cost: InstrumentCosts = {
      ...NO_COSTS,
      fees: { makerRate: 0.001, takerRate: 0.01 },
      slippage: { kind: "bps", slippageBps: 100 },
    };
    const book = scriptedBook({ 0: spread("long", stops(Number.NaN, 110)) });
    const run = finished(plainBacktest([legY, legX], [book], { costs: [cost, NO_COSTS] }));
    expect(run.trades[0]?.exitReason).toBe("protective-limit");
    expect([...run.fills.isMaker]).toEqual([0, 0, 1, 0]);
    expect(run.fills.price[2]).toBe(110);
    expect(run.fills.fee[2]).toBeCloseTo(1.1, 12);
  });

  test.each([
    {
      name: "the limit of a leg whose pair had been left at the open was granted",
      rowY: [85, 100, 80, 100, 1],
      rowX: [50, 50, 44, 48, 1],
      fills: ["2:0 -10 @ 85", "2:1 10 @ 50"],
    },
    {
      name: "so was its stop",
      rowY: [85, 100, 80, 100, 1],
      rowX: [50, 56, 50, 52, 1],
      fills: ["2:0 -10 @ 85", "2:1 10 @ 50"],
    },
    {
      name: "a limit was granted beside a stop that may have come first",
      rowY: [100, 100, 89, 95, 1],
      rowX: [50, 50, 44, 48, 1],
      fills: ["2:0 -10 @ 90", "2:1 10 @ 48"],
    },
    {
      name: "two stops are both filled where they are",
      rowY: [100, 100, 89, 95, 1],
      rowX: [50, 56, 50, 52, 1],
      fills: ["2:0 -10 @ 90", "2:1 10 @ 55"],
    },
    {
      name: "and two beyond which a bar opens at its opens",
      rowY: [85, 100, 80, 100, 1],
      rowX: [57, 58, 44, 48, 1],
      fills: ["2:0 -10 @ 85", "2:1 10 @ 57"],
    },
  ] as const)("regression: $name", ({ rowY, rowX, fills }) => {
    const guards = { stop: Float64Array.of(90, 55), limit: Float64Array.of(110, 45) };
    const run = heldWithin(guards, rowY, rowX);
    expect(fillsOf(run).slice(2)).toEqual(fills);
    expect([...run.fills.isMaker]).toEqual([0, 0, 0, 0]);
    expect(run.trades[0]?.exitReason).toBe("protective-stop");
  });

  test("a rule of the book sets them by the prices of the fills, of a long and of a short leg", () => {
    const protection = { stopLoss: 0.1, takeProfit: 0.1 };
    const book = { ...scriptedBook({ 0: spread("long") }), protection };
    const calm = (price: number) => [price, price, price, price, 1] as const;
    const falling = [calm(100), calm(100), [100, 100, 89, 95, 1]] as const;
    const rising = [calm(50), calm(50), [50, 56, 50, 54, 1]] as const;
    const stopped = finished(plainBacktest([hourly(falling), hourly(rising)], [book]));
    expect(fillsOf(stopped).slice(2)).toEqual(["2:0 -10 @ 90", "2:1 10 @ 55.00000000000001"]);
    const up = [calm(100), calm(100), [100, 112, 100, 108, 1]] as const;
    const gained = finished(
      plainBacktest([hourly(up), hourly([1, 2, 3].map(() => calm(50)))], [book]),
    );
    expect(fillsOf(gained).slice(2)).toEqual(["2:0 -10 @ 110.00000000000001", "2:1 10 @ 50"]);
    expect(gained.trades[0]?.exitReason).toBe("protective-limit");
  });

  test("shares of a basket have it too, by the average of their fills", () => {
    const protection = { stopLoss: 0.1, takeProfit: null };
    const script = { 0: weights(0.5), 1: weights(1) };
    const book = { ...scriptedBook(script, [0]), protection };
    const calm = (price: number) => [price, price, price, price, 1] as const;
    const rows = [calm(100), calm(100), calm(120), [120, 120, 97, 110, 1]] as const;
    const run = finished(plainBacktest([hourly(rows)], [book]));
    expect(run.trades[0]).toMatchObject({ exitReason: "protective-stop" });
    expect(Number(run.fills.price.at(-1))).toBeCloseTo(
      0.9 * Number(run.trades[0]?.legs[0]?.entryPrice),
      10,
    );
  });

  test.each([
    {
      name: "two limits of one bar were both granted",
      rowY: [100, 111, 99, 104, 1],
      rowX: [50, 50, 44, 49, 1],
      // Limit Y brings 60 more than the close of Y, limit X 40 more than that of X.
      fills: ["2:0 -10 @ 104", "2:1 10 @ 45"],
      isMaker: [0, 1],
    },
    {
      name: "the limit that brings less is that of leg Y",
      rowY: [100, 111, 99, 108, 1],
      rowX: [50, 50, 44, 49, 1],
      fills: ["2:0 -10 @ 110", "2:1 10 @ 49"],
      isMaker: [1, 0],
    },
    {
      name: "a close beyond a limit is no gain that is given up",
      rowY: [100, 115, 99, 114, 1],
      rowX: [50, 50, 44, 49, 1],
      fills: ["2:0 -10 @ 110", "2:1 10 @ 49"],
      isMaker: [1, 0],
    },
  ] as const)("regression: $name", ({ rowY, rowX, fills, isMaker }) => {
    const none = Number.NaN;
    const guards = { stop: Float64Array.of(none, none), limit: Float64Array.of(110, 45) };
    const run = heldWithin(guards, rowY, rowX);
    expect(fillsOf(run).slice(2)).toEqual(fills);
    expect([...run.fills.isMaker].slice(2)).toEqual(isMaker);
    expect(run.trades[0]?.exitReason).toBe("protective-limit");
  });

  test("finer bars say which came first", () => {
    const fine = (rows: readonly (readonly [number, number, number, number, number])[]) => {
      const one = hourly(rows);
      return { ...one, openTimeMs: one.openTimeMs.map((time) => time / 2) };
    };
    const calm = Array.from({ length: 12 }, () => [100, 100, 100, 100, 1] as const);
    const up = calm.map((row, i) =>
      i === 4
        ? ([101, 111, 100, 108, 1] as const)
        : i === 5
          ? ([108, 109, 89, 100, 1] as const)
          : row,
    );
    const flat = Array.from({ length: 12 }, () => [50, 50, 50, 50, 1] as const);
    const finer = { bars: alignMarketBars([fine(up), fine(flat)]), intervalMs: HOUR_MS };
    const book = scriptedBook({ 0: spread("long", stops(90, 110)) });
    const run = finished(plainBacktest([legY, legX], [book], { finer }));
    expect(fillsOf(run).slice(2)).toEqual(["2:0 -10 @ 110", "2:1 10 @ 50"]);
  });

  test("a leg with a gap is left at its next bar", () => {
    const gap = openClose([[50, 50], [50, 50], null, [51, 50], [50, 50], [50, 50]]);
    const book = scriptedBook({ 0: spread("long", stops(90, Number.NaN)) });
    const run = finished(plainBacktest([legY, gap], [book]));
    expect(fillsOf(run).slice(2)).toEqual(["2:0 -10 @ 90", "3:1 10 @ 51"]);
    expect(run.trades).toHaveLength(1);
  });
});

describe("volume and what is forced", () => {
  /** 10 units are five bars of what these volumes allow. */
  const slippage: SlippageModel = { kind: "volume-share", impact: 0.1, shareMax: 0.1 };
  const cost: InstrumentCosts = { ...NO_COSTS, slippage };
  const thin = (price: number, volume = 20) => [price, price, price, price, volume] as const;
  const deep = (price: number) => thin(price, 1e9);

  test("regression: a stop sold more than the volume allowed; now the rest waits", () => {
    const legY = hourly([
      deep(100),
      deep(100),
      [100, 100, 89, 95, 20],
      ...[96, 97, 98, 99, 99, 99].map((price) => thin(price)),
    ]);
    // The volume that is known inside bar 2 is that of bar 1.
    const dried = { ...legY, volume: legY.volume?.with(1, 20) ?? null };
    const free = hourly(Array.from({ length: 9 }, () => deep(50)));
    const book = scriptedBook({ 0: spread("long", stops(90, Number.NaN)) });
    const [bought, stopped] = [legY, dried].map((own) =>
      finished(plainBacktest([own, free], [book], { costs: [cost, NO_COSTS] })),
    );
    expect(bought?.trades[0]).toMatchObject({ exitReason: "protective-stop", exitFillBar: 2 });
    const sold = (fillsOf(stopped as EventRun) ?? []).filter((fill) => fill.includes(":0 -"));
    expect(sold.map((fill) => fill.split(" @ ")[0])).toEqual([
      ...["2:0 -2", "3:0 -2", "4:0 -2", "5:0 -2", "6:0 -2"],
    ]);
    expect(stopped?.trades).toHaveLength(1);
    expect(stopped?.trades[0]).toMatchObject({ exitReason: "protective-stop", exitFillBar: 6 });
  });

  test("the end of the bars and of an instrument wait for no volume, and pay for all of it", () => {
    const legY = hourly([deep(100), deep(100), thin(100), thin(100, 5)]);
    const legX = hourly(Array.from({ length: 4 }, () => deep(50)));
    const run = finished(
      plainBacktest([legY, legX], [scriptedBook({ 0: spread("long") })], {
        costs: [cost, NO_COSTS],
      }),
    );
    // More than the bar traded is a share of one: 10 % of 100.
    expect(fillsOf(run).slice(2)).toEqual(["3:0 -10 @ 90", "3:1 10 @ 50"]);
    const ended = finished(
      plainBacktest(
        [
          hourly([deep(100), deep(100), thin(100)]),
          hourly(Array.from({ length: 6 }, () => deep(50))),
        ],
        [scriptedBook({ 0: spread("long") })],
        { costs: [cost, NO_COSTS] },
      ),
    );
    expect(fillsOf(ended).slice(2)).toEqual(["3:0 -10 @ 97.5", "3:1 10 @ 50"]);
    expect(ended.trades[0]?.exitReason).toBe("delisted");
  });
});

test("a pair of which one leg has been stopped is not taken up again before the other has left", () => {
  const legY = hourly([
    [100, 100, 100, 100, 1],
    [100, 100, 100, 100, 1],
    [100, 100, 89, 100, 1],
    [100, 100, 100, 100, 1],
    [100, 100, 100, 100, 1],
    [100, 100, 100, 100, 1],
  ]);
  const legX = openClose([[50, 50], [50, 50], null, null, null, [51, 50]]);
  const book = scriptedBook({
    0: spread("long", stops(90, Number.NaN)),
    2: spread("flat"),
    3: spread("long"),
  });
  const run = finished(plainBacktest([legY, legX], [book]));
  expect(fillsOf(run).slice(2)).toEqual(["2:0 -10 @ 90", "5:1 10 @ 51"]);
  expect(run.refusals).toEqual([{ bar: 3, book: 0, reason: "still-leaving" }]);
  expect(run.trades.map(({ exitReason }) => exitReason)).toEqual(["protective-stop"]);
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

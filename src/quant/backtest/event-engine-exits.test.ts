import { describe, expect, test } from "vitest";
import type { EventRun } from "./event-engine.ts";
import { type InstrumentCosts, NO_COSTS } from "./instrument-costs.ts";
import { alignMarketBars, firstMarketBars } from "./market-bars.ts";
import type { PositionSizing } from "./position-sizing.ts";
import {
  fillsOf,
  finished,
  HOUR_MS,
  halfHourly,
  halfHoursInside,
  hourly,
  openClose,
  plainBacktest,
  scriptedBook,
  spread,
  stops,
  TEN_UNITS,
  weights,
} from "./scripted-book.test-support.ts";
import type { SlippageModel } from "./slippage-model.ts";

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

  describe("along finer bars", () => {
    type Row = readonly [number, number, number, number, number];
    const flatX = hourly(Array.from({ length: 6 }, () => [50, 50, 50, 50, 1]));
    const none = Number.NaN;

    /** Half hours; those of hour 2 are given, the others are calm. */
    const halves = (price: number, first: Row | null, second: Row | null) => {
      const calm: Row = [price, price, price, price, 1];
      const rows = Array.from({ length: 12 }, (_, i) =>
        i === 4 ? first : i === 5 ? second : calm,
      );
      return halfHourly(rows);
    };
    const within = (
      inside: readonly [Row | null, Row | null],
      given: { row: Row; side?: "long" | "short"; guards: ReturnType<typeof stops> },
    ) => {
      const { row, side = "long", guards } = given;
      const wholeY = hourly(
        Array.from({ length: 6 }, (_, i) => (i === 2 ? row : [100, 100, 100, 100, 1])),
      );
      const parts = [halves(100, ...inside), halves(50, [50, 50, 50, 50, 1], [50, 50, 50, 50, 1])];
      const finer = halfHoursInside(parts);
      const book = scriptedBook({ 0: spread(side, guards) });
      return finished(plainBacktest([wholeY, flatX], [book], { finer }));
    };
    const both = { row: [101, 111, 89, 100, 1] as const, guards: stops(90, 110) };

    test.each([
      {
        name: "they say which came first",
        inside: [
          [101, 111, 100, 108, 1],
          [108, 109, 89, 100, 1],
        ],
        given: both,
        fills: ["2:0 -10 @ 110", "2:1 10 @ 50"],
      },
      {
        name: "a part that opens beyond the stop is left at its open",
        inside: [
          [101, 111, 100, 108, 1],
          [89, 100, 89, 100, 1],
        ],
        given: { ...both, guards: stops(90, none) },
        fills: ["2:0 -10 @ 89", "2:1 10 @ 50"],
      },
      {
        name: "a short leg's limit comes before its stop",
        inside: [
          [101, 102, 89, 92, 1],
          [92, 111, 92, 100, 1],
        ],
        given: { ...both, side: "short", guards: stops(110, 90) },
        fills: ["2:0 10 @ 90", "2:1 -10 @ 50"],
      },
      {
        name: "a short leg's stop comes before its limit",
        inside: [
          [101, 111, 100, 108, 1],
          [108, 109, 89, 100, 1],
        ],
        given: { ...both, side: "short", guards: stops(110, 90) },
        fills: ["2:0 10 @ 110", "2:1 -10 @ 50"],
      },
      {
        name: "regression: one hole in them left a bar to nothing but its last part",
        inside: [null, [108, 111, 89, 100, 1]],
        given: both,
        fills: ["2:0 -10 @ 90", "2:1 10 @ 50"],
      },
      {
        name: "a part that goes where the bar did not decides nothing",
        inside: [
          [101, 112, 100, 108, 1],
          [108, 109, 89, 100, 1],
        ],
        given: both,
        fills: ["2:0 -10 @ 90", "2:1 10 @ 50"],
      },
    ] as const)("$name", ({ inside: [first, second], given, fills }) => {
      expect(fillsOf(within([first, second], given)).slice(2)).toEqual(fills);
    });

    test("regression: where a leg has a part that the other has not, the bar decides", () => {
      const whole: Row = [101, 111, 89, 100, 1];
      const wholeY = hourly(
        Array.from({ length: 6 }, (_, i) => (i === 2 ? whole : [100, 100, 100, 100, 1])),
      );
      const exit = (flat: Row | null) => {
        const parts = [halves(100, null, whole), halves(50, [50, 50, 50, 50, 1], flat)];
        const finer = halfHoursInside(parts);
        const book = scriptedBook({ 0: spread("long", stops(90, none)) });
        return fillsOf(finished(plainBacktest([wholeY, flatX], [book], { finer }))).slice(2);
      };
      expect(exit(null)).toEqual(["2:0 -10 @ 90", "2:1 10 @ 50"]);
      expect(exit([50, 50, 50, 50, 1])).toEqual(["2:0 -10 @ 90", "2:1 10 @ 50"]);
    });

    test("what comes after the last bar is not read, nor is the axis of another stage", () => {
      const parts = (after: number) => {
        const known = halves(100, [101, 111, 100, 108, 1], [108, 109, 89, 100, 1]);
        const close = known.close.map((price, i) => (i < 6 ? price : after));
        return { ...known, open: close, high: close, low: close, close };
      };
      const run = (after: number) => {
        const flat = halves(50, [50, 50, 50, 50, 1], [50, 50, 50, 50, 1]);
        const finer = halfHoursInside([parts(after), flat], 2 * HOUR_MS);
        const market = firstMarketBars(alignMarketBars([legY, flatX]), 3);
        const book = scriptedBook({ 0: spread("long", stops(90, 110)) });
        return finished({ ...plainBacktest(market, [book], { finer }), isClosedAtEnd: false });
      };
      expect(run(100)).toEqual(run(89));
    });

    test("bars that begin before the one before them has ended are told by none", () => {
      const early = { ...legY, openTimeMs: legY.openTimeMs.map((ms, i) => (i < 3 ? ms : ms - 1)) };
      const own = { ...flatX, openTimeMs: early.openTimeMs };
      const parts = [
        halves(100, [101, 111, 100, 108, 1], [108, 109, 89, 100, 1]),
        halves(50, [50, 50, 50, 50, 1], [50, 50, 50, 50, 1]),
      ];
      const finer = halfHoursInside(parts);
      const book = scriptedBook({ 0: spread("long", stops(90, 110)) });
      const run = finished(plainBacktest([early, own], [book], { finer }));
      expect(fillsOf(run).slice(2)).toEqual(["2:0 -10 @ 90", "2:1 10 @ 50"]);
    });
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

test("regression: a stop took the volume that another order of the bar had taken", () => {
  // 10 of 20 units may trade a bar: a pair of which another one sells 6 of leg Y can leave 4 of it inside the bar.
  const legY = hourly([
    ...[100, 100, 100].map((price) => [price, price, price, price, 100] as const),
    [100, 100, 89, 95, 100],
    ...[95, 95].map((price) => [price, price, price, price, 100] as const),
  ]);
  const legX = openClose(Array.from({ length: 6 }, () => [50, 50] as const));
  const cost: InstrumentCosts = {
    ...NO_COSTS,
    slippage: { kind: "volume-share", impact: 0, shareMax: 0.1 },
  };
  const six: PositionSizing = { ...TEN_UNITS, rule: { kind: "fixed-quantity", quantity: 6 } };
  const books = [
    scriptedBook({ 0: spread("long"), 2: spread("flat") }, [0, 1], six),
    scriptedBook({ 1: spread("long", stops(90, Number.NaN)) }),
  ];
  const run = finished(plainBacktest([legY, legX], books, { costs: [cost, NO_COSTS] }));
  expect(fillsOf(run).filter((fill) => /^[3-5]:[02]/.test(fill))).toEqual([
    "3:0 -6 @ 100",
    "3:2 -4 @ 90",
    "4:2 -6 @ 95",
  ]);
  expect(run.trades.map(({ exitReason }) => exitReason)).toEqual(["exit", "protective-stop"]);
});

describe("legs that the volumes limit keep their proportion in whole lots", () => {
  const thin = hourly(Array.from({ length: 9 }, () => [100, 100, 100, 100, 26]));
  const legX = openClose(Array.from({ length: 9 }, () => [50, 50] as const));
  const costs = (quantityStep: number): InstrumentCosts[] => [
    {
      ...NO_COSTS,
      slippage: { kind: "volume-share", impact: 0, shareMax: 0.1 },
      lots: { quantityStep, priceTick: 0, notionalMin: 0 },
    },
    { ...NO_COSTS, lots: { quantityStep: 0.01, priceTick: 0, notionalMin: 0 } },
  ];

  test("the leg whose lots lose most sets the share", () => {
    const book = scriptedBook({ 0: spread("long") });
    const run = finished(plainBacktest([thin, legX], [book], { costs: costs(1) }));
    // 2.6 of 10 units may be bought a bar, two whole ones are.
    expect(fillsOf(run).slice(0, 4)).toEqual([
      ...["1:0 2 @ 100", "1:1 -2 @ 50", "2:0 2 @ 100", "2:1 -2 @ 50"],
    ]);
  });

  test("regression: a leg of which no bar allowed a lot stayed away while the other was traded", () => {
    const book = scriptedBook({ 0: spread("long"), 6: spread("flat") });
    const run = finished(plainBacktest([thin, legX], [book], { costs: costs(5) }));
    expect(fillsOf(run)).toEqual([]);
  });
});

describe("a stop while the other side waits to be entered", () => {
  const cost: InstrumentCosts = {
    ...NO_COSTS,
    slippage: { kind: "volume-share", impact: 0, shareMax: 0.1 },
  };
  const deep = [100, 100, 100, 100, 1_000] as const;
  const thin = (price: number, low = price) => [price, price, low, price, 60] as const;
  const legX = openClose(Array.from({ length: 9 }, () => [50, 50] as const));

  test("regression: dropped that side and told of no refusal", () => {
    const legY = hourly([
      deep,
      thin(100),
      thin(100, 89),
      ...[1, 2, 3, 4, 5, 6].map(() => thin(95)),
    ]);
    const book = scriptedBook({ 0: spread("long", stops(90, Number.NaN)), 1: spread("short") });
    const run = finished(plainBacktest([legY, legX], [book], { costs: [cost, NO_COSTS] }));
    expect(fillsOf(run).filter((fill) => fill.includes(":0 "))).toEqual([
      "1:0 10 @ 100",
      "2:0 -6 @ 100",
      "3:0 -4 @ 95",
      "3:0 -2 @ 95",
      "4:0 -6 @ 95",
      "5:0 -2 @ 95",
      "8:0 10 @ 95",
    ]);
    expect(run.refusals).toEqual([]);
    // The stop found nothing left to sell, and is no reason.
    expect(run.trades[0]).toMatchObject({ exitReason: "reversal", exitSignalBar: 1 });
  });

  test("with a leg that has a gap, waits for that leg, or until something else is asked", () => {
    const legY = hourly([
      deep,
      deep,
      deep,
      [100, 100, 89, 95, 1_000],
      deep,
      deep,
      deep,
      deep,
      deep,
    ]);
    const gap = openClose([
      [50, 50],
      [50, 50],
      [50, 50],
      null,
      null,
      [51, 51],
      [52, 52],
      [52, 52],
      [52, 52],
    ]);
    const asks = { 0: spread("long", stops(90, Number.NaN)), 2: spread("short") };
    const entered = finished(plainBacktest([legY, gap], [scriptedBook(asks)]));
    expect(fillsOf(entered).slice(2, 6)).toEqual([
      "3:0 -10 @ 90",
      "5:1 10 @ 51",
      "5:0 -10 @ 100",
      "5:1 10 @ 51",
    ]);
    expect(entered.refusals).toEqual([]);
    expect(entered.trades[0]).toMatchObject({ exitReason: "protective-stop", exitFillBar: 5 });
    const undone = finished(
      plainBacktest([legY, gap], [scriptedBook({ ...asks, 3: spread("flat") })]),
    );
    expect(fillsOf(undone).slice(2)).toEqual(["3:0 -10 @ 90", "5:1 10 @ 51"]);
    const again = finished(
      plainBacktest([legY, gap], [scriptedBook({ ...asks, 3: spread("long") })]),
    );
    expect(fillsOf(again).slice(2)).toEqual(["3:0 -10 @ 90", "5:1 10 @ 51"]);
    expect(again.refusals).toEqual([{ bar: 3, book: 0, reason: "still-leaving" }]);
  });
});

test("regression: the stop of a basket stood by all units it had ever bought, sold ones too", () => {
  const legY = openClose([
    [100, 100],
    [100, 100],
    [200, 200],
    [200, 200],
    [200, 200],
    [200, 164],
  ]);
  const legX = openClose(Array.from({ length: 6 }, () => [50, 50] as const));
  const book = {
    // 10,000 of 100 are 100 units; 10 are kept of them; 65 are bought at 200, for a mean of 186.67.
    ...scriptedBook({ 0: weights(1, 0), 1: weights(0.2, 0), 2: weights(0.75, 0) }),
    protection: { stopLoss: 0.1, takeProfit: null },
  };
  const run = finished(plainBacktest([legY, legX], [book]));
  expect([...run.fills.quantity]).toEqual([100, -90, 65, -75]);
  expect(run.fills.price[3]).toBeCloseTo((0.9 * (10 * 100 + 65 * 200)) / 75, 10);
  expect(run.trades[0]?.exitReason).toBe("protective-stop");
});

import { describe, expect, test } from "vitest";
import type { BarEvent } from "../strategies/strategy.ts";
import { createRandom } from "../synthetic/random.ts";
import type { Book } from "./backtest-book.ts";
import type { EventRun } from "./event-engine.ts";
import { NO_COSTS } from "./instrument-costs.ts";
import { eventPipeline, lookAheadProof, type ProvablePipeline } from "./look-ahead-proof.ts";
import { alignMarketBars, type MarketBars } from "./market-bars.ts";
import {
  HOUR_MS,
  halfHoursInside,
  openClose,
  plainBacktest,
  spread,
  TEN_UNITS,
} from "./scripted-book.test-support.ts";

/** A spread that returns to its mean, with gaps, and a leg that ends before the others. */
function returningMarket(bars: number): MarketBars {
  const { uniform, gaussian } = createRandom(5);
  let deviation = 0;
  let common = 100;
  const rows = Array.from({ length: bars }, () => {
    const open = [common + deviation, common];
    common += 0.2 * gaussian();
    deviation = 0.8 * deviation + gaussian();
    return { open, close: [common + deviation, common], isGap: uniform() < 0.03 };
  });
  const leg = (at: number, end: number) =>
    openClose(
      rows
        .slice(0, end)
        .map(({ open, close, isGap }, t) =>
          isGap && t > 0 && at === 1 ? null : [Number(open[at]), Number(close[at])],
        ),
    );
  return alignMarketBars([leg(0, bars), leg(1, bars - 40)]);
}

const MARKET = returningMarket(600);
const { bars: _bars, books: _books, isClosedAtEnd: _end, ...PLAIN } = plainBacktest(MARKET, []);
const SETTINGS = {
  ...PLAIN,
  costs: MARKET.instruments.map(() => ({
    ...NO_COSTS,
    fees: { makerRate: 0, takerRate: 0.0005 },
    funding: { kind: "constant", rate: 0.0001, everyMs: 8 * HOUR_MS } as const,
  })),
};
const OPTIONS = { seed: 1, barsMin: 2, noShiftReason: null };

/** Sells the spread above its level and buys it below; what the spread is decides whether it leaks. */
function levelBook(spreadOf: (event: BarEvent) => number, level: number): Book {
  return {
    instruments: [0, 1],
    sizing: TEN_UNITS,
    figureNames: ["spread"],
    start: () => {
      let side: "long" | "short" | "flat" = "flat";
      return (event) => {
        const value = spreadOf(event);
        if (value > level) side = "short";
        else if (value < -level) side = "long";
        else if (Math.abs(value) < 0.3 * level) side = "flat";
        return { target: spread(side), reason: null, figures: { spread: value } };
      };
    },
  };
}

const honestSpread = ({ close }: BarEvent): number => Number(close[0]) - Number(close[1]);

function spreadAt(bars: MarketBars, bar: number): number {
  const [legY, legX] = bars.instruments;
  return Number(legY?.close[bar]) - Number(legX?.close[bar]);
}

describe("lookAheadProof", () => {
  test("an honest strategy passes, cut at and before its entries and exits", () => {
    const pipeline = eventPipeline(SETTINGS, () => [levelBook(honestSpread, 2)]);
    const proof = lookAheadProof(pipeline, MARKET, OPTIONS);
    expect(proof.differences).toEqual([]);
    expect(proof.shift).toEqual({ kind: "passed" });
    expect(proof.isPassed).toBe(true);
    expect(proof.cutBars.length).toBeGreaterThan(40);
    const [trade] = pipeline(MARKET)(MARKET).trades;
    expect(proof.cutBars).toContain(trade?.entryFillBar);
    expect(proof.cutBars).toContain(trade?.entrySignalBar);
  });

  test("protective prices along finer bars look no further than their bar", () => {
    const half = ({ open, close }: { open: Float64Array; close: Float64Array }) =>
      [...open].flatMap((price, t) => {
        const end = Number(close[t]);
        if (Number.isNaN(end)) return [null, null];
        const middle = (price + end) / 2;
        return [[price, middle] as const, [middle, end] as const];
      });
    const fine = MARKET.instruments.map((one) => {
      const series = openClose(half(one));
      return { ...series, openTimeMs: series.openTimeMs.map((time) => time / 2) };
    });
    const finer = halfHoursInside(fine);
    const guardedBook: Book = {
      ...levelBook(honestSpread, 2),
      start: () => {
        const step = levelBook(honestSpread, 2).start();
        return (event) => {
          const { target, ...rest } = step(event);
          if (target.kind !== "spread" || target.side === "flat") return { target, ...rest };
          const away = target.side === "long" ? -1 : 1;
          const prices = [Number(event.close[0]) + away, Number.NaN];
          const none = Float64Array.of(Number.NaN, Number.NaN);
          const stops = { stop: Float64Array.from(prices), limit: none };
          return { target: { ...target, stops }, ...rest };
        };
      },
    };
    const pipeline = eventPipeline({ ...SETTINGS, finer }, () => [guardedBook]);
    const reasons = pipeline(MARKET)(MARKET).trades.map(({ exitReason }) => exitReason);
    expect(reasons.filter((reason) => reason === "protective-stop").length).toBeGreaterThan(10);
    const proof = lookAheadProof(pipeline, MARKET, OPTIONS);
    expect(proof.differences).toEqual([]);
    expect(proof.isPassed).toBe(true);
  });

  test("a threshold learned from all of the bars is caught", () => {
    const pipeline = eventPipeline(SETTINGS, (bars) => {
      const values = [...bars.openTimeMs.keys()].map((bar) => spreadAt(bars, bar));
      const known = values.filter((value) => !Number.isNaN(value));
      const square = known.reduce((sum, value) => sum + value * value, 0) / known.length;
      return [levelBook(honestSpread, Math.sqrt(square))];
    });
    const proof = lookAheadProof(pipeline, MARKET, OPTIONS);
    expect(proof.isPassed).toBe(false);
    expect(proof.differences.length).toBeGreaterThan(0);
  });

  test("a leak of a single bar is caught", () => {
    const pipeline = eventPipeline(SETTINGS, (bars) => [
      levelBook(({ bar }) => spreadAt(bars, bar + 1), 2),
    ]);
    const proof = lookAheadProof(pipeline, MARKET, OPTIONS);
    expect(proof.isPassed).toBe(false);
    for (const { cutBar, bar } of proof.differences) expect(bar).toBe(cutBar);
    expect(proof.differences.some(({ what }) => what === "asks")).toBe(true);
  });

  test("it is caught by its signals alone, where no figure shows it", () => {
    const pipeline = eventPipeline(SETTINGS, (bars) => [
      { ...levelBook(({ bar }) => spreadAt(bars, bar + 1), 2), figureNames: [] },
    ]);
    const proof = lookAheadProof(pipeline, MARKET, OPTIONS);
    expect(proof.differences.filter(({ what }) => what === "asks").length).toBeGreaterThan(10);
  });

  test("prices looked up by place instead of taken from the feed fail the shift test", () => {
    const pipeline = eventPipeline(SETTINGS, (bars) => [
      levelBook(({ bar }) => spreadAt(bars, bar), 2),
    ]);
    const proof = lookAheadProof(pipeline, MARKET, OPTIONS);
    expect(proof.differences).toEqual([]);
    expect(proof.shift.kind).toBe("failed");
    expect(proof.isPassed).toBe(false);
    const noShiftReason = "it acts by the calendar";
    expect(lookAheadProof(pipeline, MARKET, { ...OPTIONS, noShiftReason }).shift).toEqual({
      kind: "left-out",
      reason: noShiftReason,
    });
  });

  test("the same seed cuts at the same bars", () => {
    const pipeline = eventPipeline(SETTINGS, () => [levelBook(honestSpread, 2)]);
    const [first, second] = [1, 1].map((seed) =>
      lookAheadProof(pipeline, MARKET, { ...OPTIONS, seed }),
    );
    expect(first).toEqual(second);
  });
});

describe("cuts that go on from the cut before", () => {
  /** The book of a level, which can be stopped and gone on with. */
  function resumableBook(spreadOf: (event: BarEvent) => number, level: number): Book {
    const resume: Book["resume"] = (snapshot) => {
      let side = (snapshot ?? "flat") as "long" | "short" | "flat";
      return {
        step: (event) => {
          const value = spreadOf(event);
          if (value > level) side = "short";
          else if (value < -level) side = "long";
          else if (Math.abs(value) < 0.3 * level) side = "flat";
          return { target: spread(side), reason: null, figures: { spread: value } };
        },
        snapshot: () => side,
      };
    };
    return { ...levelBook(spreadOf, level), start: () => resume(null).step, resume };
  }
  const few = { ...OPTIONS, eventsMax: 1 };

  test("regression: a long run was cut at 3 entries and exits; now at 20, as any other", () => {
    const honest = () => [resumableBook(honestSpread, 2)];
    const all = lookAheadProof(eventPipeline(SETTINGS, honest), MARKET, OPTIONS);
    const proof = lookAheadProof(eventPipeline(SETTINGS, honest), MARKET, few);
    expect(all).toMatchObject({ isPassed: true, continuedCuts: 0, eventsMax: 20 });
    expect(proof).toMatchObject({ isPassed: true, differences: [], eventsMax: 20 });
    expect(proof.cutBars).toEqual(all.cutBars);
    expect(proof.continuedCuts).toBeGreaterThan(40);
  });

  test("a book that cannot go on is cut as often as told, and the proof says so", () => {
    const honest = () => [levelBook(honestSpread, 2)];
    const proof = lookAheadProof(eventPipeline(SETTINGS, honest), MARKET, few);
    expect(proof).toMatchObject({ isPassed: true, continuedCuts: 0, eventsMax: 1 });
    expect(proof.cutBars.length).toBeLessThanOrEqual(9);
  });

  test.each([1, 2, 7])("a leak of %i bars is caught by them alone", (leak) => {
    const leaking = (bars: MarketBars) => [
      resumableBook(({ bar }) => spreadAt(bars, bar + leak), 2),
    ];
    const { staged } = eventPipeline(SETTINGS, leaking);
    if (staged === undefined) throw new Error("it can go on");
    const whole: EventRun = eventPipeline(SETTINGS, leaking)(MARKET)(MARKET);
    // From the first bar it is always the whole run, so that nothing is seen there.
    const blind: ProvablePipeline = Object.assign(() => () => whole, { staged });
    const proof = lookAheadProof(blind, MARKET, { ...few, noShiftReason: "not this time" });
    const [first] = proof.differences;
    expect(proof.isPassed).toBe(false);
    expect(Number(first?.bar)).toBeGreaterThan(Number(first?.cutBar) - leak);
  });
});

describe("what is cut at", () => {
  /** Enters at the close of a bar, and leaves at that of another or never. */
  function oneTrade(entryBar: number, exitBar: number): Book {
    return {
      instruments: [0, 1],
      sizing: TEN_UNITS,
      figureNames: [],
      start:
        () =>
        ({ bar }) => ({
          target: spread(bar >= entryBar && bar < exitBar ? "long" : "flat"),
          reason: null,
          figures: {},
        }),
    };
  }
  const cutsOf = (books: readonly Book[], eventsMax?: number) =>
    lookAheadProof(
      eventPipeline(SETTINGS, () => books),
      MARKET,
      { ...OPTIONS, ...(eventsMax === undefined ? {} : { eventsMax }) },
    ).cutBars;

  test("an entry that is still open at the end, and its signal (S17)", () => {
    const [fill] = eventPipeline(SETTINGS, () => [oneTrade(200, Infinity)])(MARKET)(MARKET).fills
      .bar;
    expect(fill).toBeGreaterThan(200);
    expect(cutsOf([oneTrade(200, Infinity)])).toEqual(
      expect.arrayContaining([Number(fill) - 1, Number(fill)]),
    );
  });

  test("legs that fill at one bar are one event (S17)", () => {
    const books = [...Array.from({ length: 6 }, () => oneTrade(100, 110)), oneTrade(300, 310)];
    const fills = [oneTrade(100, 110), oneTrade(300, 310)].map((book) =>
      Number(eventPipeline(SETTINGS, () => [book])(MARKET)(MARKET).fills.bar[0]),
    );
    expect(cutsOf(books, 2)).toEqual(expect.arrayContaining(fills));
  });

  test("five different bars at random, the last one not among them (N8)", () => {
    for (const seed of [1, 2, 3, 4, 5, 6, 7, 8]) {
      const pipeline = eventPipeline(SETTINGS, () => []);
      const short = { ...OPTIONS, seed, barsMin: 590 };
      const { cutBars } = lookAheadProof(pipeline, MARKET, short);
      expect(cutBars).toHaveLength(5);
      expect(Math.max(...cutBars)).toBeLessThan(599);
    }
  });
});

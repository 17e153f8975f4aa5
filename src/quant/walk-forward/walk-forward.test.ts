import { describe, expect, test } from "vitest";
import { runEventEngine } from "../backtest/event-engine.ts";
import { type MarketBars, marketBarsBetween } from "../backtest/market-bars.ts";
import { cointegratedPair } from "../cointegration/cointegrated-pair.ts";
import { InvalidInputError } from "../invalid-input-error.ts";
import { riskFreeRatePerPeriod } from "../performance/risk-free-rate.ts";
import { sharpeRatio } from "../performance/sharpe-ratio.ts";
import { simpleReturns } from "../performance/simple-returns.ts";
import { isWeekend } from "../series/market-calendar.ts";
import { logPrices } from "../stats/log-prices.ts";
import { defaultConfig } from "../strategies/parameter-values.ts";
import { rlrtStrategy } from "../strategies/rlrt-strategy.ts";
import { zScoreStrategy } from "../strategies/z-score-strategy.ts";
import type { PairSelection } from "./pair-selection.ts";
import { engineBook, prepareWindow } from "./prepare-window.ts";
import type { PreparedWindow } from "./prepared-window.ts";
import { tradeWindows } from "./trade-windows.ts";
import {
  HONEST_FUNNEL,
  SYMBOLS,
  settingsFor,
  syntheticMarket,
  TOOLS,
  Z_SCORE_VALUES,
} from "./walk-forward.test-support.ts";
import { walkForward } from "./walk-forward.ts";
import type { WalkForwardRun } from "./walk-forward-run.ts";
import {
  type ChooseConfig,
  openerOfKind,
  type WalkForwardSettings,
} from "./walk-forward-settings.ts";
import { walkForwardWindows } from "./walk-forward-windows.ts";

const MARKET = syntheticMarket(2_500);

function done(settings: WalkForwardSettings, tools = TOOLS, market = MARKET): WalkForwardRun {
  const finished = walkForward(market, settings, tools);
  if (finished === null) throw new Error("nobody cancelled");
  return finished;
}

const SETTINGS = settingsFor(MARKET);
const DONE = done(SETTINGS);

const FIXED = (books: readonly (readonly number[])[]): PairSelection => ({ kind: "fixed", books });

function preparedOf(settings: WalkForwardSettings, market = MARKET): PreparedWindow[] {
  return walkForwardWindows(market.openTimeMs.length, settings.plan).map((window) => {
    const prepared = prepareWindow(market, window, settings, TOOLS);
    if (prepared === null) throw new Error("nobody cancelled");
    return prepared;
  });
}

function isAscending(values: Float64Array): boolean {
  return values.every((value, i) => i === 0 || value >= values[i - 1]!);
}

describe("selection", () => {
  test("only pairs that are held together are selected, the best first", () => {
    const selected = DONE.windows.flatMap(({ books }) => books);
    expect(selected.length).toBeGreaterThan(5);
    for (const { instruments } of selected) {
      const groups = instruments.map((place) => SYMBOLS[place]?.group);
      expect(new Set(groups).size).toBe(1);
    }
    for (const { books } of DONE.windows) {
      const pValues = books.map(({ figures }) => figures?.pValue ?? Number.NaN);
      expect(pValues).toEqual(pValues.toSorted((a, b) => a - b));
      expect(books.map(({ rank }) => rank)).toEqual(books.map((_, place) => place + 1));
    }
  });

  test("figures are those of the formation bars and of no others", () => {
    for (const { window, books } of DONE.windows) {
      for (const { instruments, figures } of books) {
        const logs = instruments.map((place) =>
          logPrices(
            MARKET.instruments[place]!.close.slice(window.formationFrom, window.formationTo),
          ),
        );
        const { combinedPValue, aOnB } = cointegratedPair(logs[0]!, logs[1]!);
        expect(figures?.observations).toBe(900);
        expect(figures?.pValue).toBeCloseTo(combinedPValue, 9);
        expect(figures?.hedgeRatio).toBeCloseTo(aOnB.hedgeRatio, 9);
        expect(figures?.qValue).toBeLessThan(0.05);
      }
    }
  });

  test("an instrument that is bad or has ended makes no pairs, and a window without pairs says where they were lost", () => {
    const broken: MarketBars = {
      ...MARKET,
      instruments: MARKET.instruments.map((one, place) =>
        place === 0
          ? { ...one, delistedFromBar: 5 }
          : place === 1
            ? { ...one, close: one.close.map((close, t) => (t % 10 === 0 ? Number.NaN : close)) }
            : one,
      ),
    };
    const { windows } = done(settingsFor(broken), TOOLS, broken);
    for (const { counts, books } of windows) {
      expect(counts.keptInstruments).toBe(SYMBOLS.length - 2);
      expect(books.flatMap(({ instruments }) => instruments)).not.toContain(0);
    }
    const strict = { ...HONEST_FUNNEL, significance: 1e-12 };
    const nothing = done(
      settingsFor(MARKET, {
        selection: { kind: "funnel", funnel: strict, rankBy: "p-value", count: 3 },
      }),
    );
    for (const window of nothing.windows) {
      expect(window).toMatchObject({ isInCash: true, inSample: null, outOfSample: null });
      expect(window.counts).toMatchObject({ candidates: 45, passed: 0 });
    }
    expect(new Set(nothing.run.equity)).toEqual(new Set([100_000]));
  });

  test("bars that cannot be clustered leave the window in cash with the reason", () => {
    const clustering = {
      kind: "optics",
      components: 50,
      minSamples: 3,
      epsMax: null,
      xi: 0.05,
    } as const;
    const funnel = { ...HONEST_FUNNEL, clustering };
    const { windows } = done(
      settingsFor(MARKET, { selection: { kind: "funnel", funnel, rankBy: "p-value", count: 3 } }),
    );
    expect(windows[0]).toMatchObject({ isInCash: true, refusal: { code: "out-of-range" } });
  });

  test("survivors can be ordered by another figure", () => {
    const selection = {
      kind: "funnel",
      funnel: HONEST_FUNNEL,
      rankBy: "half-life",
      count: 10,
    } as const;
    for (const { books } of done(settingsFor(MARKET, { selection })).windows) {
      const halfLives = books.map(({ figures }) => figures?.halfLifeBars ?? Number.NaN);
      expect(halfLives).toEqual(halfLives.toSorted((a, b) => a - b));
    }
  });

  test.each(["distance", "correlation"] as const)(
    "the baseline of %s needs no test",
    (baseline) => {
      const quality = HONEST_FUNNEL.quality;
      const selection = { kind: "baseline", baseline, quality, count: 2 } as const;
      const { windows } = done(settingsFor(MARKET, { selection }));
      for (const { books, counts } of windows) {
        expect(books).toHaveLength(2);
        expect(counts).toMatchObject({ candidates: 45, tested: 0, passed: 2 });
      }
    },
  );

  test("the naive test of published results is of the second leg on the first", () => {
    const funnel = {
      ...HONEST_FUNNEL,
      prices: "level",
      test: { kind: "naive" },
      significance: 0.1,
    } as const;
    const { windows } = done(
      settingsFor(MARKET, { selection: { kind: "funnel", funnel, rankBy: "p-value", count: 3 } }),
    );
    const [book] = windows.flatMap(({ books }) => books);
    expect(book?.instruments[0]).toBeGreaterThan(book?.instruments[1] ?? Number.NaN);
    expect(book?.figures?.qValue).toBeNull();
  });
});

describe("trading", () => {
  test("a window is the event engine on its bars, with what the formation taught", () => {
    const settings = settingsFor(MARKET, { selection: FIXED([[0, 1]]) });
    const { run, windows } = done(settings);
    const second = windows[1]!;
    const { openTimeMs, instruments } = marketBarsBetween(MARKET, 300, 1_200);
    const outcome = zScoreStrategy.fit(Z_SCORE_VALUES, {
      openTimeMs,
      instruments: instruments.slice(0, 2),
    });
    if (outcome.kind === "refused" || outcome.fit === null) throw new Error("fits");
    expect(second.books[0]?.snapshot).toContain(String(outcome.fit.hedgeRatio));
    const alone = runEventEngine({
      bars: marketBarsBetween(MARKET, 300, 1_500),
      finer: null,
      costs: settings.costs,
      books: second.books.map((book) =>
        engineBook(book, { ...settings, tradingStartBar: 900 }, TOOLS.open),
      ),
      rules: { ...settings.rules, initialCash: second.equityBefore },
      tradingStartBar: 900,
      isClosedAtEnd: true,
    });
    expect(run.equity.slice(1_200, 1_500)).toEqual(alone?.equity.slice(900));
    expect(second.outOfSample?.metrics.totalReturn).toBeCloseTo(
      second.equityAfter / second.equityBefore - 1,
      12,
    );
  });

  test("equity goes on from window to window, and everything is closed at each window's end", () => {
    const { run, windows } = DONE;
    expect(windows.map(({ equityBefore }) => equityBefore)).toEqual([
      100_000,
      ...windows.slice(0, -1).map(({ equityAfter }) => equityAfter),
    ]);
    expect(new Set(run.equity.slice(0, 900))).toEqual(new Set([100_000]));
    expect(run.equity.at(-1)).toBe(windows.at(-1)?.equityAfter);
    for (const { window, equityAfter } of windows) {
      expect(run.grossExposure[window.tradingTo - 1]).toBe(0);
      expect(run.equity[window.tradingTo - 1]).toBe(equityAfter);
    }
    expect(run.trades.length).toBeGreaterThan(10);
    for (const { entrySignalBar, exitFillBar, book, legs } of run.trades) {
      const one = windows.find(
        ({ firstBook, books }) => book >= firstBook && book < firstBook + books.length,
      );
      expect(entrySignalBar).toBeGreaterThanOrEqual(one?.window.tradingFrom ?? Number.NaN);
      expect(exitFillBar).toBeLessThan(one?.window.tradingTo ?? Number.NaN);
      const instruments = one?.books[book - one.firstBook]?.instruments;
      expect(legs.map(({ instrument }) => instrument)).toEqual(instruments);
    }
  });

  test("cash is the initial cash and every entry since, and trades are all that was earned", () => {
    const { run } = DONE;
    const { amount, bar } = run.cashEntries;
    let cash = 100_000;
    let row = 0;
    for (const [t, value] of run.cash.entries()) {
      while (bar[row] === t) cash += amount[row++]!;
      expect(Math.abs(value - cash)).toBeLessThan(0.005);
    }
    expect(row).toBe(amount.length);
    const earned = run.trades.reduce((sum, { netPnl }) => sum + netPnl, 0);
    expect(run.equity.at(-1)).toBeCloseTo(100_000 + earned, 6);
    expect(isAscending(run.fills.bar)).toBe(true);
    expect(isAscending(run.asks.bar)).toBe(true);
  });

  test("embargo and longer steps leave the account in cash between windows", () => {
    const plan = { ...SETTINGS.plan, embargoBars: 20, purgeBars: 10, stepBars: 400 };
    const { run, windows } = done(settingsFor(MARKET, { plan }));
    expect(windows.map(({ window }) => window.tradingFrom)).toEqual([920, 1_320, 1_720, 2_120]);
    for (const { window, equityAfter } of windows) {
      const until = Math.min(window.tradingFrom + 400, 2_500);
      const between = run.equity.slice(window.tradingTo, until);
      expect([...new Set(between)]).toEqual(between.length === 0 ? [] : [equityAfter]);
    }
  });

  test("a window prepared elsewhere and sent as data trades the same", () => {
    const prepared = structuredClone(preparedOf(SETTINGS));
    const traded = tradeWindows(MARKET, {
      prepared,
      settings: structuredClone(SETTINGS),
      open: TOOLS.open,
      isClosedAtEnd: true,
    });
    expect(traded).toEqual(DONE);
  });

  test("in-sample figures are the same strategy on the bars that taught it", () => {
    const { inSample, outOfSample } = DONE.windows[0]!;
    expect(inSample?.bars).toBe(900);
    expect(outOfSample?.bars).toBe(300);
    expect(inSample?.metrics.exposure).toBeGreaterThan(0);
    expect(inSample?.metrics.exposure).toBeLessThan(1);
  });

  test("after a ruin nothing is traded", () => {
    const settings = settingsFor(MARKET, {
      selection: FIXED([[0, 9]]),
      rules: { initialCash: 1, margin: null, pairsMax: null, grossExposureMax: null },
      sizing: {
        rule: { kind: "notional", amount: { kind: "quote", value: 1_000 } },
        pricedAt: "fill",
      },
    });
    const { windows, run } = done(settings);
    const first = windows.findIndex(({ equityAfter }) => equityAfter <= 0);
    expect(first).toBeGreaterThanOrEqual(0);
    expect(windows.slice(first + 1).every(({ isInCash }) => isInCash)).toBe(true);
    expect(run.equity.at(-1)).toBe(windows[first]?.equityAfter);
  });

  test("a book whose strategy learns nothing is named and not traded", () => {
    const copy: MarketBars = {
      ...MARKET,
      instruments: [...MARKET.instruments, MARKET.instruments[0]!],
    };
    const { windows } = done(
      settingsFor(copy, { selection: FIXED([[0, SYMBOLS.length]]) }),
      TOOLS,
      copy,
    );
    expect(windows[0]?.unfitted[0]).toMatchObject({ code: "collinear" });
    expect(windows[0]?.isInCash).toBe(true);
  });
});

describe("configurations chosen in each window", () => {
  test("are chosen from the formation alone, and what is chosen is traded", () => {
    const seen: number[] = [];
    const chooseConfig: ChooseConfig = (formation, { instruments }, { costs }) => {
      seen.push(formation.openTimeMs[0]!);
      expect(formation.openTimeMs).toHaveLength(900);
      expect(costs).toHaveLength(SYMBOLS.length);
      expect(instruments).toEqual([0, 1]);
      return { values: { ...Z_SCORE_VALUES, entryZScore: 1 + (seen.length % 2) }, trials: 12 };
    };
    const settings = settingsFor(MARKET, { selection: FIXED([[0, 1]]) });
    const { windows } = done(settings, { ...TOOLS, chooseConfig });
    expect(seen).toEqual(windows.map(({ window }) => MARKET.openTimeMs[window.formationFrom]));
    expect(windows.map(({ books }) => books[0]?.values["entryZScore"])).toEqual([2, 1, 2, 1, 2, 1]);
    expect(windows.every(({ books }) => books[0]?.trials === 12)).toBe(true);
  });
});

describe("hooks", () => {
  test("progress rises from 0 to 1", () => {
    const shares: number[] = [];
    walkForward(MARKET, SETTINGS, TOOLS, { onProgress: (share) => shares.push(share) });
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
  });

  test.each([0, 1, 5, 20])("a run that is cancelled at question %i has no result", (question) => {
    let asked = 0;
    const isCancelled = () => asked++ >= question;
    expect(walkForward(MARKET, SETTINGS, TOOLS, { isCancelled })).toBeNull();
  });
});

describe("what is refused before the first window", () => {
  test.each<[string, Partial<WalkForwardSettings>, string]>([
    [
      "values that are no configuration",
      { values: { ...Z_SCORE_VALUES, exitZScore: 3 } },
      "exitZScore: The exit must be below the entry",
    ],
    [
      "a book of one",
      { selection: FIXED([[3]]) },
      "the book 3 is not 2 to 2 different ones of 10 instruments",
    ],
    ["an instrument that is not there", { selection: FIXED([[0, 10]]) }, "the book 0, 10 is not"],
    [
      "no pairs",
      { selection: { kind: "funnel", funnel: HONEST_FUNNEL, rankBy: "p-value", count: 0 } },
      "count must be",
    ],
    ["costs of too few", { costs: [] }, "the market has 10 instruments, and 0 have costs"],
    ["no cash", { rules: { ...SETTINGS.rules, initialCash: 0 } }, "initialCash"],
    [
      "a history too short",
      { plan: { ...SETTINGS.plan, formationBars: 2_499 } },
      "not one window fits",
    ],
  ])("%s", (_, change, message) => {
    const run = () => walkForward(MARKET, settingsFor(MARKET, change), TOOLS);
    expect(run).toThrow(InvalidInputError);
    expect(run).toThrow(message);
  });
});

describe("what a window knows", () => {
  test("a strategy with a longer warm-up than the formation warms up on the bars before it (S7)", () => {
    const values = { ...Z_SCORE_VALUES, zScoreWindowBars: 250 };
    const plan = { ...SETTINGS.plan, formationBars: 120, tradingBars: 140, stepBars: 140 };
    const settings = settingsFor(MARKET, { plan, values, selection: FIXED([[0, 1]]) });
    const { run, windows } = done(settings);
    const trading = windows.filter(({ window: { tradingFrom, tradingTo } }) =>
      run.trades.some(({ entryFillBar: bar }) => bar >= tradingFrom && bar < tradingTo),
    );
    expect(trading.length).toBeGreaterThan(windows.length / 3);
  });

  test("a first window that ends before the strategy is warm is refused with the numbers (S7)", () => {
    const values = { ...Z_SCORE_VALUES, zScoreWindowBars: 250 };
    const plan = { ...SETTINGS.plan, formationBars: 100, tradingBars: 100, stepBars: 100 };
    const settings = settingsFor(MARKET, { plan, values, selection: FIXED([[0, 1]]) });
    expect(() => done(settings)).toThrow(/bars to warm up, and the first window ends after 200/);
  });

  test("RLRT begins with the trading period, as in a single run (S8)", () => {
    const open = openerOfKind("rlrt");
    const plan = { ...SETTINGS.plan, tradingBars: 1_600, stepBars: 1_600 };
    const settings = settingsFor(MARKET, { plan, values: {}, selection: FIXED([[0, 1]]) });
    const opened = { ...settings, values: defaultConfig(rlrtStrategy) };
    const { run, windows } = done(opened, { ...TOOLS, open });
    const [book] = windows[0]?.books ?? [];
    if (book === undefined) throw new Error("fits");
    const traded = marketBarsBetween(MARKET, 900, 2_500);
    const alone = runEventEngine({
      bars: traded,
      finer: null,
      costs: settings.costs,
      books: [
        {
          instruments: [0, 1],
          sizing: settings.sizing,
          figureNames: [],
          start: () => open(book.values).resume(book.snapshot).step,
        },
      ],
      rules: settings.rules,
      tradingStartBar: 0,
      isClosedAtEnd: true,
    });
    expect(run.trades.length).toBeGreaterThan(3);
    expect(run.equity.slice(900)).toEqual(alone?.equity);
  });

  test("figures of windows are over the risk-free rate (S3)", () => {
    const settings = settingsFor(MARKET, {
      selection: FIXED([[0, 1]]),
      riskFreeRateAnnual: 0.05,
    });
    const { run, windows } = done(settings);
    const [first] = windows;
    const returns = simpleReturns(run.equity.slice(900, 1_200), 100_000);
    const perPeriod = riskFreeRatePerPeriod(0.05, 8_760);
    const expected = sharpeRatio(returns, {
      periodsPerYear: 8_760,
      riskFreeRatePerPeriod: perPeriod,
    });
    expect(first?.outOfSample?.metrics.sharpeRatio).toBeCloseTo(Number(expected), 9);
    const without = done({ ...settings, riskFreeRateAnnual: 0 }).windows[0];
    expect(first?.outOfSample?.metrics.sharpeRatio).not.toBe(
      without?.outOfSample?.metrics.sharpeRatio,
    );
  });

  test("sizes by volatility take the sessions of the formation, whatever comes later (M1)", () => {
    const rule = {
      kind: "volatility-target",
      volatilityAnnual: 0.1,
      windowBars: 60,
      barsPerYear: 1,
      notionalMax: { kind: "equity-share", value: 1 },
    } as const;
    const settings = settingsFor(MARKET, {
      selection: FIXED([[0, 1]]),
      sizing: { rule, pricedAt: "fill" },
      sessions: { intervalMs: 3_600_000, calendar: "weekdays" },
    });
    const bars = MARKET.openTimeMs.length;
    const sizes = [weekdayHours(bars, bars), weekdayHours(bars, 1_000)].map((openTimeMs) =>
      preparedOf(settings, { ...MARKET, openTimeMs }).map(({ sizing }) => sizing),
    );
    expect(sizes[0]?.[0]).toEqual({ rule: { ...rule, barsPerYear: 252 * 24 }, pricedAt: "fill" });
    expect(sizes[1]?.[0]).toEqual(sizes[0]?.[0]);
    expect(sizes[1]?.at(-1)).toEqual({ rule: { ...rule, barsPerYear: 252 * 4 }, pricedAt: "fill" });
  });
});

/** Hours around the clock on weekdays, from a bar on only four a day. */
function weekdayHours(bars: number, from: number): Float64Array {
  const times: number[] = [];
  for (let timeMs = 0; times.length < bars; timeMs += 3_600_000) {
    const isOpen = times.length < from || (timeMs / 3_600_000) % 24 < 4;
    if (isOpen && !isWeekend(timeMs)) times.push(timeMs);
  }
  return Float64Array.from(times);
}

import { expect, test } from "vitest";
import {
  openClose,
  plainBacktest,
  scriptedBook,
  spread,
} from "../backtest/scripted-book.test-support.ts";
import { marketExposure } from "./market-exposure.ts";
import { randomRun, reportedOf, runOfEquity } from "./reported-run.test-support.ts";

test("marketExposure is what was held over equity, from the first traded bar on", () => {
  const flat = (price: number) => openClose(Array.from({ length: 5 }, () => [price, price]));
  const book = scriptedBook({ 1: spread("long"), 3: spread("flat") });
  const backtest = plainBacktest([flat(100), flat(50)], [book], { tradingStartBar: 1 });
  const made = marketExposure(reportedOf(backtest, { periodsPerYear: 8 }));
  // Ten units of 100 long and ten of 50 short, of 10,000, at two of four closes.
  [0, 0.15, 0.15, 0].forEach((value, i) => {
    expect(made.grossLeverage[i]).toBeCloseTo(value, 12);
  });
  expect(made.shareInMarket).toBe(0.5);
  expect(made.averageGrossLeverage).toBeCloseTo(0.075, 12);
  expect(made.averageNetLeverage).toBeCloseTo(0.025, 12);
  expect(made.grossLeverageMax).toBeCloseTo(0.15, 12);
  expect(made.tradedNotional).toBe(3_000);
  expect(made.turnoverAnnual).toBeCloseTo(0.6, 12);
});

test("marketExposure without equity has no leverage, and no turnover", () => {
  const made = marketExposure(runOfEquity([0, -5]));
  expect(made).toMatchObject({
    shareInMarket: 0,
    averageGrossLeverage: null,
    grossLeverageMax: null,
    turnoverAnnual: null,
  });
  expect(made.grossLeverage).toEqual(Float64Array.of(Number.NaN, Number.NaN));
});

test("marketExposure counts every fill of finished trades, and of those that are open", () => {
  for (let seed = 0; seed < 30; seed++) {
    const reported = randomRun(seed);
    const finished = reported.run.trades
      .flatMap(({ legs }) => legs)
      .reduce((sum, { tradedNotional }) => sum + tradedNotional, 0);
    const { tradedNotional } = marketExposure(reported);
    expect(tradedNotional).toBeGreaterThanOrEqual(finished * (1 - 1e-9));
  }
});

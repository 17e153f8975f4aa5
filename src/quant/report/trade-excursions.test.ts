import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { randomBacktest } from "../backtest/random-backtest.test-support.ts";
import {
  openClose,
  plainBacktest,
  scriptedBook,
  spread,
} from "../backtest/scripted-book.test-support.ts";
import { randomRun, reportedOf } from "./reported-run.test-support.ts";
import { tradeExcursions } from "./trade-excursions.ts";

const SEEDS = fc.integer({ min: 0, max: 2 ** 31 });

describe("tradeExcursions", () => {
  test("the worst and the best are those of the equity where one position is held at a time", () => {
    const legs = [
      openClose([
        [100, 101],
        [102, 103],
        [104, 105],
        [106, 107],
      ]),
      openClose([
        [50, 50],
        [50, 51],
        [52, 52],
        [52, 52],
      ]),
    ];
    const book = scriptedBook({ 0: spread("long"), 2: spread("flat") });
    const { run, bars } = reportedOf(plainBacktest(legs, [book]));
    // Bought at 102 against 50: closes of 103 against 51, and 105 against 52; left at 106 against 52.
    expect(tradeExcursions(run, bars)).toEqual([
      { adverse: 0, adverseBar: null, favourable: 20, favourableBar: 3 },
    ]);
  });

  test("hold the profit of the trade, and no more than the account moved by one book alone", () => {
    fc.assert(
      fc.property(SEEDS, (seed) => {
        const whole = randomBacktest(seed, 60);
        const { run, bars } = reportedOf({ ...whole, books: whole.books.slice(0, 1) });
        tradeExcursions(run, bars).forEach((excursion, i) => {
          const trade = run.trades[i];
          if (trade === undefined) throw new Error("one a trade");
          const { adverse, favourable } = excursion;
          expect(adverse).toBeLessThanOrEqual(Math.min(0, trade.netPnl));
          expect(favourable).toBeGreaterThanOrEqual(Math.max(0, trade.netPnl));
          const base = run.trades.slice(0, i).reduce((cash, { netPnl }) => cash + netPnl, 10_000);
          const path = [...run.equity.subarray(trade.entryFillBar, trade.exitFillBar)];
          const moves = [...path.map((equity) => equity - base), trade.netPnl, 0];
          expect(adverse).toBeCloseTo(Math.min(...moves), 6);
          expect(favourable).toBeCloseTo(Math.max(...moves), 6);
        });
      }),
      { numRuns: 200 },
    );
  });

  test("are there for every trade of several books", () => {
    fc.assert(
      fc.property(SEEDS, (seed) => {
        const { run, bars } = randomRun(seed);
        const excursions = tradeExcursions(run, bars);
        expect(excursions.length).toBe(run.trades.length);
        for (const { adverse, favourable } of excursions) {
          expect(Number.isFinite(adverse) && Number.isFinite(favourable)).toBe(true);
        }
      }),
      { numRuns: 150 },
    );
  });
});

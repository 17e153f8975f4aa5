import { expect, test } from "vitest";
import { backtestWarnings } from "./backtest-warning.ts";

const FACTS = {
  hedgeRatio: 1,
  isFilledAtClose: false,
  droppedBars: 0,
  trades: 30,
  isRuined: false,
};

test("nothing is said of a backtest without caveats", () => {
  expect(backtestWarnings(FACTS)).toEqual([]);
});

test("regression: one trade and one bar were spoken of as many", () => {
  const [bars, trades] = backtestWarnings({ ...FACTS, droppedBars: 1, trades: 1 });
  expect(bars?.message).toBe("1 bar of one leg has no partner in the other and is left out.");
  expect(trades?.message).toBe("1 trade is too few to tell skill from luck.");
  const [, others] = backtestWarnings({ ...FACTS, droppedBars: 2, trades: 2 });
  expect(others?.message).toBe("2 trades are too few to tell skill from luck.");
});

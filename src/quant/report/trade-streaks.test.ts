import { describe, expect, test } from "vitest";
import { tradeStatistics } from "../performance/trade-statistics.ts";
import { randomRun } from "./reported-run.test-support.ts";
import { extremeTrades, tradeStreaks } from "./trade-streaks.ts";

describe("tradeStreaks", () => {
  test("names the longest of each kind and the one in which the record ends", () => {
    const streaks = tradeStreaks(Float64Array.of(1, 2, -1, 3, 4, 0, -1, -2, -3, 5));
    expect(streaks).toEqual({
      winning: { trades: 2, firstTrade: 0, lastTrade: 1, sum: 3 },
      losing: { trades: 3, firstTrade: 6, lastTrade: 8, sum: -6 },
      current: { trades: 1, firstTrade: 9, lastTrade: 9, sum: 5 },
    });
  });

  test("without trades, and after a trade of exactly 0, there is none", () => {
    const none = { winning: null, losing: null, current: null };
    expect(tradeStreaks(new Float64Array())).toEqual(none);
    expect(tradeStreaks(Float64Array.of(0))).toEqual(none);
  });

  test("are as long as the statistics of the trades say", () => {
    for (let seed = 0; seed < 20; seed++) {
      const netPnls = Float64Array.from(randomRun(seed).run.trades, ({ netPnl }) => netPnl);
      const { winning, losing } = tradeStreaks(netPnls);
      expect(winning?.trades ?? 0).toBe(tradeStatistics(netPnls).winStreakMax);
      expect(losing?.trades ?? 0).toBe(tradeStatistics(netPnls).lossStreakMax);
    }
  });
});

test("extremeTrades name the best and the worst, and none twice", () => {
  const { trades } = randomRun(3).run;
  const [trade] = trades;
  if (trade === undefined) throw new Error("it trades");
  const made = [3, -1, 0, 5, -7].map((netPnl) => ({ ...trade, netPnl }));
  expect(extremeTrades(made, 2)).toEqual({ best: [3, 0], worst: [4, 1] });
  expect(extremeTrades(made, 9)).toEqual({ best: [3, 0], worst: [4, 1] });
  expect(extremeTrades([], 3)).toEqual({ best: [], worst: [] });
});

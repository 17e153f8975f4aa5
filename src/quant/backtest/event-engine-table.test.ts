import { expect, test } from "vitest";
import { type EventBacktest, runEventEngine } from "./event-engine.ts";
import { NO_COSTS } from "./instrument-costs.ts";
import {
  HOUR_MS,
  openClose,
  plainBacktest,
  scriptedBook,
  spread,
} from "./scripted-book.test-support.ts";

/*
 * Ten hours, 4:00 to 13:00, computed by hand. Y: 10 bp fee, 10 bp slippage, funding of 0.1 % at 8:00
 * (bar 4). X: 5 bp fee, 20 bp slippage, no bar at 6:00 (bar 2), a dividend of 0.50 at 9:00 (bar 5),
 * borrow of 8.76 % a year, which is 0.001 % an hour. 10 Y against 20 X.
 *
 * Long is asked at the close of bar 1, waits for X, and is filled at the opens of bar 3; flat is asked at
 * the close of bar 6 and filled at the opens of bar 7; short is asked at the close of bar 7, filled at the
 * opens of bar 8, and closed at the closes of bar 9, the last.
 *
 * bar | what is paid                                                            | cash        | worth
 *  3  | Y 10 · 102.102 = 1021.02, fee 1.02102; X 20 · 49.9 = 998, fee 0.499     |  9975.45998 | 1030 − 1020
 *  4  | funding 10 · 104 · 0.001 = 1.04; borrow 20 · 51 · 0.00001 = 0.0102      |  9974.40978 | 1050 − 1020
 *  5  | dividend 20 · 0.5 = 10; borrow 0.0102                                   |  9964.39958 | 1060 − 1010
 *  6  | borrow 20 · 50.5 · 0.00001 = 0.0101                                     |  9964.38948 | 1070 − 1000
 *  7  | borrow 0.01; Y 1078.92, fee 1.07892; X 20 · 50.1 = 1002, fee 0.501      | 10039.71956 | 0
 *  8  | Y 10 · 106.893 = 1068.93, fee 1.06893; X 1022.04, fee 0.51102           | 10085.02961 | 1040 − 1060
 *  9  | Y 10 · 104.104 = 1041.04, fee 1.04104; X 1057.88, fee 0.52894           | 10100.29963 | 0
 */
const LEG_Y = openClose(
  [
    [100, 100],
    [100, 101],
    [101, 102],
    [102, 103],
    [104, 105],
    [105, 106],
    [106, 107],
    [108, 107],
    [107, 106],
    [106, 104],
  ],
  4,
);
const LEG_X = openClose(
  [
    [50, 50],
    [50, 50],
    null,
    [50, 51],
    [51, 51],
    [51, 50.5],
    [50.5, 50],
    [50, 50],
    [51, 52],
    [52, 53],
  ],
  4,
);
const SCRIPT = {
  1: spread("long", { hedgeRatio: 2 }),
  6: spread("flat"),
  7: spread("short", { hedgeRatio: 2 }),
};
const BACKTEST: EventBacktest = plainBacktest([LEG_Y, LEG_X], [scriptedBook(SCRIPT)], {
  costs: [
    {
      ...NO_COSTS,
      fees: { makerRate: 0, takerRate: 0.001 },
      slippage: { kind: "bps", slippageBps: 10 },
      funding: { kind: "constant", rate: 0.001, everyMs: 8 * HOUR_MS },
    },
    {
      ...NO_COSTS,
      fees: { makerRate: 0, takerRate: 0.0005 },
      slippage: { kind: "bps", slippageBps: 20 },
      borrowRateAnnual: 0.0876,
      dividends: { timeMs: Float64Array.of(9 * HOUR_MS), perUnit: Float64Array.of(0.5) },
    },
  ],
});

const CASH = [
  10_000, 10_000, 10_000, 9_975.45998, 9_974.40978, 9_964.39958, 9_964.38948, 10_039.71956,
  10_085.02961, 10_100.29963,
];
const WORTH = [0, 0, 0, 10, 30, 50, 70, 0, -20, 0];

test("ten bars with every cost, a gap and a dividend are those computed by hand", () => {
  const run = runEventEngine(BACKTEST);
  CASH.forEach((cash, bar) => {
    expect(run?.cash[bar]).toBeCloseTo(cash, 9);
    expect(run?.equity[bar]).toBeCloseTo(cash + Number(WORTH[bar]), 9);
  });
  expect(run?.grossExposure[3]).toBe(2_050);
  expect(run?.netExposure[3]).toBe(10);
});

test("the two trades of the table are attributed by leg and kind", () => {
  const run = runEventEngine(BACKTEST);
  const [long, short] = run?.trades ?? [];
  expect(run?.trades).toHaveLength(2);
  expect(long).toMatchObject({
    side: "long",
    entrySignalBar: 1,
    entryFillBar: 3,
    exitSignalBar: 6,
    exitFillBar: 7,
    exitReason: "exit",
    hedgeRatio: 2,
  });
  expect(long?.netPnl).toBeCloseTo(39.71956, 9);
  const [legY, legX] = long?.legs ?? [];
  expect(legY?.quantity).toBe(10);
  expect(legY?.entryPrice).toBeCloseTo(102.102, 9);
  expect(legY?.exitPrice).toBeCloseTo(107.892, 9);
  expect(legY?.grossPnl).toBeCloseTo(57.9, 9);
  expect(legY?.fees).toBeCloseTo(2.09994, 9);
  expect(legY?.slippageCost).toBeCloseTo(2.1, 9);
  expect(legY?.funding).toBeCloseTo(-1.04, 9);
  expect(legX?.quantity).toBe(-20);
  expect(legX?.grossPnl).toBeCloseTo(-4, 9);
  expect(legX?.fees).toBeCloseTo(1, 9);
  expect(legX?.slippageCost).toBeCloseTo(4, 9);
  expect(legX?.borrow).toBeCloseTo(0.0405, 9);
  expect(legX?.dividends).toBeCloseTo(-10, 9);
  expect(short).toMatchObject({
    side: "short",
    entrySignalBar: 7,
    entryFillBar: 8,
    exitFillBar: 9,
    exitReason: "end",
  });
  expect(short?.netPnl).toBeCloseTo(60.58007, 9);
  expect(run?.costs.map(({ fees }) => fees)).toEqual([
    expect.closeTo(4.20991, 9),
    expect.closeTo(2.03996, 9),
  ]);
});

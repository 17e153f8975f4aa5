import { expect, test } from "vitest";
import { type PackedTrade, packedTrade, unpackedTrade } from "./packed-report.ts";
import type { FullTrade, ReportTradeLeg } from "./report-view.ts";

function leg(rest: Partial<ReportTradeLeg>): ReportTradeLeg {
  return {
    ...{ instrument: 0, quantity: 1, entryPrice: 1, exitPrice: 1, grossPnl: 0, fees: 0 },
    ...{ slippageCost: 0, funding: 0, borrow: 0, dividends: 0, liquidationFee: 0, netPnl: 0 },
    ...rest,
  };
}

const TRADE: FullTrade = {
  ...{ book: 3, side: "short", hedgeRatio: 0.8, entrySignalMs: 1, entryMs: 2 },
  ...{ exitSignalMs: null, exitMs: 4, entryFigure: 2.123456789012345, exitFigure: null },
  legs: [
    leg({ instrument: 5, quantity: -2, entryPrice: 1 / 3, grossPnl: 0.1, fees: 1, funding: 7 }),
    leg({ instrument: 6, quantity: null, exitPrice: null, grossPnl: 0.2, fees: 2, borrow: 8 }),
  ],
  ...{ netPnl: -3.25, barsHeld: 9, exitReason: "stop" },
};

test("a page gets every figure of a trade, money as the sum over its legs", () => {
  const sent: PackedTrade = JSON.parse(JSON.stringify(packedTrade(TRADE)));
  const { legs: _, ...figures } = TRADE;
  expect(unpackedTrade(sent)).toEqual({
    ...figures,
    ...{ grossPnl: 0.1 + 0.2, fees: 3, slippageCost: 0, funding: 7, borrow: 8 },
    ...{ dividends: 0, liquidationFee: 0 },
    legs: [
      { instrument: 5, direction: -1, entryPrice: 0.33333333, exitPrice: 1 },
      { instrument: 6, direction: 1, entryPrice: 1, exitPrice: null },
    ],
  });
});

test("what a strategy knew at its signals comes with the trade, to eight digits", () => {
  const back = (trade: FullTrade) => {
    const sent: PackedTrade = JSON.parse(JSON.stringify(packedTrade(trade)));
    return unpackedTrade(sent).signals;
  };
  const signals = { entry: [2 / 3, null, -1], exit: null };
  expect(back({ ...TRADE, signals })).toEqual({ entry: [0.66666667, null, -1], exit: null });
  expect(back({ ...TRADE, signals: { entry: [1], exit: [1 / 3] } })?.exit).toEqual([0.33333333]);
  expect(back(TRADE)).toBeUndefined();
});

test("a trade is sent in a third of the bytes", () => {
  const bytes = JSON.stringify(packedTrade(TRADE)).length;
  expect(bytes).toBeLessThan(JSON.stringify(TRADE).length / 3);
});

import { expect, test } from "vitest";
import { reportTrade } from "./report-trade.test-support.ts";
import { numberedTrades } from "./trade-columns.tsx";

test("equity after a trade has all that was closed by then, in order of exits", () => {
  const trades = [
    reportTrade({ entryMs: 1, exitMs: 9, netPnl: 5 }),
    reportTrade({ entryMs: 2, exitMs: 4, netPnl: -3 }),
    reportTrade({ entryMs: 5, exitMs: 9, netPnl: 1 }),
  ];
  const rows = numberedTrades({ trades, instruments: [], initialEquity: 100 });
  expect(rows.map(({ number, equityAfter }) => [number, equityAfter])).toEqual([
    [1, 102],
    [2, 97],
    [3, 103],
  ]);
});

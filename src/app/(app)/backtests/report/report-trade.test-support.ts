import type { ReportTrade } from "#contracts/report-view.ts";

/** A trade of one leg that made nothing, with what a test says about it. */
export function reportTrade(rest: Partial<ReportTrade> = {}, instrument = 0): ReportTrade {
  return {
    book: 0,
    side: "long",
    hedgeRatio: null,
    entrySignalMs: 0,
    entryMs: 0,
    exitSignalMs: 0,
    exitMs: 0,
    entryFigure: 0,
    exitFigure: 0,
    ...{ grossPnl: 0, fees: 0, slippageCost: 0, funding: 0 },
    ...{ borrow: 0, dividends: 0, liquidationFee: 0 },
    legs: [{ instrument, direction: 1, entryPrice: 1, exitPrice: 1 }],
    netPnl: 0,
    barsHeld: 1,
    exitReason: "exit",
    ...rest,
  };
}

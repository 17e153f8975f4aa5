import type { EventRun } from "../backtest/event-engine.ts";
import type { EventTrade, EventTradeLeg } from "../backtest/event-trade.ts";
import { resetTrialTally, type TrialTally, tallyEquity, tallyTrade } from "./trial-tally.ts";

/**
 * The tally of a run of the event engine: the way to a trial's figures that the sweep does not cover.
 *
 * @param tally written
 * @param run closed at its end
 * @param tradingStartBar bars before it are no part of the figures
 *
 * Cost: O(n + trades).
 */
export function tallyEventRun(tally: TrialTally, run: EventRun, tradingStartBar: number): void {
  resetTrialTally(tally);
  tallyEquity(tally, run.equity, tradingStartBar, run.equity.length);
  for (const trade of run.trades) {
    const sum = (of: (leg: EventTradeLeg) => number): number =>
      trade.legs.reduce((total, leg) => total + of(leg), 0);
    tallyTrade(tally, {
      netPnl: trade.netPnl,
      barsHeld: barsHeldOf(trade),
      tradedNotional: sum((leg) => leg.tradedNotional),
      fees: sum((leg) => leg.fees + leg.liquidationFee),
      slippageCost: sum((leg) => leg.slippageCost),
      carry: sum((leg) => leg.funding + leg.dividends - leg.borrow),
    });
  }
  // Several pairs may be held at a time: a bar counts once, as in a report.
  tally.barsHeld = barsInMarket(run.grossExposure, tradingStartBar);
}

/** Traded bars after which anything is held. */
function barsInMarket(grossExposure: Float64Array, tradingStartBar: number): number {
  let bars = 0;
  for (let bar = tradingStartBar; bar < grossExposure.length; bar++) {
    if (grossExposure[bar]! > 0) bars++;
  }
  return bars;
}

/** From fill to fill, as barsHeld of a pair's trade. */
function barsHeldOf({ entryFillBar, exitFillBar }: EventTrade): number {
  return exitFillBar - entryFillBar;
}

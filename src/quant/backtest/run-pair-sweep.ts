import { returnBlocks } from "../optimisation/return-blocks.ts";
import {
  createTrialTally,
  resetTrialTally,
  type TrialTally,
  tallyEquity,
  tallyFlat,
  tallyTrade,
} from "../optimisation/trial-tally.ts";
import type { FitOutcome } from "../strategies/strategy.ts";
import type { ZScoreStrategyConfig } from "../strategies/z-score-strategy.ts";
import { entryBarsOf, type PairSweep, signalsOf } from "./pair-sweep.ts";
import type { PairQuantities } from "./position-sizing.ts";
import { sweepEntry } from "./sweep-entry.ts";
import { createSweepLeg, enterLeg, leaveLeg, type SweepLeg } from "./sweep-leg.ts";
import {
  createSweepReversion,
  nextEntry,
  nextExit,
  type SweepReversion,
} from "./sweep-reversion.ts";

/** A run of one configuration. */
type Trial = {
  readonly sweep: PairSweep;
  readonly config: ZScoreStrategyConfig;
  readonly tally: TrialTally;
  readonly reversion: SweepReversion;
  readonly legY: SweepLeg;
  readonly legX: SweepLeg;
  /** The next traded bar that is not tallied yet. */
  tallied: number;
  cash: number;
  isRuined: boolean;
};

/** From fill to fill; the end of the bars is left at the close. */
type HeldSpan = {
  readonly entryBar: number;
  readonly exitBar: number;
  readonly isAtClose: boolean;
};

/**
 * Tally for the trials of a sweep.
 *
 * @param sweep the pair
 * @param riskFreeRatePerPeriod fraction a bar
 */
export function sweepTally({ input }: PairSweep, riskFreeRatePerPeriod: number): TrialTally {
  const bars = input.bars.openTimeMs.length - input.tradingStartBar;
  const initialEquity = input.rules.initialCash;
  return createTrialTally({ initialEquity, riskFreeRatePerPeriod }, returnBlocks(bars));
}

/**
 * Pair sweep: zScoreStrategy with one configuration over the bars of a pair, with all costs, in one
 * pass; equal to runEventEngine.
 *
 * Bars on which nothing is held are jumped over, those on which something is held are passed in tight
 * loops, over z-scores that all configurations with the same window share.
 *
 * @param sweep the pair; `equity` after each close is left in it
 * @param config valid
 * @param tally written: the sums of the traded bars and of the trades
 * @returns why the formation taught nothing, in which case nothing is traded; else null
 *
 * Cost: O(bars held + trades), and O(n) the first time for a window or an entry threshold; nothing is
 * allocated a bar. Checked: against runEventEngine in the test.
 */
export function runPairSweep(
  sweep: PairSweep,
  config: ZScoreStrategyConfig,
  tally: TrialTally,
): Extract<FitOutcome<unknown>, { kind: "refused" }> | null {
  const { input } = sweep;
  const n = input.bars.openTimeMs.length;
  resetTrialTally(tally);
  const signals = signalsOf(sweep, config);
  if (signals.kind === "refused") {
    sweep.equity.fill(input.rules.initialCash);
    tallyFlat(tally, n - input.tradingStartBar);
    return signals;
  }
  const trial: Trial = {
    sweep,
    config,
    tally,
    reversion: createSweepReversion(config, signals.fit, entryBarsOf(sweep, config, signals.fit)),
    legY: createSweepLeg(sweep.legY),
    legX: createSweepLeg(sweep.legX),
    tallied: input.tradingStartBar,
    cash: input.rules.initialCash,
    isRuined: false,
  };
  sweep.equity.fill(trial.cash, 0, trial.tallied);
  runTrial(trial, n - 1);
  passFlat(trial, n);
  return null;
}

/** What is asked at the last bar is never filled, so it need not be asked. */
function runTrial(trial: Trial, last: number): void {
  const { sweep, reversion, config } = trial;
  const { hedgeRatio } = reversion.signals.line;
  const entryBarMax = sweep.isFilledAtClose ? last - 1 : last;
  let bar = 0;
  while (!trial.isRuined) {
    const signalBar = nextEntry(reversion, bar, last);
    if (signalBar >= last) return;
    const { side } = reversion;
    const leavingBar = nextExit(reversion, signalBar, last);
    bar = leavingBar + 1;
    // A strategy that was refused, or is not traded yet, goes on as if it held what it asked for.
    if (signalBar < sweep.input.tradingStartBar || signalBar >= entryBarMax) continue;
    const ask = { bar: signalBar, side, hedgeRatio: hedgeRatio[signalBar]!, equity: trial.cash };
    const quantities = sweepEntry(sweep, config, ask);
    if (quantities === null) continue;
    passFlat(trial, signalBar + 1);
    const isAtClose = leavingBar >= last;
    const exitBar = isAtClose ? last : leavingBar + 1;
    holdPosition(trial, quantities, { entryBar: signalBar + 1, exitBar, isAtClose });
  }
}

/** Nothing is held up to a bar. */
function passFlat(trial: Trial, to: number): void {
  trial.sweep.equity.fill(trial.cash, trial.tallied, to);
  tallyFlat(trial.tally, to - trial.tallied);
  trial.tallied = to;
}

/** Enters at a bar, is worth something at every close, and leaves at another bar, or when it is ruined. */
function holdPosition(trial: Trial, units: PairQuantities, span: HeldSpan): void {
  const { sweep, tally, legY, legX } = trial;
  const { equity } = sweep;
  const { entryBar } = span;
  enterLeg(legY, units.legY, entryBar);
  enterLeg(legX, units.legX, entryBar);
  const base = trial.cash + (legY.cash + legX.cash);
  const { mark: markY } = legY.held;
  const { mark: markX } = legX.held;
  const { quantity: unitsY } = legY;
  const { quantity: unitsX } = legX;
  let { exitBar, isAtClose } = span;
  for (let bar = entryBar; bar < exitBar; bar++) {
    const value = base + (unitsY * markY[bar]! + unitsX * markX[bar]!);
    equity[bar] = value;
    if (value <= 0) {
      // Left at the next fill, whatever the strategy wants.
      trial.isRuined = true;
      exitBar = bar + 1;
      isAtClose = false;
    }
  }
  leaveLeg(legY, exitBar, isAtClose);
  leaveLeg(legX, exitBar, isAtClose);
  const netPnl = legY.netPnl + legX.netPnl;
  trial.cash += netPnl;
  if (trial.cash <= 0) trial.isRuined = true;
  equity[exitBar] = trial.cash;
  tallyEquity(tally, equity, entryBar, exitBar + 1);
  tallyTrade(tally, {
    netPnl,
    barsHeld: exitBar - entryBar,
    tradedNotional: legY.tradedNotional + legX.tradedNotional,
    fees: legY.fees + legX.fees,
    slippageCost: legY.slippageCost + legX.slippageCost,
    carry: legY.carry + legX.carry,
  });
  trial.tallied = exitBar + 1;
}

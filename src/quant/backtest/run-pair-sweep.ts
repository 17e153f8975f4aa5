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
import {
  stepZScoreReversion,
  ZSCORE_REVERSION_START,
  type ZScoreReversionState,
} from "../strategies/z-score-reversion.ts";
import type { ZScoreStrategyConfig } from "../strategies/z-score-strategy.ts";
import { type PairSweep, signalsOf } from "./pair-sweep.ts";
import type { PairQuantities } from "./position-sizing.ts";
import { sweepEntry } from "./sweep-entry.ts";
import { enterLeg, leaveLeg } from "./sweep-leg.ts";
import { exactZScore, type SweepSignals } from "./sweep-signals.ts";

/**
 * z-scores nearer than this to a level are computed again as the strategy has them; the fast ones differ
 * from those by far less.
 */
const LEVEL_CARE = 1e-9;

/** A run of one configuration. */
type Trial = {
  readonly sweep: PairSweep;
  readonly config: ZScoreStrategyConfig;
  readonly signals: SweepSignals;
  readonly tally: TrialTally;
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
 * Most bars change nothing: flat and not far enough out, or held and not back yet. They are passed in
 * tight loops over z-scores that all configurations with the same window share. Where something may
 * happen the step of the strategy decides, within 1e-9 of a level on the exact z-score.
 *
 * @param sweep the pair; `equity` after each close is left in it
 * @param config valid
 * @param tally written: the sums of the traded bars and of the trades
 * @returns why the formation taught nothing, in which case nothing is traded; else null
 *
 * Cost: O(n), nothing is allocated but at trades. Checked: against runEventEngine in the test.
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
    signals: signals.fit,
    tally,
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
  const { sweep, config, signals } = trial;
  const { tradingStartBar } = sweep.input;
  const { hedgeRatio } = signals.line;
  let state: ZScoreReversionState = ZSCORE_REVERSION_START;
  let bar = 0;
  while (!trial.isRuined) {
    bar = nextFlatEvent(trial, state.lockedSide, bar, last);
    if (bar >= last) return;
    state = stepZScoreReversion(config, state, { zScore: zScoreAt(trial, bar) }).state;
    if (state.signal === "flat") {
      bar++;
      continue;
    }
    const signalBar = bar;
    const side = state.signal === "long" ? 1 : -1;
    while (state.signal !== "flat") {
      bar = nextHeldEvent(trial, side, { from: bar + 1, signalBar, last });
      if (bar >= last) break;
      const held = { ...state, barsHeld: bar - 1 - signalBar };
      state = stepZScoreReversion(config, held, { zScore: zScoreAt(trial, bar) }).state;
    }
    // A strategy that was refused, or is not traded yet, goes on as if it held what it asked for.
    const isTraded =
      signalBar >= tradingStartBar && !(sweep.isFilledAtClose && signalBar + 1 === last);
    const ask = { bar: signalBar, side, hedgeRatio: hedgeRatio[signalBar]!, equity: trial.cash };
    const quantities = isTraded ? sweepEntry(sweep, config, ask) : null;
    if (quantities !== null) {
      passFlat(trial, signalBar + 1);
      const exitBar = Math.min(bar + 1, last);
      holdPosition(trial, quantities, {
        entryBar: signalBar + 1,
        exitBar,
        isAtClose: bar >= last,
      });
    }
    bar++;
  }
}

/** Nothing is held up to a bar. */
function passFlat(trial: Trial, to: number): void {
  trial.sweep.equity.fill(trial.cash, trial.tallied, to);
  tallyFlat(trial.tally, to - trial.tallied);
  trial.tallied = to;
}

/** The first bar at which a flat strategy may do something. */
function nextFlatEvent(
  { signals, config }: Trial,
  lockedSide: "long" | "short" | null,
  from: number,
  to: number,
): number {
  const { zScore } = signals;
  let bar = from;
  if (lockedSide !== null) {
    const side = lockedSide === "long" ? 1 : -1;
    const exit = -config.exitZScore - LEVEL_CARE;
    while (bar < to && !(side * zScore[bar]! >= exit)) bar++;
    return bar;
  }
  const entry = config.entryZScore - LEVEL_CARE;
  while (bar < to && !(zScore[bar]! >= entry || zScore[bar]! <= -entry)) bar++;
  return bar;
}

/** The same of a strategy that is long or short. */
function nextHeldEvent(
  { signals, config }: Trial,
  side: number,
  span: { readonly from: number; readonly signalBar: number; readonly last: number },
): number {
  const { zScore } = signals;
  const { exitZScore, stopZScore, holdingMaxBars } = config;
  const exit = -exitZScore - LEVEL_CARE;
  const stop = -(stopZScore ?? Number.POSITIVE_INFINITY) + LEVEL_CARE;
  const timeLimit = span.signalBar + (holdingMaxBars ?? Number.POSITIVE_INFINITY);
  const to = Math.min(span.last, timeLimit);
  let bar = span.from;
  for (; bar < to; bar++) {
    const signed = side * zScore[bar]!;
    if (signed >= exit || signed <= stop) return bar;
  }
  return bar;
}

/** The fast z-score, or where it does not settle what is to be done, that of the strategy. */
function zScoreAt({ signals, config }: Trial, bar: number): number {
  const { entryZScore, exitZScore, stopZScore } = config;
  const zScore = signals.zScore[bar]!;
  const distance = Math.abs(zScore);
  const isSettled =
    Math.abs(distance - entryZScore) > LEVEL_CARE &&
    Math.abs(distance - exitZScore) > LEVEL_CARE &&
    (stopZScore === null || Math.abs(distance - stopZScore) > LEVEL_CARE);
  return isSettled ? zScore : exactZScore(signals, bar);
}

/** Enters at a bar, is worth something at every close, and leaves at another bar, or when it is ruined. */
function holdPosition(trial: Trial, quantities: PairQuantities, span: HeldSpan): void {
  const { sweep, tally } = trial;
  const { equity } = sweep;
  const { entryBar } = span;
  const y = enterLeg(sweep.legY, quantities.legY, entryBar);
  const x = enterLeg(sweep.legX, quantities.legX, entryBar);
  const base = trial.cash + (y.cash + x.cash);
  const { mark: markY } = y.held;
  const { mark: markX } = x.held;
  const { legY, legX } = quantities;
  let { exitBar, isAtClose } = span;
  for (let bar = entryBar; bar < exitBar; bar++) {
    const value = base + (legY * markY[bar]! + legX * markX[bar]!);
    equity[bar] = value;
    if (value <= 0) {
      // Left at the next fill, whatever the strategy wants.
      trial.isRuined = true;
      exitBar = bar + 1;
      isAtClose = false;
    }
  }
  const pnlY = leaveLeg(y, exitBar, isAtClose);
  const pnlX = leaveLeg(x, exitBar, isAtClose);
  const netPnl = pnlY.netPnl + pnlX.netPnl;
  trial.cash += netPnl;
  if (trial.cash <= 0) trial.isRuined = true;
  equity[exitBar] = trial.cash;
  tallyEquity(tally, equity, entryBar, exitBar + 1);
  tallyTrade(tally, {
    netPnl,
    barsHeld: exitBar - entryBar,
    tradedNotional: pnlY.tradedNotional + pnlX.tradedNotional,
    fees: pnlY.fees + pnlX.fees,
    slippageCost: pnlY.slippageCost + pnlX.slippageCost,
    carry: pnlY.carry + pnlX.carry,
  });
  trial.tallied = exitBar + 1;
}

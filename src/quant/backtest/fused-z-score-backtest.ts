import { assert } from "../assert.ts";
import {
  type BlockDeviations,
  createBlockDeviations,
  deviateBlock,
} from "../rolling/block-deviations.ts";
import { isRoundingNoise } from "../stats/is-rounding-noise.ts";
import { zScoreOfLast } from "../stats/rolling-z-score.ts";
import {
  stepZScoreReversion,
  ZSCORE_REVERSION_START,
  type ZScoreReversionState,
} from "../strategies/z-score-reversion.ts";
import { closeLeg, type LegPosition, openLeg } from "./leg-position.ts";
import type { PairBacktestConfig } from "./pair-backtest-config.ts";

/** Spread and prices of a trading window of n ≥ 2 bars. */
export type FusedBars = {
  /** n + zScoreWindowBars − 1 values: before the first trading bar, the rest of its window. */
  readonly spread: Float64Array;
  readonly closeY: Float64Array;
  readonly closeX: Float64Array;
  /** Prices that orders get: opens, or the closes where there are none. */
  readonly fillY: Float64Array;
  readonly fillX: Float64Array;
  readonly isFilledAtClose: boolean;
};

/** What a set of parameters made of the bars; money in the quote currency. */
export type FusedBacktest = {
  readonly equityEnd: number;
  /** Fraction of the best equity before, in [0, 1]. */
  readonly drawdownMax: number;
  readonly trades: number;
  readonly fees: number;
  /** Already inside the profit, as in a trade. */
  readonly slippageCost: number;
  readonly isRuined: boolean;
};

/**
 * z-scores nearer than this to a level are computed again as the event loop has them; the fast ones
 * differ from those by far less.
 */
const LEVEL_CARE = 1e-9;

/** A sum of squares that may be nothing but rounding is judged by the exact z-score as well. */
const NOISE_CARE = 4;

/** Squares of the levels that ask for attention, over those of a window; wider than the rules. */
type Levels = { readonly entry: number; readonly exit: number; readonly stop: number };

type Run = {
  readonly bars: FusedBars;
  readonly config: PairBacktestConfig;
  readonly hedgeRatio: number;
  readonly levels: Levels;
  readonly block: BlockDeviations;
  /** After each close; written. */
  readonly equity: Float64Array;
  state: ZScoreReversionState;
  /** Whether the next bar fills what the state wants since the last. */
  isOrdered: boolean;
  isRuined: boolean;
  held: Held | null;
  equityRealised: number;
  peak: number;
  drawdownMax: number;
  trades: number;
  fees: number;
  slippageCost: number;
};

type Held = { readonly legY: LegPosition; readonly legX: LegPosition };

/** Trading bars from ≤ bar < to; first is that of the first value of the block. */
type Stretch = { readonly first: number; readonly from: number; readonly to: number };

/**
 * Fused z-score backtest: rolling z-score, strategy, fills, costs, equity and drawdown in one sweep, for
 * many sets of parameters on the same bars.
 *
 * Most bars change nothing: flat and not far enough out, or held and not back yet. They are passed in
 * tight loops that compare squares, without a root or a division. Where something may happen the step
 * of the strategy decides, and within 1e-9 of a level it is given the exact z-score, so that every
 * trade is the one of the event loop.
 *
 * @param bars spread and prices
 * @param config checked configuration
 * @param hedgeRatio frozen X-notional per Y-notional
 * @param equity room for n values; equity after each close is written to it
 * @returns totals; see FusedBacktest
 *
 * Cost: O(n); nothing is allocated but where something may happen. Checked: against runTrading on
 * rollingZScore in the test.
 */
export function fusedZScoreBacktest(
  bars: FusedBars,
  config: PairBacktestConfig,
  hedgeRatio: number,
  equity: Float64Array,
): FusedBacktest {
  const { zScoreWindowBars } = config;
  const history = zScoreWindowBars - 1;
  const last = bars.closeY.length - 1;
  assert(bars.spread.length === last + zScoreWindowBars, "the spread begins a window before");
  assert(equity.length === last + 1, "equity has room for every bar");
  const run = startOf(bars, config, hedgeRatio, equity);
  for (let first = -history; first < last; first += zScoreWindowBars) {
    deviateBlock(run.block, bars.spread, first + history);
    const to = Math.min(first + zScoreWindowBars, last);
    tradeStretch(run, { first, from: Math.max(first, 0), to });
  }
  closeAtLast(run, last);
  const { equityRealised, drawdownMax, trades, fees, slippageCost, isRuined } = run;
  return { equityEnd: equityRealised, drawdownMax, trades, fees, slippageCost, isRuined };
}

function startOf(
  bars: FusedBars,
  config: PairBacktestConfig,
  hedgeRatio: number,
  equity: Float64Array,
): Run {
  const { entryZScore, exitZScore, stopZScore, zScoreWindowBars, initialEquity } = config;
  // z² = deviation² (w − 1) / squares.
  const squared = (level: number): number => Math.max(level, 0) ** 2 / (zScoreWindowBars - 1);
  return {
    bars,
    config,
    hedgeRatio,
    levels: {
      entry: squared(entryZScore - LEVEL_CARE),
      exit: squared(exitZScore + LEVEL_CARE),
      stop: squared((stopZScore ?? Number.POSITIVE_INFINITY) - LEVEL_CARE),
    },
    block: createBlockDeviations(zScoreWindowBars),
    equity,
    state: ZSCORE_REVERSION_START,
    isOrdered: false,
    isRuined: false,
    held: null,
    equityRealised: initialEquity,
    peak: initialEquity,
    drawdownMax: 0,
    trades: 0,
    fees: 0,
    slippageCost: 0,
  };
}

function tradeStretch(run: Run, stretch: Stretch): void {
  const { first, to } = stretch;
  let from = stretch.from;
  while (from < to) {
    if (run.isOrdered) fill(run, from);
    const bar =
      run.held === null
        ? passFlat(run, { first, from, to })
        : passHeld(run, run.held, { first, from, to });
    if (bar < to) decide(run, bar, zScoreAt(run, bar, bar - first));
    from = bar + 1;
  }
}

/** Marks flat bars up to the first at which something may happen, and returns that; `to` without one. */
function passFlat(run: Run, { first, from, to }: Stretch): number {
  const { equity, equityRealised, state, levels, block } = run;
  const { deviations, squares } = block;
  mark(run, equityRealised);
  if (equityRealised <= 0) run.isRuined = true;
  if (run.isRuined) {
    equity.fill(equityRealised, from, to);
    return to;
  }
  const side = sideOf(state.lockedSide);
  for (let bar = from; bar < to; bar++) {
    const deviation = deviations[bar - first]!;
    const square = squares[bar - first]!;
    equity[bar] = equityRealised;
    const mayHappen =
      side === 0
        ? deviation * deviation > levels.entry * square
        : side * deviation * Math.abs(deviation) > -levels.exit * square;
    if (mayHappen) return bar;
  }
  return to;
}

/** The same of bars on which a position is held. */
function passHeld(run: Run, { legY, legX }: Held, { first, from, to }: Stretch): number {
  const { equity, equityRealised, levels, block, bars, state, config } = run;
  const { closeY, closeX } = bars;
  const { deviations, squares } = block;
  const { quantity: quantityY, entryPrice: priceY, entryFee: feeY } = legY;
  const { quantity: quantityX, entryPrice: priceX, entryFee: feeX } = legX;
  const side = sideOf(state.signal);
  const timeLimit = from + (config.holdingMaxBars ?? Number.POSITIVE_INFINITY) - 1 - state.barsHeld;
  let bar = from;
  for (; bar < to; bar++) {
    const profitY = quantityY * (closeY[bar]! - priceY) - feeY;
    const profitX = quantityX * (closeX[bar]! - priceX) - feeX;
    const value = equityRealised + (profitY + profitX);
    equity[bar] = value;
    mark(run, value);
    const deviation = deviations[bar - first]!;
    const square = squares[bar - first]!;
    if (
      side * deviation * Math.abs(deviation) > -levels.exit * square ||
      deviation * deviation > levels.stop * square ||
      bar >= timeLimit ||
      value <= 0
    ) {
      break;
    }
  }
  run.state = { ...state, barsHeld: state.barsHeld + (bar - from) };
  return bar;
}

function sideOf(side: "long" | "short" | "flat" | null): -1 | 0 | 1 {
  return side === "long" ? 1 : side === "short" ? -1 : 0;
}

/** Keeps the best equity and the deepest fall from it. */
function mark(run: Run, value: number): void {
  if (value > run.peak) run.peak = value;
  else if (value < run.peak * (1 - run.drawdownMax)) {
    run.drawdownMax = Math.min(1, 1 - value / run.peak);
  }
}

/** The fast z-score, and where it does not settle what is to be done, the one of the event loop. */
function zScoreAt({ block, bars, config }: Run, bar: number, inBlock: number): number {
  const { zScoreWindowBars, entryZScore, exitZScore, stopZScore } = config;
  const squares = block.squares[inBlock]!;
  const zScore = block.deviations[inBlock]! / Math.sqrt(squares / (zScoreWindowBars - 1));
  const distance = Math.abs(zScore);
  const isSettled =
    Math.abs(distance - entryZScore) > LEVEL_CARE &&
    Math.abs(distance - exitZScore) > LEVEL_CARE &&
    (stopZScore === null || Math.abs(distance - stopZScore) > LEVEL_CARE) &&
    !isRoundingNoise(
      squares / NOISE_CARE,
      zScoreWindowBars,
      bars.spread[bar + zScoreWindowBars - 1]!,
    );
  return isSettled ? zScore : zScoreOfLast(bars.spread, bar, bar + zScoreWindowBars);
}

/** What the event loop does at the close of a bar. */
function decide(run: Run, bar: number, zScore: number): void {
  const { config, state, equity } = run;
  if (equity[bar]! <= 0) {
    run.isRuined = true;
    run.isOrdered = true;
    return;
  }
  const step = stepZScoreReversion(config, state, { zScore });
  run.isOrdered = step.target !== state.signal;
  run.state = step.state;
}

/** An order of the bar before: leaves what is held, or takes what the strategy wants. */
function fill(run: Run, bar: number): void {
  const { fillY, fillX } = run.bars;
  run.isOrdered = false;
  if (run.held === null) open(run, fillY[bar]!, fillX[bar]!);
  else close(run, run.held, fillY[bar]!, fillX[bar]!);
}

function open(run: Run, priceY: number, priceX: number): void {
  const { config, hedgeRatio, state } = run;
  const notionalY = sideOf(state.signal) * config.notional;
  const rates = { feeRate: config.feeBps / 10_000, slippageRate: config.slippageBps / 10_000 };
  run.held = {
    legY: openLeg(notionalY, priceY, rates),
    legX: openLeg(-notionalY * hedgeRatio, priceX, rates),
  };
}

function close(run: Run, held: Held, priceY: number, priceX: number): void {
  const legY = closeLeg(held.legY, priceY);
  const legX = closeLeg(held.legX, priceX);
  run.held = null;
  run.equityRealised += legY.netPnl + legX.netPnl;
  run.trades++;
  run.fees += legY.fees + legX.fees;
  run.slippageCost += legY.slippageCost + legX.slippageCost;
}

/** The last bar decides nothing: what is ordered is filled, and what is then open is closed. */
function closeAtLast(run: Run, last: number): void {
  const { closeY, closeX, isFilledAtClose } = run.bars;
  // An entry at the last close would be left at the same price, for nothing but its costs.
  if (run.isOrdered && !(run.held === null && isFilledAtClose)) fill(run, last);
  if (run.held !== null) close(run, run.held, closeY[last]!, closeX[last]!);
  run.equity[last] = run.equityRealised;
  mark(run, run.equityRealised);
  if (run.equityRealised <= 0) run.isRuined = true;
}

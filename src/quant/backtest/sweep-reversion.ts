import type { ZScoreReversionConfig } from "../strategies/z-score-reversion.ts";
import { exactZScore, type SweepSignals } from "./sweep-signals.ts";

/**
 * z-scores nearer than this to a level are computed again as the strategy has them; the fast ones differ
 * from those by far less.
 */
const LEVEL_CARE = 1e-9;

/** stepZScoreReversion from event to event instead of from bar to bar. */
export type SweepReversion = {
  readonly signals: SweepSignals;
  /** For each bar the next at which the z-score may be an entry; see entryBars. */
  readonly entryBars: Int32Array;
  readonly entry: number;
  readonly exit: number;
  /** ∞ without a rule, as the next. */
  readonly stop: number;
  readonly holdingMaxBars: number;
  /** What the last entry asked for: 1 long, −1 short. */
  side: number;
  /** The side of the last trade that was stopped, until the z-score has crossed its exit level; else 0. */
  lockedSide: number;
};

/**
 * The strategy before its first bar.
 *
 * @param config valid thresholds
 * @param signals shared by configurations with the same window
 * @param entryBars shared by those with the same entry threshold as well
 */
export function createSweepReversion(
  { entryZScore, exitZScore, stopZScore, holdingMaxBars }: ZScoreReversionConfig,
  signals: SweepSignals,
  entryBars: Int32Array,
): SweepReversion {
  return {
    signals,
    entryBars,
    entry: entryZScore,
    exit: exitZScore,
    stop: stopZScore ?? Number.POSITIVE_INFINITY,
    holdingMaxBars: holdingMaxBars ?? Number.POSITIVE_INFINITY,
    side: 0,
    lockedSide: 0,
  };
}

/**
 * For each bar the first, itself included, whose z-score is an entry or nearly one.
 *
 * @param zScore one a bar, NaN is none
 * @param entryZScore threshold
 * @returns n + 1 bars; n where there is none
 *
 * Cost: O(n).
 */
export function entryBars(zScore: Float64Array, entryZScore: number): Int32Array {
  const n = zScore.length;
  const level = entryZScore - LEVEL_CARE;
  const bars = new Int32Array(n + 1);
  let next = n;
  bars[n] = n;
  for (let bar = n - 1; bar >= 0; bar--) {
    if (Math.abs(zScore[bar]!) >= level) next = bar;
    bars[bar] = next;
  }
  return bars;
}

/**
 * The bar at whose close a flat strategy asks for a position.
 *
 * @param reversion `side` is what it asks for
 * @param from first bar that it sees flat
 * @param last bars from here on are not looked at
 * @returns the bar, ≥ last when there is none
 */
export function nextEntry(reversion: SweepReversion, from: number, last: number): number {
  const { entryBars: next, entry, stop } = reversion;
  let bar = reversion.lockedSide === 0 ? from : unlockBar(reversion, from, last);
  for (; bar < last; bar++) {
    bar = next[bar]!;
    if (bar >= last) return bar;
    const zScore = zScoreAt(reversion, bar);
    const distance = Math.abs(zScore);
    if (distance < entry || distance >= stop) continue;
    reversion.side = zScore > 0 ? -1 : 1;
    return bar;
  }
  return bar;
}

/**
 * The bar at whose close a strategy that has asked for a position asks to leave it.
 *
 * @param reversion `lockedSide` is set by a stop and by the time limit
 * @param signalBar bar of the entry
 * @param last bars from here on are not looked at
 * @returns the bar, `last` when there is none
 */
export function nextExit(reversion: SweepReversion, signalBar: number, last: number): number {
  const { exit, stop, side, holdingMaxBars } = reversion;
  const { zScore } = reversion.signals;
  const exitLevel = -exit - LEVEL_CARE;
  const stopLevel = LEVEL_CARE - stop;
  const timeLimit = signalBar + holdingMaxBars;
  const to = Math.min(last, timeLimit);
  for (let bar = signalBar + 1; bar <= to; bar++) {
    // The last bar is none at which anything is asked, that of the time limit is.
    for (; bar < to; bar++) {
      const signed = side * zScore[bar]!;
      if (signed >= exitLevel || signed <= stopLevel) break;
    }
    if (bar >= last) break;
    const signed = side * zScoreAt(reversion, bar);
    const isExit = signed >= -exit;
    if (isExit || Math.abs(signed) >= stop || bar >= timeLimit) {
      reversion.lockedSide = isExit ? 0 : side;
      return bar;
    }
  }
  return last;
}

/** The first bar on which the side of the last trade has crossed its exit level. */
function unlockBar(reversion: SweepReversion, from: number, last: number): number {
  const { lockedSide, exit } = reversion;
  const { zScore } = reversion.signals;
  const exitLevel = -exit - LEVEL_CARE;
  for (let bar = from; bar < last; bar++) {
    if (!(lockedSide * zScore[bar]! >= exitLevel)) continue;
    if (lockedSide * zScoreAt(reversion, bar) >= -exit) {
      reversion.lockedSide = 0;
      return bar;
    }
  }
  return last;
}

/** The fast z-score, or where it does not settle what is to be done, that of the strategy. */
function zScoreAt({ signals, entry, exit, stop }: SweepReversion, bar: number): number {
  const zScore = signals.zScore[bar]!;
  const distance = Math.abs(zScore);
  const isSettled =
    Math.abs(distance - entry) > LEVEL_CARE &&
    Math.abs(distance - exit) > LEVEL_CARE &&
    Math.abs(distance - stop) > LEVEL_CARE;
  return isSettled ? zScore : exactZScore(signals, bar);
}

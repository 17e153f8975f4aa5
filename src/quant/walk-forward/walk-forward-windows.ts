import { InvalidInputError } from "../invalid-input-error.ts";

/**
 * How a history is divided, in bars of the axis that all instruments share.
 *
 * Bars and not milliseconds, because the end of a window closes what is open: that a bar is the last of a
 * window is known at its close when bars are counted, and with spans of time only by knowing that no bar
 * follows. Who has spans divides by the interval.
 */
export type WindowPlan = {
  /** Bars that pairs are selected and fitted on; of an anchored plan those of the first window. */
  readonly formationBars: number;
  /** Bars that are traded. */
  readonly tradingBars: number;
  /** From the first traded bar of one window to that of the next; at least `tradingBars`. */
  readonly stepBars: number;
  /** Rolling: every formation is as long. Anchored: every formation begins with the first bar. */
  readonly isAnchored: boolean;
  /** Last bars of each formation that nothing is learned from; strategies warm up on them. */
  readonly purgeBars: number;
  /** Bars between formation and trading that are not traded; strategies warm up on them. */
  readonly embargoBars: number;
};

/** One window; bars are places on the axis, `To` is the bar after the last. */
export type WalkForwardWindow = {
  readonly index: number;
  readonly formationFrom: number;
  /** After the purge: nothing is learned from this bar on. */
  readonly formationTo: number;
  readonly tradingFrom: number;
  readonly tradingTo: number;
  /** Whether the history ends before the trading is as long as planned. */
  readonly isCut: boolean;
};

/** A run without end: more windows than anybody reads, and each one is a scan. */
const WINDOWS_MAX = 1_000;

/**
 * Windows of a walk-forward: formation, purge, embargo, trading, again and again.
 *
 * The bars of the first window are formationBars + embargoBars + tradingBars, the purge being the end of
 * the formation. The last window may be cut short by the end of the history, and no window depends on
 * bars after it, so that those of a prefix are those of the whole.
 *
 * @param barCount bars of the history
 * @param plan lengths
 * @returns at least one window that trades, in order; traded bars never overlap
 * @throws {InvalidInputError} "out-of-range": a length that cannot be, a step shorter than the trading,
 *   or more than 1000 windows; "too-short" when not one window fits; the messages name the numbers
 *
 * Cost: O(windows).
 */
export function walkForwardWindows(
  barCount: number,
  plan: WindowPlan,
): readonly WalkForwardWindow[] {
  requireWindowPlan(plan);
  const needed = walkForwardBarsMin(plan);
  if (barCount < needed) {
    throw new InvalidInputError(
      "too-short",
      `not one window fits: ${plan.formationBars} formation and ${plan.embargoBars} embargo bars before at least 2 traded ones need ${needed} bars, and there are ${barCount}`,
    );
  }
  const windows = windowsFrom(barCount, plan, TRADING_BARS_MIN);
  if (windows.length > WINDOWS_MAX) {
    throw new InvalidInputError(
      "out-of-range",
      `${windows.length} windows are more than ${WINDOWS_MAX}: lengthen the step of ${plan.stepBars} bars`,
    );
  }
  return windows;
}

/** A fill after a signal needs a second bar. */
const TRADING_BARS_MIN = 2;

/**
 * Fewest bars of a history that a plan can be run on: one window with two traded bars.
 *
 * @param plan lengths
 */
export function walkForwardBarsMin({ formationBars, embargoBars }: WindowPlan): number {
  return formationBars + embargoBars + TRADING_BARS_MIN;
}

/**
 * Windows of which at least so many bars are traded; with 0 also the one that has been prepared and whose
 * trading begins with the next bar.
 *
 * @param barCount bars of the history
 * @param plan checked lengths
 * @param tradedMin bars
 * @returns in order; may be none
 */
export function windowsFrom(
  barCount: number,
  plan: WindowPlan,
  tradedMin: number,
): WalkForwardWindow[] {
  const { formationBars, tradingBars, stepBars, isAnchored, purgeBars, embargoBars } = plan;
  const windows: WalkForwardWindow[] = [];
  for (let index = 0; ; index++) {
    const start = index * stepBars;
    const tradingFrom = start + formationBars + embargoBars;
    if (tradingFrom + tradedMin > barCount) return windows;
    windows.push({
      index,
      formationFrom: isAnchored ? 0 : start,
      formationTo: start + formationBars - purgeBars,
      tradingFrom,
      tradingTo: Math.min(tradingFrom + tradingBars, barCount),
      isCut: tradingFrom + tradingBars > barCount,
    });
  }
}

/**
 * Entry check of a plan.
 *
 * @throws {InvalidInputError} "out-of-range"; the message names the field and the numbers
 */
export function requireWindowPlan(plan: WindowPlan): void {
  const { formationBars, tradingBars, stepBars, purgeBars, embargoBars } = plan;
  requireWhole(formationBars, "formationBars", 1);
  requireWhole(tradingBars, "tradingBars", TRADING_BARS_MIN);
  requireWhole(stepBars, "stepBars", 1);
  requireWhole(purgeBars, "purgeBars", 0);
  requireWhole(embargoBars, "embargoBars", 0);
  if (stepBars < tradingBars) {
    throw new InvalidInputError(
      "out-of-range",
      `a step of ${stepBars} bars is shorter than the ${tradingBars} traded ones: one account trades one window at a time`,
    );
  }
  if (purgeBars >= formationBars) {
    throw new InvalidInputError(
      "out-of-range",
      `a purge of ${purgeBars} bars leaves nothing of a formation of ${formationBars}`,
    );
  }
}

function requireWhole(value: number, field: string, min: number): void {
  if (!(Number.isSafeInteger(value) && value >= min)) {
    throw new InvalidInputError(
      "out-of-range",
      `${field} must be a whole number of at least ${min}`,
    );
  }
}

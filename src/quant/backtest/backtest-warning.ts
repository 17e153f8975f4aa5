/**
 * What a reader must know before believing a backtest; `code` is for programs, `message` for
 * people.
 */
export type BacktestWarning = {
  readonly code:
    | "hedge-ratio-not-positive"
    | "close-only-fill"
    | "bars-dropped"
    | "few-trades"
    | "ruin";
  readonly message: string;
};

/**
 * Fewer round trips than this carry no statistics; 30 is the textbook bound of the normal limit.
 */
export const TRADES_MIN = 30;

/** The facts of a finished backtest that can call for a warning. */
export type BacktestFacts = {
  readonly hedgeRatio: number;
  readonly isFilledAtClose: boolean;
  readonly droppedBars: number;
  readonly trades: number;
  readonly isRuined: boolean;
};

/**
 * Backtest warnings: which of the known caveats apply.
 *
 * @param facts what happened
 * @returns the warnings, in a fixed order, none when nothing is to be said
 */
export function backtestWarnings(facts: BacktestFacts): readonly BacktestWarning[] {
  const warnings: BacktestWarning[] = [];
  if (facts.hedgeRatio <= 0) {
    warnings.push({
      code: "hedge-ratio-not-positive",
      message: "The hedge ratio is not positive: both legs are held on the same side.",
    });
  }
  if (facts.isFilledAtClose) {
    warnings.push({
      code: "close-only-fill",
      message: "A leg has closes only: orders are filled at the next close, not at the next open.",
    });
  }
  if (facts.droppedBars > 0) {
    warnings.push({
      code: "bars-dropped",
      message:
        facts.droppedBars === 1
          ? "1 bar of one leg has no partner in the other and is left out."
          : `${facts.droppedBars} bars of one leg have no partner in the other and are left out.`,
    });
  }
  if (facts.trades < TRADES_MIN) {
    warnings.push({
      code: "few-trades",
      message: `${facts.trades === 1 ? "1 trade is" : `${facts.trades} trades are`} too few to tell skill from luck.`,
    });
  }
  if (facts.isRuined) {
    warnings.push({
      code: "ruin",
      message: "Equity fell to zero or below: trading stopped there.",
    });
  }
  return warnings;
}

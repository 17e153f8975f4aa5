import type { TrialFigure } from "./trial-figures.ts";

/** What a search may maximise, by name, with the words of a form. */
export const OBJECTIVES = {
  "sharpe-ratio": { label: "Sharpe ratio", figure: "sharpeRatio" },
  "sortino-ratio": { label: "Sortino ratio", figure: "sortinoRatio" },
  "calmar-ratio": { label: "Calmar ratio", figure: "calmarRatio" },
  "omega-ratio": { label: "Omega ratio", figure: "omegaRatio" },
  "total-return": { label: "Total return", figure: "totalReturn" },
  "annualised-return": { label: "Annualised return", figure: "annualisedReturn" },
  "profit-factor": { label: "Profit factor", figure: "profitFactor" },
  expectancy: { label: "Expectancy of a trade", figure: "expectancy" },
  "win-rate": { label: "Win rate", figure: "winRate" },
} as const satisfies Readonly<
  Record<string, { readonly label: string; readonly figure: TrialFigure }>
>;

export type ObjectiveName = keyof typeof OBJECTIVES;

/**
 * Objective of every trial: larger is better.
 *
 * @param name which
 * @param figures columns of the trials' figures, NaN where one is undefined
 * @returns one value a trial; −∞ where the figure is undefined (no trades, no variance, ruin): such a
 *   trial was tried and counts, and is the worst there is
 *
 * Cost: O(trials).
 */
export function objectiveOf(
  name: ObjectiveName,
  figures: Readonly<Record<TrialFigure, Float64Array>>,
): Float64Array {
  return figures[OBJECTIVES[name].figure].map((value) =>
    Number.isNaN(value) ? Number.NEGATIVE_INFINITY : value,
  );
}

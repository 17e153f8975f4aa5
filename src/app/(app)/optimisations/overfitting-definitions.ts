import { EVIDENCE_DEFINITIONS, type FigureDefinition } from "#ui/metric-definitions.ts";

export type OverfittingFigureName =
  | "probabilisticSharpe"
  | "deflatedSharpe"
  | "expectedMaximumSharpe"
  | "minimumTrackRecordBars"
  | "backtestOverfitting";

/** How much of a search may be luck. Sources: Bailey, López de Prado (2014); Bailey et al. (2017). */
export const OVERFITTING_DEFINITIONS: Readonly<Record<OverfittingFigureName, FigureDefinition>> = {
  ...EVIDENCE_DEFINITIONS,
  expectedMaximumSharpe: {
    label: "Expected maximum by chance",
    unit: "Sharpe ratio a year",
    format: "number",
    definition: "The Sharpe ratio that the best of so many trials shows without any skill.",
    computation:
      "Standard deviation of the trials’ Sharpe ratios × the expected largest of as many standard normal draws.",
    good: "Well below the Sharpe ratio of the best trial.",
    caveat:
      "Takes trials for independent. Neighbours are alike, so the bar is rather too high than too low.",
  },
  backtestOverfitting: {
    label: "Probability of overfitting",
    unit: "probability",
    format: "percent",
    definition:
      "How often the trial with the best Sharpe ratio in one half of the time is worse than the median in the other half, whatever the objective of the search.",
    computation:
      "Combinatorially symmetric cross-validation: blocks of time are split in two halves in every way.",
    good: "Below 20\u00a0%. At 50\u00a0% the choice is worth nothing.",
    caveat: "Says how good the choosing is, not how good the chosen one is.",
  },
};

/**
 * The figures of a trial, in the order of a table: all that one pass without sorting gives. `trades` and
 * `underwaterBarsMax` are counts; fees, slippage cost and carry (funding and dividends received less
 * borrow paid) are in the quote currency; expectancy in the quote currency a trade; turnover in times a
 * year; the rest are fractions and ratios.
 */
export const TRIAL_FIGURES = [
  "totalReturn",
  "annualisedReturn",
  "annualisedVolatility",
  "sharpeRatio",
  "sortinoRatio",
  "calmarRatio",
  "omegaRatio",
  "drawdownMax",
  "underwaterBarsMax",
  "trades",
  "winRate",
  "profitFactor",
  "expectancy",
  "exposure",
  "turnover",
  "fees",
  "slippageCost",
  "carry",
] as const;

/** The name of a figure of a trial. */
export type TrialFigure = (typeof TRIAL_FIGURES)[number];

/** Moments of the returns of a bar; not annualised, kurtosis raw. */
export const TRIAL_MOMENTS = ["mean", "deviation", "skewness", "kurtosis"] as const;

/** The name of a moment. */
export type TrialMoment = (typeof TRIAL_MOMENTS)[number];

import { InvalidInputError } from "../invalid-input-error.ts";
import { requireSeries } from "../stats/require-series.ts";
import { annualisedReturn } from "./annualised-return.ts";
import { annualisedVolatility } from "./annualised-volatility.ts";
import { calmarRatio } from "./calmar-ratio.ts";
import { conditionalValueAtRisk } from "./conditional-value-at-risk.ts";
import { type MaximumDrawdown, maximumDrawdown } from "./maximum-drawdown.ts";
import { minimumTrackRecord } from "./minimum-track-record.ts";
import { omegaRatio } from "./omega-ratio.ts";
import type { UndefinedReason } from "./performance-summary.ts";
import { probabilisticSharpeRatio } from "./probabilistic-sharpe-ratio.ts";
import { type ReturnDistribution, returnDistribution } from "./return-distribution.ts";
import { type Annualisation, sharpeRatio } from "./sharpe-ratio.ts";
import { sortinoRatio } from "./sortino-ratio.ts";
import { totalReturn } from "./total-return.ts";
import { valueAtRisk } from "./value-at-risk.ts";

/** Why a figure of returns has no value. */
export type ReturnsReason = UndefinedReason | "no-excess-return" | "zero-quantile";

/** Figures of a series of returns; fractions, ratios, and counts of bars. */
export type ReturnsFigures = ReturnDistribution &
  MaximumDrawdown & {
    readonly totalReturn: number;
    readonly annualisedReturn: number | null;
    readonly volatility: number | null;
    readonly sharpeRatio: number | null;
    /** The same, not annualised. */
    readonly sharpePerPeriod: number | null;
    readonly sortinoRatio: number | null;
    readonly calmarRatio: number | null;
    readonly omegaRatio: number | null;
    readonly valueAtRisk: number | null;
    readonly conditionalValueAtRisk: number | null;
    /** How sure it is that the true Sharpe ratio is above 0. */
    readonly probabilisticSharpeRatio: number | null;
    /** Returns that it takes to be 95 % sure of that. */
    readonly minimumTrackRecord: number | null;
  };

/** Figures, with a reason for each that is null but recoveryIndex, which is null until recovery. */
export type ReturnsSummary = {
  readonly figures: ReturnsFigures;
  readonly reasons: Readonly<Partial<Record<keyof ReturnsFigures, ReturnsReason>>>;
};

/**
 * Summary of returns: every figure that a series of returns has by itself, without its trades.
 *
 * The equity of which the drawdown is taken is Π(1 + r), 1 before the first bar.
 *
 * @param returns n ≥ 1 finite simple returns, one a bar, oldest first
 * @param annualisation bars of a year, > 0, and the risk-free rate a bar
 * @returns figures, and reasons for those that are null; see ReturnsSummary
 * @throws {InvalidInputError} "too-short", "not-finite"; "out-of-range": bars of a year
 *
 * Cost: O(n log n). Convention: each figure as the function of its name.
 * Checked: golden/performance.json.
 */
export function returnsSummary(
  returns: Float64Array,
  annualisation: Annualisation,
): ReturnsSummary {
  requireSeries(returns, { name: "returns", lengthMin: 1 });
  const { periodsPerYear, riskFreeRatePerPeriod = 0 } = annualisation;
  if (!(periodsPerYear > 0 && Number.isFinite(periodsPerYear))) {
    throw new InvalidInputError("out-of-range", "periodsPerYear must be positive");
  }
  const drawdown = maximumDrawdown(growthOf(returns), 1);
  const growth = annualisedReturn(returns, periodsPerYear);
  const figures: ReturnsFigures = {
    totalReturn: totalReturn(returns),
    annualisedReturn: growth,
    volatility: annualisedVolatility(returns, periodsPerYear),
    sortinoRatio: sortinoRatio(returns, annualisation),
    calmarRatio: growth === null ? null : calmarRatio(growth, drawdown.drawdownMax),
    omegaRatio: omegaRatio(returns, riskFreeRatePerPeriod),
    ...drawdown,
    valueAtRisk: valueAtRisk(returns),
    conditionalValueAtRisk: conditionalValueAtRisk(returns),
    ...sharpeFigures(returns, annualisation),
  };
  return { figures, reasons: reasonsOf(figures, returns) };
}

function growthOf(returns: Float64Array): Float64Array {
  let equity = 1;
  return returns.map((value) => {
    equity *= 1 + value;
    return equity;
  });
}

type SharpeFigure =
  | keyof ReturnDistribution
  | "sharpeRatio"
  | "sharpePerPeriod"
  | "probabilisticSharpeRatio"
  | "minimumTrackRecord";

function sharpeFigures(
  returns: Float64Array,
  annualisation: Annualisation,
): Pick<ReturnsFigures, SharpeFigure> {
  const distribution = returnDistribution(returns);
  const { skewness, kurtosis } = distribution;
  const sharpe = sharpeRatio(returns, { ...annualisation, periodsPerYear: 1 });
  const sample =
    sharpe === null || skewness === null || kurtosis === null
      ? null
      : { sharpe, skewness, kurtosis, observations: returns.length };
  return {
    ...distribution,
    sharpeRatio: sharpeRatio(returns, annualisation),
    sharpePerPeriod: sharpe,
    probabilisticSharpeRatio: sample === null ? null : probabilisticSharpeRatio(sample),
    minimumTrackRecord: sample === null ? null : minimumTrackRecord(sample),
  };
}

function reasonsOf(figures: ReturnsFigures, returns: Float64Array): ReturnsSummary["reasons"] {
  const noSharpe = returns.length < 2 ? "too-few-bars" : "no-variance";
  const noGrowth = figures.totalReturn <= -1 ? "ruin" : "too-few-bars";
  const reasons = {
    annualisedReturn: noGrowth,
    volatility: "too-few-bars",
    sharpeRatio: noSharpe,
    sharpePerPeriod: noSharpe,
    sortinoRatio: "no-downside",
    calmarRatio: figures.annualisedReturn === null ? noGrowth : "no-drawdown",
    omegaRatio: "no-downside",
    skewness: noSharpe,
    kurtosis: noSharpe,
    tailRatio: "zero-quantile",
    probabilisticSharpeRatio: noSharpe,
    minimumTrackRecord: figures.sharpePerPeriod === null ? noSharpe : "no-excess-return",
  } as const satisfies Partial<Record<keyof ReturnsFigures, ReturnsReason>>;
  const undefinedOnes = Object.entries(reasons).filter(
    ([name]) => new Map(Object.entries(figures)).get(name) === null,
  );
  return Object.fromEntries(undefinedOnes);
}

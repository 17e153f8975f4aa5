import { InvalidInputError } from "../invalid-input-error.ts";
import { correlation } from "../stats/correlation.ts";
import { isRoundingNoise } from "../stats/is-rounding-noise.ts";
import { mean } from "../stats/mean.ts";
import { requireAlignedSeries } from "../stats/require-series.ts";
import { sampleStandardDeviation } from "./sample-standard-deviation.ts";
import { type Annualisation, sharpeRatio } from "./sharpe-ratio.ts";

/** A strategy beside its benchmark; null where one of them does not vary. */
export type BenchmarkComparison = {
  /** Excess return gained per unit of the benchmark's. */
  readonly beta: number | null;
  /** Mean excess return that beta does not explain, a fraction a bar. */
  readonly alphaPerPeriod: number | null;
  /** The same a year: compounded (null also where that overflows), and times the bars of a year. */
  readonly alphaAnnualised: number | null;
  readonly alphaAnnualisedSimple: number | null;
  readonly correlation: number | null;
  /** Standard deviation of the difference of returns, a year. */
  readonly trackingError: number;
  /** Mean difference of returns per unit of its deviation, a year. */
  readonly informationRatio: number | null;
};

/**
 * Comparison with a benchmark: what of a return the benchmark explains, and what is left.
 *
 * r − rf = α + β (b − rf) + e by least squares; information ratio mean(r − b) / std(r − b, ddof 1)
 * · √periodsPerYear.
 *
 * @param returns n ≥ 2 simple returns, one a bar
 * @param benchmark n simple returns of the same bars
 * @param annualisation bars of a year and the risk-free rate a bar
 * @returns see BenchmarkComparison
 * @throws {InvalidInputError} lengths differ, n < 2, a value is not finite
 *
 * Cost: O(n). Convention: matches empyrical alpha_beta. Checked: golden/performance.json.
 */
export function benchmarkComparison(
  returns: Float64Array,
  benchmark: Float64Array,
  annualisation: Annualisation,
): BenchmarkComparison {
  requireAlignedSeries(returns, benchmark, 2);
  const { periodsPerYear, riskFreeRatePerPeriod = 0 } = annualisation;
  const active = returns.map((value, i) => value - benchmark[i]!);
  const beta = betaTo(returns, benchmark);
  const excess = mean(returns) - riskFreeRatePerPeriod;
  const alpha = beta === null ? null : excess - beta * (mean(benchmark) - riskFreeRatePerPeriod);
  return {
    beta,
    alphaPerPeriod: alpha,
    alphaAnnualised: alpha === null ? null : compounded(alpha, periodsPerYear),
    alphaAnnualisedSimple: alpha === null ? null : alpha * periodsPerYear,
    correlation: correlationOrNull(returns, benchmark),
    trackingError: (sampleStandardDeviation(active) ?? 0) * Math.sqrt(periodsPerYear),
    informationRatio: sharpeRatio(active, { periodsPerYear }),
  };
}

/** A few good bars compounded over a year of thousands overflow; see annualisedReturn. */
function compounded(alpha: number, periodsPerYear: number): number | null {
  const annual = (1 + alpha) ** periodsPerYear - 1;
  return Number.isFinite(annual) ? annual : null;
}

function betaTo(returns: Float64Array, benchmark: Float64Array): number | null {
  const meanReturn = mean(returns);
  const meanBenchmark = mean(benchmark);
  let products = 0;
  let squares = 0;
  for (let i = 0; i < returns.length; i++) {
    const deviation = benchmark[i]! - meanBenchmark;
    products += deviation * (returns[i]! - meanReturn);
    squares += deviation * deviation;
  }
  return isRoundingNoise(squares, returns.length, meanBenchmark) ? null : products / squares;
}

function correlationOrNull(y: Float64Array, x: Float64Array): number | null {
  try {
    return correlation(y, x);
  } catch (error) {
    // A constant has no correlation: here an answer, not a mistake of the caller.
    if (error instanceof InvalidInputError && error.code === "constant") return null;
    throw error;
  }
}

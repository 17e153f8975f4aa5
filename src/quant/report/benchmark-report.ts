import {
  type BenchmarkComparison,
  benchmarkComparison,
} from "../performance/benchmark-comparison.ts";
import { type ReturnsSummary, returnsSummary } from "../performance/returns-summary.ts";
import { riskFreeRatePerPeriod } from "../performance/risk-free-rate.ts";
import { type Benchmark, benchmarkEquity } from "./benchmark-equity.ts";
import { curveReturns, type ReportedRun, tradedEquity } from "./reported-run.ts";

/** Why a run cannot be compared with a benchmark. */
export type NoComparisonReason = "no-prices" | "too-few-bars" | "ruin";

/** Why a figure of a comparison has no value: the benchmark, the run, or their difference does not vary. */
export type ComparisonReason =
  | NoComparisonReason
  | "constant-benchmark"
  | "constant-run"
  | "constant-difference";

/**
 * A benchmark beside a run. `equity` and `summary` are the benchmark's own, null without prices;
 * `comparison` is of the run against it, null for `reason`. `reasons` has an entry for each figure of the
 * comparison that is null.
 */
export type BenchmarkReport = {
  readonly equity: Float64Array | null;
  readonly summary: ReturnsSummary | null;
  readonly comparison: BenchmarkComparison | null;
  readonly reason: NoComparisonReason | null;
  readonly reasons: Readonly<Partial<Record<keyof BenchmarkComparison, ComparisonReason>>>;
};

/**
 * Benchmark report: what holding something else would have made on the same bars, and how much of the
 * run's return that explains.
 *
 * @param reported the run
 * @param benchmark what it is held against
 * @returns see BenchmarkReport
 * @throws {InvalidInputError} as benchmarkEquity
 *
 * Cost: O(n log n + n · instruments).
 */
export function benchmarkReport(reported: ReportedRun, benchmark: Benchmark): BenchmarkReport {
  const equity = benchmarkEquity(reported, benchmark);
  if (equity === null) return nothingBeside("no-prices", { equity, summary: null });
  const { periodsPerYear, riskFreeRateAnnual } = reported;
  const annualisation = {
    periodsPerYear,
    riskFreeRatePerPeriod: riskFreeRatePerPeriod(riskFreeRateAnnual, periodsPerYear),
  };
  const curve = tradedEquity(reported);
  // Divided out of its equity, a constant rate would vary by rounding, and have a beta.
  const held =
    benchmark.kind === "cash"
      ? equity.map(() => riskFreeRatePerPeriod(benchmark.rateAnnual, periodsPerYear))
      : curveReturns({ ...curve, equity });
  if (held === null) return nothingBeside("ruin", { equity, summary: null });
  if (held.length < 2) return nothingBeside("too-few-bars", { equity, summary: null });
  const summary = returnsSummary(held, annualisation);
  const returns = curveReturns(curve);
  if (returns === null) return nothingBeside("ruin", { equity, summary });
  const comparison = benchmarkComparison(returns, held, annualisation);
  return { equity, summary, comparison, reason: null, reasons: reasonsOf(comparison) };
}

function nothingBeside(
  reason: NoComparisonReason,
  own: Pick<BenchmarkReport, "equity" | "summary">,
): BenchmarkReport {
  return { ...own, comparison: null, reason, reasons: {} };
}

function reasonsOf(comparison: BenchmarkComparison): BenchmarkReport["reasons"] {
  const { beta, correlation, informationRatio, alphaAnnualised } = comparison;
  return {
    ...(alphaAnnualised === null && { alphaAnnualised: "too-few-bars" }),
    ...(beta === null && {
      beta: "constant-benchmark",
      alphaPerPeriod: "constant-benchmark",
      alphaAnnualised: "constant-benchmark",
      alphaAnnualisedSimple: "constant-benchmark",
    }),
    // With a beta, the benchmark varies: it is the run that does not.
    ...(correlation === null && {
      correlation: beta === null ? "constant-benchmark" : "constant-run",
    }),
    ...(informationRatio === null && { informationRatio: "constant-difference" }),
  };
}

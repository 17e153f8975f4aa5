import { minimumTrackRecord } from "../performance/minimum-track-record.ts";
import { probabilisticSharpeRatio } from "../performance/probabilistic-sharpe-ratio.ts";
import { returnDistribution } from "../performance/return-distribution.ts";
import { riskFreeRatePerPeriod } from "../performance/risk-free-rate.ts";
import { sharpeRatio } from "../performance/sharpe-ratio.ts";
import type { SharpeSample } from "../performance/sharpe-sample.ts";
import { curveReturns, type ReportedRun, tradedEquity } from "./reported-run.ts";

/** Why there is no evidence: see UndefinedReason; "no-excess-return" is a Sharpe ratio not above the benchmark's. */
export type NoEvidenceReason = "ruin" | "too-few-bars" | "no-variance" | "no-excess-return";

/**
 * How sure a Sharpe ratio is. Probability that the true one exceeds the benchmark's; bars and years of
 * record that it takes to be so sure as `confidence`, and whether the run has them. `sample` is per bar.
 * A figure that is null has an entry in `reasons`.
 */
export type SharpeEvidence = {
  readonly sample: SharpeSample | null;
  readonly probabilisticSharpeRatio: number | null;
  readonly minimumTrackRecordBars: number | null;
  readonly minimumTrackRecordYears: number | null;
  readonly isLongEnough: boolean | null;
  readonly bars: number;
  readonly confidence: number;
  readonly benchmarkSharpeAnnual: number;
  readonly reasons: Readonly<
    Partial<
      Record<
        | "sample"
        | "probabilisticSharpeRatio"
        | "minimumTrackRecordBars"
        | "minimumTrackRecordYears"
        | "isLongEnough",
        NoEvidenceReason
      >
    >
  >;
};

/**
 * Sharpe evidence: how far the record of a run supports its Sharpe ratio.
 *
 * @param reported the run
 * @param options.benchmarkSharpeAnnual Sharpe ratio to beat, a year; 0 unless told
 * @param options.confidence of the minimum track record, in (0.5, 1); 0.95 unless told
 * @returns see SharpeEvidence
 * @throws {InvalidInputError} "out-of-range": confidence or rate
 *
 * Cost: O(n log n). Source: Bailey and López de Prado (2012).
 */
export function sharpeEvidence(
  reported: ReportedRun,
  options: { readonly benchmarkSharpeAnnual?: number; readonly confidence?: number } = {},
): SharpeEvidence {
  const { benchmarkSharpeAnnual = 0, confidence = 0.95 } = options;
  const { periodsPerYear } = reported;
  const curve = tradedEquity(reported);
  const asked = { bars: curve.equity.length, confidence, benchmarkSharpeAnnual };
  const sample = sampleOf(reported);
  if (typeof sample === "string") return noEvidence(sample, asked);
  const benchmarkSharpe = benchmarkSharpeAnnual / Math.sqrt(periodsPerYear);
  const probability = probabilisticSharpeRatio(sample, benchmarkSharpe);
  if (probability === null) return noEvidence("no-variance", asked);
  const bars = minimumTrackRecord(sample, { benchmarkSharpe, confidence });
  return {
    ...asked,
    sample,
    probabilisticSharpeRatio: probability,
    minimumTrackRecordBars: bars,
    minimumTrackRecordYears: bars === null ? null : bars / periodsPerYear,
    isLongEnough: bars === null ? null : sample.observations >= bars,
    reasons:
      bars === null
        ? {
            minimumTrackRecordBars: "no-excess-return",
            minimumTrackRecordYears: "no-excess-return",
            isLongEnough: "no-excess-return",
          }
        : {},
  };
}

/** The Sharpe ratio of a run per bar with its moments, or why it has none. */
function sampleOf(reported: ReportedRun): SharpeSample | NoEvidenceReason {
  const returns = curveReturns(tradedEquity(reported));
  if (returns === null) return "ruin";
  if (returns.length < 2) return "too-few-bars";
  const { periodsPerYear, riskFreeRateAnnual } = reported;
  const rate = riskFreeRatePerPeriod(riskFreeRateAnnual, periodsPerYear);
  const sharpe = sharpeRatio(returns, { periodsPerYear: 1, riskFreeRatePerPeriod: rate });
  const { skewness, kurtosis } = returnDistribution(returns);
  if (sharpe === null || skewness === null || kurtosis === null) return "no-variance";
  return { sharpe, skewness, kurtosis, observations: returns.length };
}

function noEvidence(
  reason: NoEvidenceReason,
  asked: Pick<SharpeEvidence, "bars" | "confidence" | "benchmarkSharpeAnnual">,
): SharpeEvidence {
  return {
    ...asked,
    sample: null,
    probabilisticSharpeRatio: null,
    minimumTrackRecordBars: null,
    minimumTrackRecordYears: null,
    isLongEnough: null,
    reasons: {
      sample: reason,
      probabilisticSharpeRatio: reason,
      minimumTrackRecordBars: reason,
      minimumTrackRecordYears: reason,
      isLongEnough: reason,
    },
  };
}

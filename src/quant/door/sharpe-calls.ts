import { backtestOverfitting } from "../performance/backtest-overfitting.ts";
import { deflatedSharpeRatio } from "../performance/deflated-sharpe-ratio.ts";
import { minimumTrackRecord } from "../performance/minimum-track-record.ts";
import { probabilisticSharpeRatio } from "../performance/probabilistic-sharpe-ratio.ts";
import { type SharpeSample, sharpeVariance } from "../performance/sharpe-sample.ts";
import { optional } from "./arguments.ts";
import { type DoorResult, doorCall } from "./door-call.ts";
import { number } from "./readers.ts";
import { seriesList } from "./series-readers.ts";

/** Two returns are the fewest that have a Sharpe ratio; the track record does not depend on them. */
const OBSERVATIONS_MIN = 2;

const SAMPLE_READERS = {
  sharpe: number,
  skewness: optional(number, 0),
  kurtosis: optional(number, 3),
} as const;

const BENCHMARK_READERS = {
  ...SAMPLE_READERS,
  benchmarkSharpe: optional(number, 0),
  confidence: optional(number, 0.95),
} as const;

/** How much of a Sharpe ratio is luck. */
export const SHARPE_CALLS = {
  psr: doorCall(
    { ...BENCHMARK_READERS, observations: number },
    // The confidence is the result here; minTrl takes the same arguments.
    ({ confidence: _, benchmarkSharpe, ...sample }) =>
      withReason({ value: probabilisticSharpeRatio(sample, benchmarkSharpe) }, NO_DISTRIBUTION),
  ),
  minTrl: doorCall(
    { ...BENCHMARK_READERS, observations: optional(number, OBSERVATIONS_MIN) },
    ({ benchmarkSharpe, confidence, ...sample }) =>
      withReason(
        { value: minimumTrackRecord(sample, { benchmarkSharpe, confidence }) },
        recordReason(sample, benchmarkSharpe),
      ),
  ),
  dsr: doorCall(
    { ...SAMPLE_READERS, trialsVariance: number, trials: number, observations: number },
    ({ trialsVariance, trials, ...sample }) =>
      withReason(deflatedSharpeRatio(sample, { trials, trialsVariance }), NO_DISTRIBUTION),
  ),
  pbo: doorCall({ returns: seriesList, blocks: number }, ({ returns, blocks }) => {
    const result = backtestOverfitting(returns, blocks);
    const reason = "degradationSlope: the winners are too few or all alike";
    return result.degradationSlope === null ? { ...result, reason } : result;
  }),
} as const;

const NO_DISTRIBUTION = "no-such-distribution";

function recordReason(sample: SharpeSample, benchmarkSharpe: number): string {
  return sharpeVariance(sample) !== null && sample.sharpe <= benchmarkSharpe
    ? "not-above-benchmark"
    : NO_DISTRIBUTION;
}

function withReason(result: DoorResult & { readonly value: number | null }, reason: string) {
  return result.value === null ? { ...result, reason } : result;
}

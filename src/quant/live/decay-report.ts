import { engleGranger } from "../cointegration/engle-granger.ts";
import { halfLife } from "../mean-reversion/half-life.ts";
import { answered } from "../pair-analysis/answered.ts";
import type { LiveColumns } from "./live-columns.ts";
import type { LiveHedgeMethod } from "./live-pair-options.ts";
import { MONITORING_CRITICAL_VALUES, monitoringCusum } from "./monitoring-cusum.ts";
import { type BarSpan, windowLine } from "./window-line.ts";

/** Whether a live pair still is what it was; a figure is null where it could not be measured. */
export type DecayReport = {
  /** Engle–Granger p-value of y on x over the buffer. */
  readonly pValue: number | null;
  /** |hedge ratio of the buffer's second half / of its first − 1|. */
  readonly hedgeDrift: number | null;
  /** Half-life of the spread in the second half of its bars / in the first. */
  readonly halfLifeRatio: number | null;
  /** Monitoring CUSUM of the spread; 2.24 is its 5 % critical value. */
  readonly cusum: number | null;
  readonly verdict: "healthy" | "weakening" | "broken" | "unknown";
  /** What speaks against the pair, in words; what could not be measured, where nothing could. */
  readonly reasons: readonly string[];
};

/** Fewest bars of a half. */
const HALF_BARS_MIN = 50;

/** Beyond the first a figure is a warning, beyond the second a failure. Conventions of this product. */
const P_VALUE_LIMITS = [0.05, 0.2] as const;
const HEDGE_DRIFT_LIMITS = [0.25, 0.5] as const;
const HALF_LIFE_LIMITS = [2, 4] as const;
const CUSUM_LIMITS = [
  MONITORING_CRITICAL_VALUES.fivePercent,
  MONITORING_CRITICAL_VALUES.onePercent,
] as const;

/** So many failures and the pair is broken; one alone, or any warning, is a weakness. */
const FAILURES_BROKEN = 2;

type Finding = { readonly isFailure: boolean; readonly reason: string };

/**
 * Decay report: whether the buffer's second half still looks like its first.
 *
 * Four measures: cointegration of the whole buffer, drift of the hedge ratio, of the half-life, and a
 * CUSUM of the spread. Two failures: broken. One, or any warning: weakening. Cointegration unknown:
 * unknown.
 *
 * @param columns with y and x
 * @param buffer its first bar and the one after its last
 * @param spread the spreads of the buffer's last bars, as they are traded; null: none yet
 * @param hedge decides whether a line has an intercept
 * @returns figures, verdict and reasons
 *
 * Cost: O(n · lags).
 */
export function decayReport(
  columns: LiveColumns,
  buffer: BarSpan,
  spread: Float64Array | null,
  hedge: LiveHedgeMethod,
): DecayReport {
  const bars = buffer.end - buffer.start;
  if (bars < 2 * HALF_BARS_MIN) {
    const reason = `${bars} of ${2 * HALF_BARS_MIN} bars: too few to compare two halves`;
    return unknownReport(reason);
  }
  const y = columns.y.subarray(buffer.start, buffer.end);
  const x = columns.x.subarray(buffer.start, buffer.end);
  const test = answered(() => engleGranger(y, x));
  const pValue = test.value?.pValue ?? null;
  const drift = hedgeDrift(y, x, hedge);
  const life = halfLifeDrift(spread);
  const cusum =
    spread === null ? null : (answered(() => monitoringCusum(spread)).value?.statistic ?? null);
  const findings = [
    finding(pValue, P_VALUE_LIMITS, (p) => `Cointegration is not shown: p = ${p.toFixed(3)}`),
    finding(
      drift,
      HEDGE_DRIFT_LIMITS,
      (share) => `The hedge ratio moved by ${Math.round(share * 100)} %`,
    ),
    life.finding,
    finding(cusum, CUSUM_LIMITS, (s) => `The spread drifts: CUSUM ${s.toFixed(2)}`),
  ].filter((one) => one !== null);
  const figures = { pValue, hedgeDrift: drift, halfLifeRatio: life.ratio, cusum };
  if (pValue === null) {
    return { ...unknownReport(`Cointegration cannot be tested: ${test.reason}`), ...figures };
  }
  return { ...figures, verdict: verdictOf(findings), reasons: findings.map((one) => one.reason) };
}

function unknownReport(reason: string): DecayReport {
  return {
    pValue: null,
    hedgeDrift: null,
    halfLifeRatio: null,
    cusum: null,
    verdict: "unknown",
    reasons: [reason],
  };
}

function verdictOf(findings: readonly Finding[]): DecayReport["verdict"] {
  const failures = findings.filter(({ isFailure }) => isFailure).length;
  if (failures >= FAILURES_BROKEN) return "broken";
  return findings.length > 0 ? "weakening" : "healthy";
}

/** A figure beyond its limits; null when it is within, or unknown. */
function finding(
  value: number | null,
  [warning, failure]: readonly [number, number],
  words: (value: number) => string,
): Finding | null {
  if (value === null || value < warning) return null;
  return { isFailure: value >= failure, reason: words(value) };
}

function hedgeDrift(y: Float64Array, x: Float64Array, hedge: LiveHedgeMethod): number | null {
  const hasIntercept = hedge.kind === "rolling-ols" ? hedge.intercept : hedge.kind === "kalman";
  const end = y.length;
  const middle = Math.floor(end / 2);
  const first = windowLine(y, x, { start: 0, end: middle }, hasIntercept);
  const second = windowLine(y, x, { start: middle, end }, hasIntercept);
  if (first === null || second === null) return null;
  const drift = Math.abs(second.hedgeRatio / first.hedgeRatio - 1);
  return Number.isFinite(drift) ? drift : null;
}

function halfLifeDrift(spread: Float64Array | null): {
  readonly ratio: number | null;
  readonly finding: Finding | null;
} {
  if (spread === null || spread.length < 2 * HALF_BARS_MIN) return { ratio: null, finding: null };
  const middle = Math.floor(spread.length / 2);
  const first = answered(() => halfLife(spread.subarray(0, middle))).value;
  const second = answered(() => halfLife(spread.subarray(middle))).value;
  if (first === null || second === null || first.linearBars === null) {
    return { ratio: null, finding: null };
  }
  if (second.linearBars === null) {
    const reason = "The spread came back in the first half, and no longer does in the second";
    return { ratio: null, finding: { isFailure: true, reason } };
  }
  const ratio = second.linearBars / first.linearBars;
  const words = (times: number) => `The half-life is ${times.toFixed(1)} times what it was`;
  return { ratio, finding: finding(ratio, HALF_LIFE_LIMITS, words) };
}

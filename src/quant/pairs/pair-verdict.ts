import type { CandidateFigures } from "./candidate-figures.ts";

/** Where a candidate fell out of the funnel, and why; "passed" without a reason. */
export type PairVerdict =
  | { readonly stage: "passed"; readonly reason: null }
  | { readonly stage: "unit-roots"; readonly reason: "leg-stationary" | "leg-integrated-twice" }
  | { readonly stage: "cointegration"; readonly reason: "refused" | "not-cointegrated" }
  | { readonly stage: "correction"; readonly reason: "not-after-correction" }
  | { readonly stage: "johansen"; readonly reason: "johansen-does-not-agree" }
  | { readonly stage: "hurst"; readonly reason: "hurst-too-high" }
  | { readonly stage: "half-life"; readonly reason: "no-mean-reversion" | "half-life-too-long" }
  | { readonly stage: "mean-crossings"; readonly reason: "too-few-crossings" }
  | { readonly stage: "correlation"; readonly reason: "correlation-too-low" };

/** All verdicts, each at its number. */
export const PAIR_VERDICTS: readonly PairVerdict[] = [
  { stage: "passed", reason: null },
  { stage: "unit-roots", reason: "leg-stationary" },
  { stage: "unit-roots", reason: "leg-integrated-twice" },
  { stage: "cointegration", reason: "refused" },
  { stage: "cointegration", reason: "not-cointegrated" },
  { stage: "correction", reason: "not-after-correction" },
  { stage: "johansen", reason: "johansen-does-not-agree" },
  { stage: "hurst", reason: "hurst-too-high" },
  { stage: "half-life", reason: "no-mean-reversion" },
  { stage: "half-life", reason: "half-life-too-long" },
  { stage: "mean-crossings", reason: "too-few-crossings" },
  { stage: "correlation", reason: "correlation-too-low" },
];

/** Place of a verdict in PAIR_VERDICTS; no two have the same reason. */
export function verdictNumber(verdict: PairVerdict): number {
  return PAIR_VERDICTS.findIndex(({ reason }) => reason === verdict.reason);
}

/** What a candidate must keep; null decides nothing. */
export type VerdictBounds = {
  /** Both the p-value and, where there is one, the q-value must lie below. */
  readonly significance: number;
  readonly requiresJohansen: boolean;
  readonly hurstMax: number | null;
  readonly halfLifeBarsMax: number | null;
  readonly meanCrossingsMin: number | null;
  readonly correlationMin: number | null;
};

/**
 * Verdict on a candidate after its test: the first stage that it does not pass.
 *
 * Bounds are strict but for the correlation's. A figure that could not be computed does not pass a
 * stage that asks for it.
 *
 * @param figures of the candidate
 * @param qValue its p-value after correction; null without correction
 * @param bounds see VerdictBounds
 * @returns stage and reason
 *
 * Cost: O(1).
 */
export function pairVerdict(
  figures: CandidateFigures,
  qValue: number | null,
  bounds: VerdictBounds,
): PairVerdict {
  return testVerdict(figures, qValue, bounds) ?? filterVerdict(figures, bounds) ?? PASSED;
}

const PASSED: PairVerdict = { stage: "passed", reason: null };

function testVerdict(
  { refusal, pValue, johansenPValue }: CandidateFigures,
  qValue: number | null,
  { significance, requiresJohansen }: VerdictBounds,
): PairVerdict | null {
  if (refusal !== null) return { stage: "cointegration", reason: "refused" };
  if (!isBelow(pValue, significance)) return { stage: "cointegration", reason: "not-cointegrated" };
  if (qValue !== null && qValue >= significance) {
    return { stage: "correction", reason: "not-after-correction" };
  }
  if (requiresJohansen && !isBelow(johansenPValue, significance)) {
    return { stage: "johansen", reason: "johansen-does-not-agree" };
  }
  return null;
}

function filterVerdict(
  { hurst, halfLifeBars, meanCrossings, correlation }: CandidateFigures,
  { hurstMax, halfLifeBarsMax, meanCrossingsMin, correlationMin }: VerdictBounds,
): PairVerdict | null {
  if (hurstMax !== null && !isBelow(hurst, hurstMax)) {
    return { stage: "hurst", reason: "hurst-too-high" };
  }
  if (halfLifeBarsMax !== null && !isBelow(halfLifeBars, halfLifeBarsMax)) {
    const reason = halfLifeBars === null ? "no-mean-reversion" : "half-life-too-long";
    return { stage: "half-life", reason };
  }
  if (meanCrossingsMin !== null && !(meanCrossings !== null && meanCrossings > meanCrossingsMin)) {
    return { stage: "mean-crossings", reason: "too-few-crossings" };
  }
  if (correlationMin !== null && !(correlation !== null && correlation >= correlationMin)) {
    return { stage: "correlation", reason: "correlation-too-low" };
  }
  return null;
}

function isBelow(value: number | null, bound: number): boolean {
  return value !== null && value < bound;
}

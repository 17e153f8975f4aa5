import { normalCdf } from "../../stats/normal-distribution.ts";
import { requireSeries } from "../../stats/require-series.ts";
import type { LossReference } from "./drift-reference.ts";

/** Whether a live model loses as it did out of sample; "unknown" without enough live rows or a reference. */
export type ScoreDriftStatus = "stable" | "warning" | "worse" | "unknown";

/** How a live model loses now, against then. */
export type ScoreDrift = {
  readonly status: ScoreDriftStatus;
  readonly rows: number;
  /** Mean live loss; null without rows. */
  readonly liveLoss: number | null;
  readonly referenceLoss: number | null;
  /** Live mean − reference mean, in standard errors of their difference; null where unknown. */
  readonly zScore: number | null;
  /** Probability of a z-score at least as high although nothing changed; null where unknown. */
  readonly pMean: number | null;
  /** Monitoring statistic: the largest excess of the summed losses so far; null where unknown. */
  readonly cusum: number | null;
  /** Probability of one at least as high although nothing changed; null where unknown. */
  readonly pCusum: number | null;
};

/** Of fewer rows no mean is normal. */
const LIVE_ROWS_MIN = 20;

/** Levels of both looks together; each is made at half of it. */
const LEVELS = { warning: 0.05, worse: 0.01 } as const;

/**
 * Score drift: whether a live model has begun to lose more than it did out of sample.
 *
 * z = (L̄ − m) / √(V (1/n + 1/N)) with m, V and N mean, long-run variance and rows of the reference. The
 * monitoring statistic is max over k of Σ (Lⱼ − m) / (√(V N) (1 + k/N)), j ≤ k, times √((1 + T) / T), T = n/N,
 * against the law of sup W on [0, 1], 2 (1 − Φ(x)): it finds a loss that rose lately, which the mean of a
 * long life hides.
 * Null hypothesis: the losses are as they were. Who looks every day will see 5 % exceeded at some time.
 *
 * @param reference of the model; null where it has none
 * @param liveLosses since it went live, one a bar, oldest first, finite
 * @returns see ScoreDrift; "worse" where either p is at most 0.005, "warning" where it is at most 0.025
 * @throws {InvalidInputError} "not-finite"
 *
 * Cost: O(n). Source: Chu, Stinchcombe and White (1996); Horváth, Hušková, Kokoszka and Steinebach (2004),
 * boundary with γ = 0, one-sided. Checked: size and power by simulation in the test.
 */
export function scoreDrift(reference: LossReference | null, liveLosses: Float64Array): ScoreDrift {
  requireSeries(liveLosses, { name: "live losses", lengthMin: 0 });
  const rows = liveLosses.length;
  const referenceLoss = reference?.mean ?? null;
  let sum = 0;
  for (const loss of liveLosses) sum += loss;
  const liveLoss = rows === 0 ? null : sum / rows;
  if (reference === null || reference.variance === 0 || rows < LIVE_ROWS_MIN) {
    const none = { zScore: null, pMean: null, cusum: null, pCusum: null };
    return { status: "unknown", rows, liveLoss, referenceLoss, ...none };
  }
  const { zScore, cusum } = excesses(reference, liveLosses);
  const pMean = normalCdf(-zScore);
  const pCusum = Math.min(1, 2 * normalCdf(-cusum));
  const status = statusOf(Math.min(pMean, pCusum));
  return { status, rows, liveLoss, referenceLoss, zScore, pMean, cusum, pCusum };
}

function excesses(
  reference: LossReference,
  liveLosses: Float64Array,
): { readonly zScore: number; readonly cusum: number } {
  const rows = liveLosses.length;
  let excess = 0;
  let largest = 0;
  for (let k = 1; k <= rows; k++) {
    excess += liveLosses[k - 1]! - reference.mean;
    largest = Math.max(largest, excess / (1 + k / reference.rows));
  }
  const span = rows / reference.rows;
  const scale = Math.sqrt(reference.variance * reference.rows);
  const meanError = Math.sqrt(reference.variance * (1 / rows + 1 / reference.rows));
  return {
    zScore: excess / rows / meanError,
    cusum: (largest / scale) * Math.sqrt((1 + span) / span),
  };
}

function statusOf(p: number): ScoreDriftStatus {
  if (p <= LEVELS.worse / 2) return "worse";
  return p <= LEVELS.warning / 2 ? "warning" : "stable";
}

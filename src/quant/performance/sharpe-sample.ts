import { InvalidInputError } from "../invalid-input-error.ts";

/** An estimated Sharpe ratio and what its uncertainty depends on, all per bar, none annualised. */
export type SharpeSample = {
  /** Mean excess return over its standard deviation, per bar. */
  readonly sharpe: number;
  /** Number of returns, a whole number ≥ 2. */
  readonly observations: number;
  /** Third standardised moment of the returns; 0 of a normal. */
  readonly skewness: number;
  /**
   * Fourth standardised moment, raw: 3 of a normal, and of no distribution below 1 + skewness². Excess
   * kurtosis here is a known fault.
   */
  readonly kurtosis: number;
};

/** Rounding of moments that were estimated: two returns of equal number have exactly 1 + skewness². */
const KURTOSIS_TOLERANCE = 1e-9;

/**
 * Variance of an estimated Sharpe ratio times n − 1, for returns that need not be normal.
 *
 * 1 − γ₃ SR + (γ₄ − 1)/4 SR².
 *
 * @param sample the estimate and its moments; see SharpeSample
 * @returns > 0; null when the moments belong to no distribution (kurtosis < 1 + skewness²)
 * @throws {InvalidInputError} "too-short": fewer than 2 observations; "out-of-range": no whole number
 *   of them; "not-finite"
 *
 * Cost: O(1). Source: Mertens (2002); Bailey and López de Prado (2012); the bound Pearson (1916).
 */
export function sharpeVariance(sample: SharpeSample): number | null {
  const { sharpe, observations, skewness, kurtosis } = sample;
  if (![sharpe, observations, skewness, kurtosis].every(Number.isFinite)) {
    throw new InvalidInputError("not-finite", "the Sharpe ratio or a moment is not finite");
  }
  if (observations < 2) {
    throw new InvalidInputError("too-short", "a Sharpe ratio needs at least 2 observations");
  }
  if (!Number.isSafeInteger(observations)) {
    throw new InvalidInputError("out-of-range", "observations must be a whole number");
  }
  const kurtosisMin = 1 + skewness * skewness;
  if (kurtosis < kurtosisMin * (1 - KURTOSIS_TOLERANCE)) return null;
  const variance = 1 - skewness * sharpe + ((kurtosis - 1) / 4) * sharpe * sharpe;
  return variance > 0 ? variance : null;
}

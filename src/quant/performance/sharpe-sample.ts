import { InvalidInputError } from "../invalid-input-error.ts";

/** An estimated Sharpe ratio and what its uncertainty depends on, all per bar, none annualised. */
export type SharpeSample = {
  /** Mean excess return over its standard deviation, per bar. */
  readonly sharpe: number;
  /** Number of returns, ≥ 2. */
  readonly observations: number;
  /** Third standardised moment of the returns; 0 of a normal. */
  readonly skewness: number;
  /** Fourth standardised moment, raw: 3 of a normal. Excess kurtosis here is a known fault. */
  readonly kurtosis: number;
};

/**
 * Variance of an estimated Sharpe ratio times n − 1, for returns that need not be normal.
 *
 * 1 − γ₃ SR + (γ₄ − 1)/4 SR².
 *
 * @param sample the estimate and its moments; see SharpeSample
 * @returns > 0; null when the moments belong to no distribution, so that it would not be positive
 * @throws {InvalidInputError} "too-short": fewer than 2 observations; "not-finite"
 *
 * Cost: O(1). Source: Mertens (2002); Bailey and López de Prado (2012).
 */
export function sharpeVariance(sample: SharpeSample): number | null {
  const { sharpe, observations, skewness, kurtosis } = sample;
  if (![sharpe, observations, skewness, kurtosis].every(Number.isFinite)) {
    throw new InvalidInputError("not-finite", "the Sharpe ratio or a moment is not finite");
  }
  if (observations < 2) {
    throw new InvalidInputError("too-short", "a Sharpe ratio needs at least 2 observations");
  }
  const variance = 1 - skewness * sharpe + ((kurtosis - 1) / 4) * sharpe * sharpe;
  return variance > 0 ? variance : null;
}

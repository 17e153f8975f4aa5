/** Ten units in the last place: what centring a constant series can leave behind, with a margin. */
const ROUNDING_MARGIN = 10 * Number.EPSILON;

/**
 * Whether a sum of squared deviations is nothing but the rounding of its values.
 *
 * A constant such as 0.1 does not centre to exactly zero; dividing by what is left would invent a
 * scale that the data do not have.
 *
 * @param sumOfSquares Σ (value − centre)² over n values
 * @param n number of values
 * @param magnitude a typical absolute size of the uncentred values
 */
export function isRoundingNoise(sumOfSquares: number, n: number, magnitude: number): boolean {
  const noise = ROUNDING_MARGIN * Math.abs(magnitude);
  return sumOfSquares <= n * noise * noise;
}

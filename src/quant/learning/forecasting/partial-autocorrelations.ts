/** Nothing is nearer to the unit circle: beyond, a process of 1,000 bars cannot be told from one on it. */
const FREE_MAX = 1000;

/**
 * Partial autocorrelation of a free number: every number stands for a stationary process.
 *
 * r = u / √(1 + u²), with u held in [−1000, 1000], so that |r| ≤ 1 − 5e-7.
 *
 * @param free any number
 * @returns in (−1, 1)
 *
 * Source: Monahan (1984), Biometrika 71; the map of the line to (−1, 1) is that of statsmodels.
 */
export function partialOfFree(free: number): number {
  const bounded = Math.max(-FREE_MAX, Math.min(FREE_MAX, free));
  return bounded / Math.sqrt(1 + bounded * bounded);
}

/**
 * Free number of a partial autocorrelation: the inverse of partialOfFree.
 *
 * @param partial in (−1, 1)
 * @returns u = r / √(1 − r²)
 */
export function freeOfPartial(partial: number): number {
  return partial / Math.sqrt((1 - partial) * (1 + partial));
}

/**
 * One step of the Durbin–Levinson recursion: the coefficients of the best autoregression of order k from
 * those of order k − 1.
 *
 * @param coefficients its first k − 1 elements are the coefficients of order k − 1; its first k are
 *   overwritten by those of order k
 * @param k order, ≥ 1
 * @param partial the partial autocorrelation of lag k
 *
 * Cost: O(k). Source: Durbin (1960); Brockwell and Davis, Time Series: Theory and Methods, 5.2.1.
 */
export function levinsonStep(coefficients: Float64Array, k: number, partial: number): void {
  for (let i = 0, j = k - 2; i <= j; i++, j--) {
    const near = coefficients[i]!;
    const far = coefficients[j]!;
    coefficients[i] = near - partial * far;
    if (i !== j) coefficients[j] = far - partial * near;
  }
  coefficients[k - 1] = partial;
}

/**
 * Partial autocorrelations of an autoregression, which say whether it is stationary.
 *
 * @param coefficients of xₜ = Σ φᵢ xₜ₋ᵢ + e, lag 1 first
 * @returns one a lag, each in (−1, 1); null when the process is not stationary. Of a moving average with
 *   its signs turned: whether it is invertible
 *
 * Cost: O(p²). Source: Monahan (1984), Biometrika 71.
 */
export function partialsOfCoefficients(coefficients: Float64Array): Float64Array | null {
  const partials = coefficients.slice();
  for (let k = partials.length; k >= 1; k--) {
    const partial = partials[k - 1]!;
    if (!(Math.abs(partial) < 1)) return null;
    const left = (1 - partial) * (1 + partial);
    for (let i = 0, j = k - 2; i <= j; i++, j--) {
      const near = partials[i]!;
      const far = partials[j]!;
      partials[i] = (near + partial * far) / left;
      partials[j] = (far + partial * near) / left;
    }
  }
  return partials;
}

/**
 * Autocovariances of an autoregression with noise of variance 1.
 *
 * γ₀ = Π 1 / (1 − rₖ²); the correlations follow from the recursion of Durbin and Levinson, without a
 * system of equations, so that they keep their digits beside the unit circle.
 *
 * @param partials its partial autocorrelations, p ≥ 0, each in (−1, 1)
 * @param into m ≥ 1 elements, overwritten by γ₀ … γ₍ₘ₋₁₎
 *
 * Cost: O((p + m) p). Source: Brockwell and Davis, Time Series: Theory and Methods, 5.2.
 */
export function autoregressiveCovariances(partials: Float64Array, into: Float64Array): void {
  const p = partials.length;
  const coefficients = new Float64Array(p);
  let variance = 1;
  let unexplained = 1;
  into[0] = 1;
  for (let k = 1; k < Math.max(into.length, p + 1); k++) {
    const order = Math.min(k - 1, p);
    let correlation = k <= p ? partials[k - 1]! * unexplained : 0;
    if (k < into.length) {
      for (let j = 0; j < order; j++) correlation += coefficients[j]! * into[k - 1 - j]!;
      into[k] = correlation;
    }
    if (k > p) continue;
    const partial = partials[k - 1]!;
    levinsonStep(coefficients, k, partial);
    unexplained *= (1 - partial) * (1 + partial);
    variance = 1 / unexplained;
  }
  for (let k = 0; k < into.length; k++) into[k]! *= variance;
}

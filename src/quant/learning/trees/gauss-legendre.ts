/** Points and weights of a sum that stands for an integral over [0, 1]. */
export type Quadrature = { readonly points: Float64Array; readonly weights: Float64Array };

const NEWTON_STEPS_MAX = 100;

/**
 * Gauss–Legendre quadrature on [0, 1]: exact for polynomials of degree up to 2n − 1.
 *
 * @param n points, ≥ 1
 * @returns points inside (0, 1), ascending, and weights that sum to 1
 *
 * Cost: O(n²). Source: Abramowitz and Stegun, 25.4.30; DLMF 3.5(v). Checked: powers in the test.
 */
export function gaussLegendre(n: number): Quadrature {
  const points = new Float64Array(n);
  const weights = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let x = -Math.cos((Math.PI * (i + 0.75)) / (n + 0.5));
    let slope = 1;
    for (let step = 0; step < NEWTON_STEPS_MAX; step++) {
      const legendre = legendreAt(n, x);
      slope = legendre.slope;
      const change = legendre.value / slope;
      x -= change;
      if (Math.abs(change) < 1e-15) break;
    }
    slope = legendreAt(n, x).slope;
    points[i] = (1 + x) / 2;
    weights[i] = 1 / ((1 - x * x) * slope * slope);
  }
  return { points, weights };
}

/** Legendre polynomial of degree n and its derivative, by the three-term recurrence. */
function legendreAt(n: number, x: number): { readonly value: number; readonly slope: number } {
  let previous = 1;
  let value = x;
  for (let k = 2; k <= n; k++) {
    const next = ((2 * k - 1) * x * value - (k - 1) * previous) / k;
    previous = value;
    value = next;
  }
  return { value, slope: (n * (x * value - previous)) / (x * x - 1) };
}

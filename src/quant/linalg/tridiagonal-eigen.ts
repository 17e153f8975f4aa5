import { assert } from "../assert.ts";
import type { SymmetricEigen } from "./symmetric-eigen.ts";

const SWEEPS_MAX = 60;

/**
 * Eigenvalues and eigenvectors of a symmetric matrix of any size, by way of a tridiagonal one.
 *
 * Householder reflections to tridiagonal form, then implicit QL with Wilkinson's shift. Ten times
 * as fast as Jacobi's rotations from order 100 on; small eigenvalues are accurate against the
 * largest only, where symmetricEigen keeps their own digits.
 *
 * @param matrix n × n, row-major, symmetric, finite; overwritten
 * @param n order, ≥ 1
 * @returns values, descending, and vectors of length one, row i belongs to value i
 *
 * Cost: about 7 n³. Source: Golub and Van Loan, Matrix Computations, 8.3.
 */
export function tridiagonalEigen(matrix: Float64Array, n: number): SymmetricEigen {
  const { diagonal, subdiagonal, rows } = tridiagonalForm(matrix, n);
  diagonalise(diagonal, subdiagonal, rows);
  const order = Array.from({ length: n }, (_, i) => i).sort((i, j) => diagonal[j]! - diagonal[i]!);
  const vectors = new Float64Array(n * n);
  order.forEach((from, to) => {
    vectors.set(rows.subarray(from * n, from * n + n), to * n);
  });
  return { values: Float64Array.from(order, (i) => diagonal[i]!), vectors };
}

type Tridiagonal = {
  readonly diagonal: Float64Array;
  /** Element i stands beside diagonal i and i + 1; the last is unused. */
  readonly subdiagonal: Float64Array;
  /** Qᵀ of A = Q T Qᵀ. */
  readonly rows: Float64Array;
};

function tridiagonalForm(a: Float64Array, n: number): Tridiagonal {
  const diagonal = new Float64Array(n);
  const subdiagonal = new Float64Array(n);
  const reflectors: Float64Array[] = [];
  for (let k = 0; k < n - 1; k++) {
    const reflector = a.slice(k * n + k + 1, k * n + n);
    diagonal[k] = a[k * n + k]!;
    subdiagonal[k] = toReflector(reflector);
    reflectors.push(reflector);
    reflectBothSides(a, n, reflector);
  }
  diagonal[n - 1] = a[n * n - 1]!;
  return { diagonal, subdiagonal, rows: productOf(reflectors, n) };
}

/** Turns x into the v, scaled to |v|² = 2, whose I − v vᵀ maps x to length · e₁; returns length. */
function toReflector(x: Float64Array): number {
  let scale = 0;
  for (const value of x) scale = Math.max(scale, Math.abs(value));
  let tail = 0;
  for (let i = 1; i < x.length; i++) tail += (x[i]! / (scale || 1)) ** 2;
  // Nothing below the subdiagonal: no reflection is needed.
  if (tail === 0) {
    const first = x[0]!;
    x.fill(0);
    return first;
  }
  const norm = Math.sqrt((x[0]! / scale) ** 2 + tail);
  const length = x[0]! > 0 ? -norm : norm;
  const head = x[0]! / scale - length;
  const normalise = Math.sqrt(2 / (head * head + tail));
  x[0] = head * normalise;
  for (let i = 1; i < x.length; i++) x[i] = (x[i]! / scale) * normalise;
  return length * scale;
}

/** The trailing block of a, reflected by I − v vᵀ from both sides. */
function reflectBothSides(a: Float64Array, n: number, v: Float64Array): void {
  const m = v.length;
  const first = n - m;
  const w = new Float64Array(m);
  let product = 0;
  for (let i = 0; i < m; i++) {
    const row = (first + i) * n + first;
    let sum = 0;
    for (let j = 0; j < m; j++) sum += a[row + j]! * v[j]!;
    w[i] = sum;
    product += sum * v[i]!;
  }
  for (let i = 0; i < m; i++) w[i]! -= (product / 2) * v[i]!;
  for (let i = 0; i < m; i++) {
    const row = (first + i) * n + first;
    const vi = v[i]!;
    const wi = w[i]!;
    for (let j = 0; j < m; j++) a[row + j]! -= vi * w[j]! + wi * v[j]!;
  }
}

/** Qᵀ of the reflections; the last acts first, so each finds the identity outside its block. */
function productOf(reflectors: readonly Float64Array[], n: number): Float64Array {
  const rows = new Float64Array(n * n);
  for (let i = 0; i < n; i++) rows[i * n + i] = 1;
  for (const v of reflectors.toReversed()) {
    const first = n - v.length;
    for (let i = first; i < n; i++) {
      const row = i * n + first;
      let sum = 0;
      for (let j = 0; j < v.length; j++) sum += rows[row + j]! * v[j]!;
      for (let j = 0; j < v.length; j++) rows[row + j]! -= sum * v[j]!;
    }
  }
  return rows;
}

/** QL steps until the subdiagonal is gone; the rotations are applied to pairs of rows. */
function diagonalise(d: Float64Array, e: Float64Array, rows: Float64Array): void {
  const n = d.length;
  for (let l = 0; l < n; l++) {
    for (let sweep = 0; ; sweep++) {
      const m = blockEnd(d, e, l);
      if (m === l) break;
      assert(sweep < SWEEPS_MAX, "QL steps of a finite symmetric matrix converge");
      stepQl({ d, e, rows }, l, m);
    }
  }
}

/** The last index of the unreduced block that begins at l. */
function blockEnd(d: Float64Array, e: Float64Array, l: number): number {
  let m = l;
  while (m < d.length - 1) {
    const beside = Math.abs(d[m]!) + Math.abs(d[m + 1]!);
    if (Math.abs(e[m]!) <= Number.EPSILON * beside) break;
    m++;
  }
  return m;
}

type Work = {
  readonly d: Float64Array;
  readonly e: Float64Array;
  readonly rows: Float64Array;
};

/** One implicit QL step on the block l … m, from the bottom upwards. */
function stepQl({ d, e, rows }: Work, l: number, m: number): void {
  const half = (d[l + 1]! - d[l]!) / (2 * e[l]!);
  const root = Math.hypot(half, 1);
  // Wilkinson's shift: the eigenvalue of the leading 2 × 2 that is nearer to its first element.
  let bulge = d[m]! - d[l]! + e[l]! / (half + (half >= 0 ? root : -root));
  let sine = 1;
  let cosine = 1;
  let shifted = 0;
  for (let i = m - 1; i >= l; i--) {
    const f = sine * e[i]!;
    const b = cosine * e[i]!;
    const radius = Math.hypot(f, bulge);
    e[i + 1] = radius;
    if (radius === 0) {
      // The block splits here; the next step takes up its parts.
      d[i + 1]! -= shifted;
      e[m] = 0;
      return;
    }
    sine = f / radius;
    cosine = bulge / radius;
    const g = d[i + 1]! - shifted;
    const r = (d[i]! - g) * sine + 2 * cosine * b;
    shifted = sine * r;
    d[i + 1] = g + shifted;
    bulge = cosine * r - b;
    rotateRows(rows, d.length, i, { sine, cosine });
  }
  d[l]! -= shifted;
  e[l] = bulge;
  e[m] = 0;
}

function rotateRows(
  rows: Float64Array,
  n: number,
  i: number,
  { sine, cosine }: { readonly sine: number; readonly cosine: number },
): void {
  const upper = i * n;
  const lower = upper + n;
  for (let k = 0; k < n; k++) {
    const a = rows[upper + k]!;
    const b = rows[lower + k]!;
    rows[lower + k] = sine * a + cosine * b;
    rows[upper + k] = cosine * a - sine * b;
  }
}

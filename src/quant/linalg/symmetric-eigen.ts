import { assert } from "../assert.ts";

/** Rotations converge quadratically; a matrix of order 13 needs about eight sweeps. */
const SWEEPS_MAX = 60;

/** Eigenvalues and vectors of a symmetric matrix, the largest value first. */
export type SymmetricEigen = {
  /** n values, descending. */
  readonly values: Float64Array;
  /** n × n, row-major: row i is the unit vector of value i. */
  readonly vectors: Float64Array;
};

/**
 * Eigenvalues and eigenvectors of a small symmetric matrix by Jacobi rotations.
 *
 * A vᵢ = λᵢ vᵢ. Each rotation makes one element off the diagonal zero; small eigenvalues of a
 * positive matrix keep their relative accuracy.
 *
 * @param matrix n × n, row-major, symmetric, finite; overwritten
 * @param n order
 * @returns values, descending, and vectors of length one
 *
 * Cost: O(n³) a sweep. Source: Golub and Van Loan, Matrix Computations, 8.5.
 */
export function symmetricEigen(matrix: Float64Array, n: number): SymmetricEigen {
  const vectors = new Float64Array(n * n);
  for (let i = 0; i < n; i++) vectors[i * n + i] = 1;
  rotateToDiagonal(matrix, n, vectors);
  const values = new Float64Array(n);
  for (let i = 0; i < n; i++) values[i] = matrix[i * n + i]!;
  sortDescending(values, vectors);
  return { values, vectors };
}

/** By exchange: the order is small, and equal values stay as they are. */
function sortDescending(values: Float64Array, rows: Float64Array): void {
  const n = values.length;
  for (let i = 1; i < n; i++) {
    for (let j = i; j > 0 && values[j - 1]! < values[j]!; j--) {
      exchange(values, j - 1, j);
      for (let k = 0; k < n; k++) exchange(rows, (j - 1) * n + k, j * n + k);
    }
  }
}

function exchange(values: Float64Array, i: number, j: number): void {
  const value = values[i]!;
  values[i] = values[j]!;
  values[j] = value;
}

/** Sweeps over all pairs until the matrix is diagonal to the last bit; rows collect the rotations. */
function rotateToDiagonal(a: Float64Array, n: number, rows: Float64Array): void {
  for (let sweep = 0; sweep < SWEEPS_MAX; sweep++) {
    let rotated = false;
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) {
        const scale = Math.sqrt(Math.abs(a[p * n + p]! * a[q * n + q]!));
        const entry = a[p * n + q]!;
        if (entry === 0 || Math.abs(entry) <= 1e-17 * scale) continue;
        rotate(a, n, rows, p, q);
        rotated = true;
      }
    }
    if (!rotated) return;
  }
  assert(false, "Jacobi rotations of a finite symmetric matrix converge");
}

type Rotation = {
  readonly p: number;
  readonly q: number;
  readonly cosine: number;
  readonly sine: number;
};

function rotate(a: Float64Array, n: number, rows: Float64Array, p: number, q: number): void {
  const ratio = (a[q * n + q]! - a[p * n + p]!) / (2 * a[p * n + q]!);
  const tangent = (ratio >= 0 ? 1 : -1) / (Math.abs(ratio) + Math.sqrt(ratio * ratio + 1));
  const cosine = 1 / Math.sqrt(tangent * tangent + 1);
  const sine = tangent * cosine;
  for (let k = 0; k < n; k++) {
    const left = a[k * n + p]!;
    const right = a[k * n + q]!;
    a[k * n + p] = cosine * left - sine * right;
    a[k * n + q] = sine * left + cosine * right;
  }
  rotateRows(a, n, { p, q, cosine, sine });
  rotateRows(rows, n, { p, q, cosine, sine });
  a[p * n + q] = 0;
  a[q * n + p] = 0;
}

function rotateRows(a: Float64Array, n: number, { p, q, cosine, sine }: Rotation): void {
  for (let k = 0; k < n; k++) {
    const upper = a[p * n + k]!;
    const lower = a[q * n + k]!;
    a[p * n + k] = cosine * upper - sine * lower;
    a[q * n + k] = sine * upper + cosine * lower;
  }
}

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expectWithin } from "../golden/load-golden.test-support.ts";
import { createRandom } from "../synthetic/random.ts";
import { symmetricEigen } from "./symmetric-eigen.ts";
import { tridiagonalEigen } from "./tridiagonal-eigen.ts";

function symmetric(n: number, seed: number): Float64Array {
  const { gaussian } = createRandom(seed);
  const matrix = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      const value = gaussian();
      matrix[i * n + j] = value;
      matrix[j * n + i] = value;
    }
  }
  return matrix;
}

/** Largest |A v − λ v| over all values, and the largest departure from right angles. */
function defects(matrix: Float64Array, n: number) {
  const { values, vectors } = tridiagonalEigen(matrix.slice(), n);
  let residual = 0;
  let angle = 0;
  for (let k = 0; k < n; k++) {
    for (let i = 0; i < n; i++) {
      let product = 0;
      let dot = 0;
      for (let j = 0; j < n; j++) {
        product += matrix[i * n + j]! * vectors[k * n + j]!;
        dot += vectors[i * n + j]! * vectors[k * n + j]!;
      }
      residual = Math.max(residual, Math.abs(product - values[k]! * vectors[k * n + i]!));
      angle = Math.max(angle, Math.abs(dot - (i === k ? 1 : 0)));
    }
  }
  return { residual, angle, values };
}

describe("tridiagonalEigen", () => {
  test("solves A v = λ v with vectors at right angles, largest first", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.nat(), (n, seed) => {
        const { residual, angle, values } = defects(symmetric(n, seed), n);
        expect(residual).toBeLessThan(1e-12 * Math.max(1, n));
        expect(angle).toBeLessThan(1e-13 * Math.max(10, n));
        expect([...values]).toEqual([...values].sort((a, b) => b - a));
      }),
      { numRuns: 60 },
    );
  });

  test("agrees with Jacobi's rotations", () => {
    const matrix = symmetric(30, 9);
    const jacobi = symmetricEigen(matrix.slice(), 30);
    tridiagonalEigen(matrix.slice(), 30).values.forEach((value, i) => {
      expectWithin(`value ${i}`, value, jacobi.values[i]!, { rtol: 1e-11, atol: 1e-11 });
    });
  });

  const identity = Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1);
  test.each([
    { name: "zero", matrix: new Float64Array(9), values: [0, 0, 0] },
    { name: "the identity", matrix: identity, values: [1, 1, 1] },
    { name: "ones", matrix: new Float64Array(9).fill(1), values: [3, 0, 0] },
    { name: "a diagonal", matrix: Float64Array.of(1, 0, 0, 0, 5, 0, 0, 0, -2), values: [5, 1, -2] },
    {
      name: "tiny numbers",
      matrix: identity.map((v) => v * 1e-200),
      values: [1e-200, 1e-200, 1e-200],
    },
  ])("takes $name", ({ matrix, values }) => {
    const { residual, angle, values: found } = defects(matrix, 3);
    expect(residual).toBeLessThan(1e-14);
    expect(angle).toBeLessThan(1e-14);
    values.forEach((value, i) => {
      expectWithin(`value ${i}`, found[i]!, value, { rtol: 1e-14, atol: value === 0 ? 1e-14 : 0 });
    });
  });
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { symmetricEigen } from "./symmetric-eigen.ts";

const entry = fc.double({ min: -100, max: 100, noNaN: true });
const matrices = fc
  .integer({ min: 1, max: 8 })
  .chain((n) => fc.tuple(fc.constant(n), fc.array(entry, { minLength: n * n, maxLength: n * n })));

describe("symmetricEigen", () => {
  test("A v = λ v with orthonormal v, the largest λ first", () => {
    fc.assert(
      fc.property(matrices, ([n, entries]) => {
        const at = (i: number, j: number): number =>
          Number(entries[Math.max(i, j) * n + Math.min(i, j)]);
        const matrix = Float64Array.from({ length: n * n }, (_, k) => at(Math.floor(k / n), k % n));
        const { values, vectors } = symmetricEigen(matrix.slice(), n);
        for (let a = 0; a < n; a++) {
          if (a > 0) expect(values[a]).toBeLessThanOrEqual(Number(values[a - 1]));
          for (let i = 0; i < n; i++) {
            let image = 0;
            for (let j = 0; j < n; j++) image += at(i, j) * Number(vectors[a * n + j]);
            expect(image).toBeCloseTo(Number(values[a]) * Number(vectors[a * n + i]), 8);
          }
          for (let b = 0; b <= a; b++) {
            let product = 0;
            for (let j = 0; j < n; j++) {
              product += Number(vectors[a * n + j]) * Number(vectors[b * n + j]);
            }
            expect(product).toBeCloseTo(a === b ? 1 : 0, 10);
          }
        }
      }),
    );
  });

  test("keeps the digits of an eigenvalue that is small beside the others", () => {
    const { values } = symmetricEigen(Float64Array.of(1, 1e-9, 1e-9, 1e-16), 2);
    expect(values[1]).toBeCloseTo(9.9e-17, 20);
  });
});

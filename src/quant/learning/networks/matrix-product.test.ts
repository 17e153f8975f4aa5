import fc from "fast-check";
import { expect, test } from "vitest";
import { createRandom } from "../../synthetic/random.ts";
import {
  addProduct,
  leftTransposedShape,
  productShape,
  rightTransposedShape,
} from "./matrix-product.ts";

const size = fc.integer({ min: 1, max: 11 });
const sizes = fc.record({ rows: size, inner: size, columns: size, seed: fc.nat() });

function transposed(matrix: Float64Array, rows: number): Float64Array {
  const columns = matrix.length / rows;
  return matrix.map((_, k) => matrix[(k % rows) * columns + Math.floor(k / rows)]!);
}

function gaussians(count: number, seed: number, stream: number): Float64Array {
  const { gaussian } = createRandom(seed, stream);
  return Float64Array.from({ length: count }, gaussian);
}

test("addProduct adds the product of its definition, to the bit, in every layout", () => {
  fc.assert(
    fc.property(sizes, ({ rows, inner, columns, seed }) => {
      const left = gaussians(rows * inner, seed, 0);
      const right = gaussians(inner * columns, seed, 1);
      const start = gaussians(rows * columns, seed, 2);
      const expected = start.map((value, k) => {
        let sum = value;
        const [i, j] = [Math.floor(k / columns), k % columns];
        for (let p = 0; p < inner; p++) sum += left[i * inner + p]! * right[p * columns + j]!;
        return sum;
      });
      const plain = start.slice();
      addProduct(plain, left, right, productShape(rows, inner, columns));
      expect(plain).toEqual(expected);
      const byRight = start.slice();
      const rightTurned = transposed(right, inner);
      addProduct(byRight, left, rightTurned, rightTransposedShape(rows, inner, columns));
      expect(byRight).toEqual(expected);
      const byLeft = start.slice();
      const leftTurned = transposed(left, rows);
      addProduct(byLeft, leftTurned, right, leftTransposedShape(rows, inner, columns));
      expect(byLeft).toEqual(expected);
    }),
    { numRuns: 200 },
  );
});

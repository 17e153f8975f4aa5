import { expect, test } from "vitest";
import { levenbergMarquardt } from "./levenberg-marquardt.ts";

/** Rosenbrock's valley as two residuals. */
function valley(point: Float64Array, into: Float64Array): number {
  const [x = 0, y = 0] = point;
  into[0] = 10 * (y - x * x);
  into[1] = 1 - x;
  return into[0] ** 2 + into[1] ** 2;
}

test("the bottom of a bent valley is found", () => {
  const { point, isConverged } = levenbergMarquardt(valley, Float64Array.of(-1.2, 1), 2);
  expect(isConverged).toBe(true);
  expect(point[0]).toBeCloseTo(1, 5);
  expect(point[1]).toBeCloseTo(1, 5);
});

test("a number that moves nothing stays where it is", () => {
  const line = (point: Float64Array, into: Float64Array): number => {
    into[0] = point[0]! - 3;
    into[1] = 1;
    return into[0] ** 2 + 1;
  };
  const { point, sumOfSquares } = levenbergMarquardt(line, Float64Array.of(0, 7), 2);
  expect(point[0]).toBeCloseTo(3, 5);
  expect(point[1]).toBe(7);
  expect(sumOfSquares).toBeCloseTo(1, 10);
});

test("a start without a value is not converged", () => {
  const nowhere = () => Number.NaN;
  expect(levenbergMarquardt(nowhere, Float64Array.of(1), 1).isConverged).toBe(false);
});

test("nothing to search is converged at once", () => {
  const constant = (_: Float64Array, into: Float64Array): number => {
    into[0] = 2;
    return 4;
  };
  const found = levenbergMarquardt(constant, new Float64Array(0), 1);
  expect(found).toMatchObject({ sumOfSquares: 4, isConverged: true });
});

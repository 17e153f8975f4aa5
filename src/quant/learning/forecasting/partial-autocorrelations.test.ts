import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expectWithin } from "../../golden/load-golden.test-support.ts";
import {
  autoregressiveCovariances,
  freeOfPartial,
  levinsonStep,
  partialOfFree,
  partialsOfCoefficients,
} from "./partial-autocorrelations.ts";

const partials = fc
  .array(fc.double({ min: -0.9, max: 0.9, noNaN: true }), { maxLength: 6 })
  .map((values) => Float64Array.from(values));

function coefficientsOf(values: Float64Array): Float64Array {
  const coefficients = new Float64Array(values.length);
  values.forEach((partial, k) => {
    levinsonStep(coefficients, k + 1, partial);
  });
  return coefficients;
}

describe("partial autocorrelations", () => {
  test("come back from the coefficients that they make", () => {
    fc.assert(
      fc.property(partials, (values) => {
        const back = partialsOfCoefficients(coefficientsOf(values));
        values.forEach((value, k) => {
          expectWithin(`lag ${k + 1}`, back?.[k] ?? Number.NaN, value, { rtol: 1e-6, atol: 1e-8 });
        });
      }),
    );
  });

  test.each([
    { name: "a walk", coefficients: [1] },
    { name: "an explosion", coefficients: [1.2] },
    { name: "two lags that sum to one", coefficients: [0.5, 0.5] },
    { name: "an oscillation that grows", coefficients: [0, -1.01] },
  ])("there are none of $name", ({ coefficients }) => {
    expect(partialsOfCoefficients(Float64Array.from(coefficients))).toBeNull();
  });

  test("every number stands for one, the largest for one beside the unit circle", () => {
    for (const free of [-3, -0.1, 0, 0.4, 20]) {
      expect(freeOfPartial(partialOfFree(free))).toBeCloseTo(free, 8);
    }
    expect(partialOfFree(1e9)).toBeLessThan(1);
    expect(partialOfFree(1e9)).toBe(partialOfFree(1e4));
  });
});

describe("autoregressiveCovariances", () => {
  test("are the sums of products of impulse responses", () => {
    const lags = fc.integer({ min: 1, max: 8 });
    fc.assert(
      fc.property(partials, lags, (values, count) => {
        const into = new Float64Array(count);
        autoregressiveCovariances(values, into);
        const responses = impulseResponses(coefficientsOf(values), 3000);
        into.forEach((covariance, lag) => {
          let sum = 0;
          for (let i = 0; i + lag < responses.length; i++)
            sum += responses[i]! * responses[i + lag]!;
          expectWithin(`lag ${lag}`, covariance, sum, { rtol: 1e-6, atol: 1e-6 * into[0]! });
        });
      }),
      { numRuns: 30 },
    );
  });
});

function impulseResponses(ar: Float64Array, count: number): Float64Array {
  const responses = new Float64Array(count);
  responses[0] = 1;
  for (let t = 1; t < count; t++) {
    ar.forEach((phi, i) => {
      responses[t]! += phi * (responses[t - 1 - i] ?? 0);
    });
  }
  return responses;
}

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expectWithin, randomWalk } from "../golden/load-golden.test-support.ts";
import { simpleOls } from "../stats/ols.ts";
import { type KalmanModel, kalmanHedgeRatio } from "./kalman-hedge-ratio.ts";
import { kalmanSmoother } from "./kalman-smoother.ts";

const both = (value: number) => ({ hedgeRatio: value, intercept: value });
const close = { rtol: 1e-6, atol: 1e-9 };

/** The states of the first bar are independent in the joint law below. */
type JointModel = Required<Omit<KalmanModel, "initialCovariance">>;

/** Gauss–Jordan elimination: the inverse of a small positive definite matrix. */
function inverse(matrix: readonly (readonly number[])[]): number[][] {
  const n = matrix.length;
  const rows = matrix.map((row, i) => [...row, ...row.map((_, j) => (i === j ? 1 : 0))]);
  for (let i = 0; i < n; i++) {
    const pivot = rows[i]!.map((value) => value / rows[i]![i]!);
    rows[i] = pivot;
    for (let j = 0; j < n; j++) {
      if (j === i) continue;
      const factor = rows[j]![i]!;
      rows[j] = rows[j]!.map((value, column) => value - factor * pivot[column]!);
    }
  }
  return rows.map((row) => row.slice(n));
}

/** Mean and variance of all states of all bars at once, from the precision of their joint law. */
function jointPosterior(y: Float64Array, x: Float64Array, model: JointModel) {
  const size = 2 * y.length;
  const precision = Array.from({ length: size }, () => new Array<number>(size).fill(0));
  const target = new Array<number>(size).fill(0);
  const add = (i: number, j: number, value: number): void => {
    precision[i]![j]! += value;
  };
  const states = ["hedgeRatio", "intercept"] as const;
  y.forEach((value, t) => {
    const design = [x[t]!, 1];
    states.forEach((state, a) => {
      const i = 2 * t + a;
      if (t === 0) {
        add(i, i, 1 / model.initialVariance[state]);
        target[i]! += model.initialState[state] / model.initialVariance[state];
      } else {
        const walk = 1 / model.processVariance[state];
        add(i, i, walk);
        add(i - 2, i - 2, walk);
        add(i, i - 2, -walk);
        add(i - 2, i, -walk);
      }
      target[i]! += (design[a]! * value) / model.observationVariance;
      for (let b = 0; b < 2; b++) {
        add(i, 2 * t + b, (design[a]! * design[b]!) / model.observationVariance);
      }
    });
  });
  const variance = inverse(precision);
  const mean = variance.map((row) => row.reduce((sum, v, j) => sum + v * target[j]!, 0));
  return { mean, variance };
}

describe("kalmanSmoother", () => {
  test("agrees with the joint law of all bars", () => {
    const y = randomWalk(12, 1);
    const x = randomWalk(12, 2);
    const model: JointModel = {
      processVariance: { hedgeRatio: 0.02, intercept: 0.3 },
      observationVariance: 0.5,
      initialState: { hedgeRatio: 1, intercept: -1 },
      initialVariance: { hedgeRatio: 2, intercept: 3 },
    };
    const smoothed = kalmanSmoother(kalmanHedgeRatio(y, x, model), model.processVariance);
    const { mean, variance } = jointPosterior(y, x, model);
    for (let t = 0; t < y.length; t++) {
      const [i, j] = [2 * t, 2 * t + 1];
      expectWithin(`β of ${t}`, smoothed.hedgeRatio[t]!, mean[i]!, close);
      expectWithin(`α of ${t}`, smoothed.intercept[t]!, mean[j]!, close);
      expectWithin(`P ββ of ${t}`, smoothed.hedgeRatioVariance[t]!, variance[i]![i]!, close);
      expectWithin(`P αα of ${t}`, smoothed.interceptVariance[t]!, variance[j]![j]!, close);
      expectWithin(`P βα of ${t}`, smoothed.covariance[t]!, variance[i]![j]!, close);
    }
  });

  test("is never less sure than the filter, and agrees with it at the last bar", () => {
    const variance = fc.double({ min: 1e-6, max: 1, noNaN: true });
    const inputs = fc.record({
      ...{ slope: variance, constant: variance, observation: variance, start: variance },
      n: fc.integer({ min: 1, max: 60 }),
      seed: fc.integer({ min: 1, max: 1e6 }),
    });
    fc.assert(
      fc.property(inputs, ({ slope, constant, observation, start, n, seed }) => {
        const processVariance = { hedgeRatio: slope, intercept: constant };
        const filtered = kalmanHedgeRatio(randomWalk(n, seed), randomWalk(n, seed + 1), {
          processVariance,
          observationVariance: observation,
          initialVariance: both(start),
        });
        const smoothed = kalmanSmoother(filtered, processVariance);
        expect(smoothed.hedgeRatio.at(-1)).toBe(filtered.hedgeRatio.at(-1));
        expect(smoothed.interceptVariance.at(-1)).toBe(filtered.interceptVariance.at(-1));
        for (const field of ["hedgeRatioVariance", "interceptVariance"] as const) {
          smoothed[field].forEach((value, t) => {
            expect(value).toBeLessThanOrEqual(filtered[field][t]! * (1 + 1e-9) + 1e-15);
            expect(value).toBeGreaterThan(-1e-12);
          });
        }
      }),
    );
  });

  test("without process noise is the static regression at every bar", () => {
    const x = randomWalk(80, 3);
    const y = x.map((value, i) => 0.8 * value + 2 + Math.sin(i));
    const model = {
      processVariance: both(0),
      observationVariance: 1,
      initialVariance: both(1e8),
    };
    const smoothed = kalmanSmoother(kalmanHedgeRatio(y, x, model), model.processVariance);
    const fit = simpleOls(y, x);
    smoothed.hedgeRatio.forEach((value) => {
      expectWithin("hedge ratio", value, fit.slope, { rtol: 1e-5, atol: 0 });
    });
    expectWithin("intercept", smoothed.intercept[0]!, fit.intercept, { rtol: 1e-5, atol: 0 });
  });

  test("leaves a state that is certain and still where it is", () => {
    const y = randomWalk(40, 4);
    const x = randomWalk(40, 5);
    const processVariance = { hedgeRatio: 0.01, intercept: 0 };
    const filtered = kalmanHedgeRatio(y, x, { processVariance, observationVariance: 1 });
    const smoothed = kalmanSmoother(filtered, processVariance);
    expect([...smoothed.intercept].every((value) => value === 0)).toBe(true);
    expect(smoothed.hedgeRatio.at(-1)).toBe(filtered.hedgeRatio.at(-1));
    expect([...smoothed.hedgeRatio].every(Number.isFinite)).toBe(true);
  });
});

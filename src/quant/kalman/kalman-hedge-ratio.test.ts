import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  expectGolden,
  expectWithin,
  type GoldenCase,
  goldenCases,
  goldenInput,
  goldenSeries,
  randomWalk,
} from "../golden/load-golden.test-support.ts";
import { type KalmanModel, kalmanHedgeRatio, kalmanLogLikelihood } from "./kalman-hedge-ratio.ts";
import { kalmanNoise } from "./kalman-noise.ts";

const both = (value: number) => ({ hedgeRatio: value, intercept: value });

function modelOf(golden: GoldenCase): KalmanModel {
  return {
    processVariance: both(Number(golden.params?.["q"])),
    observationVariance: Number(golden.params?.["V"]),
    initialVariance: both(Number(golden.params?.["P0"])),
  };
}

const model: KalmanModel = {
  processVariance: both(1e-4),
  observationVariance: 1e-3,
  initialVariance: both(1),
};

describe("kalmanHedgeRatio", () => {
  test.each(goldenCases("kalman", "kalman/"))("agrees with the recursion: $case", (golden) => {
    const hedge = kalmanHedgeRatio(
      goldenInput(golden, "y"),
      goldenInput(golden, "x"),
      modelOf(golden),
    );
    const fields = {
      beta: hedge.hedgeRatio,
      alpha: hedge.intercept,
      e: hedge.innovation,
      S: hedge.innovationVariance,
    };
    const bars = golden.expected["index"] as readonly number[];
    for (const [field, actual] of Object.entries(fields)) {
      const tolerance = { ...golden.tolerance, ...golden.tolerance.fields?.[field] };
      const expected = golden.expected[field] as readonly number[];
      bars.forEach((bar, i) => {
        expectWithin(`${field} of bar ${bar}`, actual[bar]!, expected[i]!, tolerance);
      });
    }
    expectGolden(golden, "loglik", hedge.logLikelihood);
    const squares = hedge.innovation.reduce((sum, value) => sum + value * value, 0);
    expectGolden(golden, "sum_e2", squares);
    const covariance = golden.expected["P_last"] as readonly (readonly number[])[];
    const tolerance = { ...golden.tolerance, ...golden.tolerance.fields?.["P_last"] };
    expectWithin("P ββ", hedge.hedgeRatioVariance.at(-1)!, covariance[0]![0]!, tolerance);
    expectWithin("P βα", hedge.covariance.at(-1)!, covariance[0]![1]!, tolerance);
    expectWithin("P αα", hedge.interceptVariance.at(-1)!, covariance[1]![1]!, tolerance);
  });

  test("has the same likelihood without its path", () => {
    const y = randomWalk(300, 1);
    const x = randomWalk(300, 2);
    expect(kalmanLogLikelihood(y, x, model)).toBe(kalmanHedgeRatio(y, x, model).logLikelihood);
  });

  test("cutting off the future changes no bit up to the cut", () => {
    const y = randomWalk(200, 3);
    const x = randomWalk(200, 4);
    const whole = kalmanHedgeRatio(y, x, model);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), (cut) => {
        const part = kalmanHedgeRatio(y.slice(0, cut), x.slice(0, cut), model);
        expect(part.hedgeRatio).toEqual(whole.hedgeRatio.slice(0, cut));
        expect(part.innovation).toEqual(whole.innovation.slice(0, cut));
      }),
      { numRuns: 20 },
    );
  });

  test("of a line without noise finds the line", () => {
    const x = randomWalk(500, 5);
    const y = x.map((value) => 1.7 * value - 0.4);
    const hedge = kalmanHedgeRatio(y, x, { ...model, processVariance: both(0) });
    expectWithin("hedge ratio", hedge.hedgeRatio.at(-1)!, 1.7, { rtol: 1e-3, atol: 0 });
    expectWithin("intercept", hedge.intercept.at(-1)!, -0.4, { rtol: 1e-2, atol: 0 });
  });

  test.each([
    { name: "no observation noise", change: { observationVariance: 0 }, code: "out-of-range" },
    { name: "negative noise", change: { processVariance: both(-1) }, code: "out-of-range" },
    {
      name: "a covariance above its variances",
      change: { initialVariance: both(1), initialCovariance: 1.1 },
      code: "out-of-range",
    },
    { name: "endless variance", change: { initialVariance: both(1 / 0) }, code: "out-of-range" },
    {
      name: "a state that is none",
      change: { initialState: both(Number.NaN) },
      code: "not-finite",
    },
  ])("refuses $name", ({ change, code }) => {
    expect(() =>
      kalmanHedgeRatio(randomWalk(9, 1), randomWalk(9, 2), { ...model, ...change }),
    ).toThrow(expect.objectContaining({ code }));
  });

  test("goes on from any bar as if it had never stopped, given what was known there", () => {
    const y = goldenSeries("tvbeta_400.y");
    const x = goldenSeries("tvbeta_400.x");
    const whole = kalmanHedgeRatio(y, x, { ...model, initialVariance: both(1) });
    const at = 150;
    const rest = kalmanHedgeRatio(y.slice(at), x.slice(at), {
      ...model,
      initialState: { hedgeRatio: whole.hedgeRatio[at - 1]!, intercept: whole.intercept[at - 1]! },
      initialVariance: {
        hedgeRatio: whole.hedgeRatioVariance[at - 1]! + model.processVariance.hedgeRatio,
        intercept: whole.interceptVariance[at - 1]! + model.processVariance.intercept,
      },
      initialCovariance: whole.covariance[at - 1]!,
    });
    expect(rest.hedgeRatio).toEqual(whole.hedgeRatio.slice(at));
    expect(rest.innovationVariance).toEqual(whole.innovationVariance.slice(at));
  });

  test("refuses series that are not aligned", () => {
    expect(() => kalmanHedgeRatio(randomWalk(9, 1), randomWalk(8, 2), model)).toThrow(
      expect.objectContaining({ code: "length-mismatch" }),
    );
  });
});

describe("kalmanNoise", () => {
  test.each(goldenCases("kalman", "kalman_ml/"))(
    "agrees with a search in scipy: $case",
    (golden) => {
      const y = goldenInput(golden, "y");
      const x = goldenInput(golden, "x");
      const { model: found, logLikelihood } = kalmanNoise(y, x);
      expectGolden(golden, "loglik", logLikelihood);
      expectGolden(golden, "loglik_statsmodels", logLikelihood);
      expectGolden(golden, "q_beta", found.processVariance.hedgeRatio);
      expectGolden(golden, "q_alpha", found.processVariance.intercept);
      // On the boundary the reference itself says that any value below 1e-8 will do.
      if (Number(golden.expected["V"]) < 1e-8) expect(found.observationVariance).toBeLessThan(1e-8);
      else expectGolden(golden, "V", found.observationVariance);
      const hedge = kalmanHedgeRatio(y, x, found);
      expectGolden(golden, "beta_last", hedge.hedgeRatio.at(-1)!);
      expectGolden(golden, "alpha_last", hedge.intercept.at(-1)!);
      expectGolden(golden, "e_last", hedge.innovation.at(-1)!);
      expectGolden(golden, "S_last", hedge.innovationVariance.at(-1)!);
    },
  );

  test("is more likely than its neighbours", () => {
    const y = goldenSeries("tvbeta_400.y");
    const x = goldenSeries("tvbeta_400.x");
    const { model: best, logLikelihood } = kalmanNoise(y, x);
    const { hedgeRatio, intercept } = best.processVariance;
    for (const factor of [0.9, 1.1]) {
      const neighbours: readonly KalmanModel[] = [
        { ...best, observationVariance: best.observationVariance * factor },
        { ...best, processVariance: { hedgeRatio: hedgeRatio * factor, intercept } },
        { ...best, processVariance: { hedgeRatio, intercept: intercept * factor } },
      ];
      for (const neighbour of neighbours) {
        expect(kalmanLogLikelihood(y, x, neighbour)).toBeLessThan(logLikelihood);
      }
    }
  });

  test("finds the same noise of the states when the observation noise is told", () => {
    const y = goldenSeries("tvbeta_400.y");
    const x = goldenSeries("tvbeta_400.x");
    const free = kalmanNoise(y, x);
    const { observationVariance } = free.model;
    const told = kalmanNoise(y, x, { observationVariance });
    expect(told.model.observationVariance).toBe(observationVariance);
    expect(told.logLikelihood).toBeCloseTo(free.logLikelihood, 6);
    expect(told.model.processVariance.hedgeRatio).toBeCloseTo(
      free.model.processVariance.hedgeRatio,
      7,
    );
  });

  test("of a constant leg is refused", () => {
    expect(() => kalmanNoise(randomWalk(20, 1), new Float64Array(20).fill(2))).toThrow(
      expect.objectContaining({ code: "constant" }),
    );
  });
});

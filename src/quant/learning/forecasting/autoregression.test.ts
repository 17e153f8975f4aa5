import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expectGolden, goldenCases, goldenInput } from "../../golden/load-golden.test-support.ts";
import { autoregressionByAic, fitAutoregression } from "./autoregression.ts";
import { autoregressionForecastPath, autoregressionForecasts } from "./autoregression-forecasts.ts";
import { expectGoldenNumbers, syntheticArma } from "./golden-numbers.test-support.ts";

const SPREAD = syntheticArma(200, 1, { ar: [0.6, 0.2], mean: 5 });

describe("fitAutoregression", () => {
  test.each(goldenCases("forecasting", "ar_ols/"))("agrees with AutoReg: $case", (golden) => {
    const series = goldenInput(golden, "x");
    const model = fitAutoregression(series, Number(golden.params?.["p"]));
    expectGolden(golden, "const", model.constant);
    expectGoldenNumbers(golden, "phi", model.coefficients);
    expectGoldenNumbers(golden, "se", model.standardErrors);
    expectGolden(golden, "sigma2", model.residualVariance);
    expectGolden(golden, "llf", model.logLikelihood);
    expectGolden(golden, "aic", model.aic);
    expectGolden(golden, "bic", model.bic);
    expectGolden(golden, "nobs", model.observations);
    expectGoldenNumbers(golden, "forecast", autoregressionForecastPath(model, series, 3).values);
  });

  test("of order 0 is the mean", () => {
    const model = fitAutoregression(Float64Array.of(1, 2, 3, 6), 0);
    expect(model.constant).toBe(3);
    expect(model.residualVariance).toBeCloseTo(3.5, 12);
    expect([...autoregressionForecasts(model, Float64Array.of(9, 8), 4)]).toEqual([3, 3]);
  });

  test.each([
    { name: "too few bars", series: SPREAD.slice(0, 12), order: 5, code: "too-short" },
    { name: "a gap", series: SPREAD.with(7, Number.NaN), order: 1, code: "not-finite" },
    { name: "a constant", series: new Float64Array(50).fill(0.1), order: 1, code: "constant" },
    { name: "half a lag", series: SPREAD, order: 0.5, code: "out-of-range" },
    { name: "too many lags", series: SPREAD, order: 101, code: "out-of-range" },
    {
      name: "a straight line on two lags",
      series: Float64Array.from({ length: 40 }, (_, t) => t),
      order: 2,
      code: "collinear",
    },
  ])("refuses $name", ({ series, order, code }) => {
    expect(() => fitAutoregression(series, order)).toThrow(expect.objectContaining({ code }));
  });
});

describe("autoregressionByAic", () => {
  test("takes the order that is best on the bars which all orders share", () => {
    const orderMax = 6;
    const shared = (order: number): number => {
      const { residualVariance, observations } = fitAutoregression(
        SPREAD.subarray(orderMax - order),
        order,
      );
      return observations * Math.log(residualVariance) + 2 * order;
    };
    const best = [0, 1, 2, 3, 4, 5, 6].reduce((a, b) => (shared(b) < shared(a) ? b : a));
    const model = autoregressionByAic(SPREAD, orderMax);
    expect(best).toBeGreaterThan(0);
    expect(model).toEqual(fitAutoregression(SPREAD, best));
  });

  test("of a straight line takes one lag, as two say no more", () => {
    const line = Float64Array.from({ length: 40 }, (_, t) => 3 + t);
    const model = autoregressionByAic(line, 3);
    expect(model.order).toBe(1);
    expect(autoregressionForecastPath(model, line, 2).values[1]).toBeCloseTo(44, 8);
  });
});

describe("autoregressionForecasts", () => {
  test("are those of the path of every prefix", () => {
    const inputs = fc.record({
      order: fc.integer({ min: 0, max: 4 }),
      horizon: fc.integer({ min: 1, max: 6 }),
      t: fc.integer({ min: 5, max: 199 }),
    });
    fc.assert(
      fc.property(inputs, ({ order, horizon, t }) => {
        const model = fitAutoregression(SPREAD.subarray(0, 120), order);
        const all = autoregressionForecasts(model, SPREAD, horizon);
        const { values } = autoregressionForecastPath(model, SPREAD.subarray(0, t + 1), horizon);
        expect(all[t]).toBeCloseTo(values[horizon - 1]!, 10);
      }),
    );
  });

  test("have none before there are as many bars as lags", () => {
    const model = fitAutoregression(SPREAD, 3);
    const all = autoregressionForecasts(model, SPREAD, 1);
    expect([...all.subarray(0, 2)]).toEqual([Number.NaN, Number.NaN]);
    expect(all[2]).not.toBeNaN();
  });

  test("err the more the further ahead, as the impulse responses say", () => {
    const model = fitAutoregression(SPREAD, 1);
    const { standardErrors } = autoregressionForecastPath(model, SPREAD, 3);
    const phi = model.coefficients[0]!;
    const sigma = Math.sqrt(model.residualVariance);
    expect(standardErrors[0]).toBeCloseTo(sigma, 12);
    expect(standardErrors[2]).toBeCloseTo(sigma * Math.sqrt(1 + phi ** 2 + phi ** 4), 12);
  });

  test.each([0, 1.5, -1, 20_000])("refuse a horizon of %d bars", (horizonBars) => {
    const model = fitAutoregression(SPREAD, 1);
    expect(() => autoregressionForecasts(model, SPREAD, horizonBars)).toThrow(
      expect.objectContaining({ code: "out-of-range" }),
    );
  });
});

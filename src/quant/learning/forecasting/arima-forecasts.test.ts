import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ArimaModel } from "./arima.ts";
import { fitArima } from "./arima.ts";
import { arimaForecastPath, arimaForecasts, firstValueLogDensity } from "./arima-forecasts.ts";
import type { ArimaOrder } from "./arima-order.ts";
import { syntheticArma } from "./golden-numbers.test-support.ts";

const SERIES = syntheticArma(200, 11, { ar: [0.5, 0.2], ma: [0.4], mean: 3 });

const ORDERS: readonly ArimaOrder[] = [
  { p: 0, d: 0, q: 0 },
  { p: 2, d: 0, q: 0 },
  { p: 0, d: 0, q: 2 },
  { p: 1, d: 0, q: 2 },
  { p: 2, d: 0, q: 1 },
  { p: 0, d: 1, q: 0 },
  { p: 1, d: 1, q: 1 },
  { p: 2, d: 1, q: 2 },
];

const MODELS = ORDERS.map((order) => {
  const fit = fitArima(SERIES.subarray(0, 150), order);
  if (fit.kind === "refused") throw new Error(fit.reason);
  return fit.model;
});

/** A model that was not fitted, for what is known of it by hand. */
function model(order: ArimaOrder, ar: number[], ma: number[]): ArimaModel {
  return {
    kind: "arima",
    order,
    likelihood: "exact",
    mean: 0,
    ar: Float64Array.from(ar),
    ma: Float64Array.from(ma),
    innovationVariance: 4,
    logLikelihood: 0,
    aic: 0,
    bic: 0,
    observations: 100,
  };
}

const inputs = fc.record({
  model: fc.constantFrom(...MODELS),
  horizon: fc.integer({ min: 1, max: 6 }),
  t: fc.integer({ min: 1, max: 198 }),
});

describe("arimaForecasts", () => {
  test("do not change when later bars do", () => {
    fc.assert(
      fc.property(inputs, fc.double({ min: -9, max: 9, noNaN: true }), (input, shift) => {
        const { horizon, t } = input;
        const changed = SERIES.map((value, i) => (i > t ? value + shift * (i - t) : value));
        const before = arimaForecasts(input.model, SERIES, horizon).slice(0, t + 1);
        expect(arimaForecasts(input.model, changed, horizon).slice(0, t + 1)).toEqual(before);
        expect(arimaForecasts(input.model, SERIES.subarray(0, t + 1), horizon)).toEqual(before);
      }),
    );
  });

  test("are those of the path of every prefix", () => {
    fc.assert(
      fc.property(inputs, ({ model, horizon, t }) => {
        const { values } = arimaForecastPath(model, SERIES.subarray(0, t + 1), horizon);
        const all = arimaForecasts(model, SERIES, horizon);
        expect(all[t]).toBeCloseTo(values[horizon - 1]!, 9);
      }),
    );
  });

  test("start where there is a difference to be seen", () => {
    const walk = model({ p: 0, d: 1, q: 0 }, [], []);
    expect([...arimaForecasts(walk, Float64Array.of(1, 5, 2), 3)]).toEqual([Number.NaN, 5, 2]);
    expect([...arimaForecasts(walk, Float64Array.of(1), 3)]).toEqual([Number.NaN]);
    expect(arimaForecasts(walk, new Float64Array(0), 3)).toHaveLength(0);
  });

  test("of an autoregression decay to the mean", () => {
    const decay = { ...model({ p: 1, d: 0, q: 0 }, [0.5], []), mean: 10 };
    expect([...arimaForecasts(decay, Float64Array.of(18, 6), 2)]).toEqual([12, 9]);
  });

  test.each([0, 2.5, Number.NaN])("refuse a horizon of %d bars", (horizonBars) => {
    expect(() => arimaForecasts(MODELS[0]!, SERIES, horizonBars)).toThrow(
      expect.objectContaining({ code: "out-of-range" }),
    );
  });
});

describe("arimaForecastPath", () => {
  test.each([
    { name: "a walk", order: { p: 0, d: 1, q: 0 }, ar: [], ma: [], squares: [1, 2, 3] },
    {
      name: "an autoregression",
      order: { p: 1, d: 0, q: 0 },
      ar: [0.5],
      ma: [],
      squares: [1, 1.25, 1.3125],
    },
    {
      name: "a moving average",
      order: { p: 0, d: 0, q: 1 },
      ar: [],
      ma: [0.5],
      squares: [1, 1.25, 1.25],
    },
    {
      name: "a sum of both",
      order: { p: 1, d: 1, q: 1 },
      ar: [0.5],
      ma: [0.25],
      // Cumulated impulse responses 1, 1.75, 2.125.
      squares: [1, 1 + 1.75 ** 2, 1 + 1.75 ** 2 + 2.125 ** 2],
    },
  ] as const)("of $name errs as its impulse responses say", ({ order, ar, ma, squares }) => {
    const { standardErrors } = arimaForecastPath(model(order, [...ar], [...ma]), SERIES, 3);
    squares.forEach((sum, step) => {
      expect(standardErrors[step]).toBeCloseTo(2 * Math.sqrt(sum), 9);
    });
  });

  test("errs more while the filter does not know the state", () => {
    const average = model({ p: 0, d: 0, q: 1 }, [], [0.5]);
    const { standardErrors } = arimaForecastPath(average, Float64Array.of(1), 1);
    // 1 + θ² − θ² / (1 + θ²) with θ = 0.5.
    expect(standardErrors[0]).toBeCloseTo(2 * Math.sqrt(1.25 - 0.25 / 1.25), 12);
  });

  test("refuses a series with nothing to go on from", () => {
    expect(() => arimaForecastPath(MODELS[5]!, Float64Array.of(1), 1)).toThrow(
      expect.objectContaining({ code: "too-short" }),
    );
  });
});

test("the first value has the law of the process", () => {
  const decay = model({ p: 1, d: 0, q: 0 }, [0.6], []);
  const variance = 4 / (1 - 0.36);
  const expected = -(Math.log(2 * Math.PI * variance) + 9 / variance) / 2;
  expect(firstValueLogDensity(decay, 3)).toBeCloseTo(expected, 12);
});

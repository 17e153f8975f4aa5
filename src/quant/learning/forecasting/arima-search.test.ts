import { describe, expect, test } from "vitest";
import { goldenSeries } from "../../golden/load-golden.test-support.ts";
import { fitArima } from "./arima.ts";
import { firstValueLogDensity } from "./arima-forecasts.ts";
import { type ArimaSearchSettings, arimaByAic } from "./arima-search.ts";
import { syntheticArma } from "./golden-numbers.test-support.ts";

const PUBLISHED: ArimaSearchSettings = {
  orderMax: 2,
  differences: [0, 1],
  comparison: "own-values",
};

describe("arimaByAic", () => {
  test("tries every order and takes the one with the least AIC", () => {
    const series = syntheticArma(300, 21, { ar: [0.6], ma: [0.5] });
    const { model, candidates } = arimaByAic(series, PUBLISHED);
    expect(candidates).toHaveLength(18);
    expect(candidates.map(({ order: { p, d, q } }) => `${p}${d}${q}`).slice(7, 11)).toEqual([
      "201",
      "202",
      "010",
      "011",
    ]);
    expect(model?.aic).toBe(Math.min(...candidates.map(({ aic }) => aic ?? Infinity)));
    expect(model?.order).toEqual({ p: 1, d: 0, q: 1 });
    expect(fitArima(series, { p: 1, d: 0, q: 1 })).toEqual({ kind: "fitted", model });
  });

  test("takes differences of a walk", () => {
    expect(arimaByAic(goldenSeries("rw_500"), PUBLISHED).model?.order.d).toBe(1);
  });

  test("judges the bars after the first when values are to be common", () => {
    const series = syntheticArma(200, 23, { ar: [0.95] });
    const settings = { ...PUBLISHED, orderMax: 1 };
    const own = arimaByAic(series, settings).candidates;
    const common = arimaByAic(series, { ...settings, comparison: "common-values" }).candidates;
    for (const [i, { order, aic }] of common.entries()) {
      const fit = fitArima(series, order);
      if (fit.kind === "refused") throw new Error(fit.reason);
      const first = order.d === 1 ? 0 : firstValueLogDensity(fit.model, series[0]!);
      expect(aic).toBeCloseTo((own[i]?.aic ?? Number.NaN) + 2 * first, 10);
    }
  });

  test("says of which orders there is no model, and why", () => {
    const line = Float64Array.from({ length: 60 }, (_, t) => 0.5 * t);
    const { candidates } = arimaByAic(line, { ...PUBLISHED, orderMax: 0 });
    expect(candidates[1]).toEqual({
      order: { p: 0, d: 1, q: 0 },
      aic: null,
      refusal: "straight-line",
    });
    const differenced = arimaByAic(line, { ...PUBLISHED, differences: [1], orderMax: 0 });
    expect(differenced.model).toBeNull();
  });

  test("tells how much is done, and can be cancelled", () => {
    const series = goldenSeries("rw_250");
    const shares: number[] = [];
    arimaByAic(series, { ...PUBLISHED, orderMax: 1 }, (share) => shares.push(share));
    expect(shares.at(-1)).toBe(1);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    const cancel = (share: number): void => {
      if (share > 0.3) throw new Error("cancelled");
    };
    expect(() => arimaByAic(series, PUBLISHED, cancel)).toThrow("cancelled");
  });

  const walk = goldenSeries("rw_250");
  test.each([
    {
      name: "a negative order",
      series: walk,
      settings: { ...PUBLISHED, orderMax: -1 },
      code: "out-of-range",
    },
    {
      name: "an order of 6",
      series: walk,
      settings: { ...PUBLISHED, orderMax: 6 },
      code: "out-of-range",
    },
    {
      name: "no d",
      series: walk,
      settings: { ...PUBLISHED, differences: [] },
      code: "out-of-range",
    },
    { name: "too few bars", series: walk.slice(0, 37), settings: PUBLISHED, code: "too-short" },
    {
      name: "a constant",
      series: new Float64Array(90).fill(3),
      settings: PUBLISHED,
      code: "constant",
    },
  ])("refuses $name", ({ series, settings, code }) => {
    expect(() => arimaByAic(series, settings)).toThrow(expect.objectContaining({ code }));
  });
});

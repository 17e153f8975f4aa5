import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  expectWithin,
  type GoldenCase,
  goldenCases,
  goldenSeries,
  randomWalk,
} from "../golden/load-golden.test-support.ts";
import { correlation } from "../stats/correlation.ts";
import { logReturns } from "../stats/log-returns.ts";
import { simpleOls } from "../stats/ols.ts";
import { quantileOfSorted } from "./quantile-of-sorted.ts";
import { rollingBeta, rollingCorrelation } from "./rolling-co-movement.ts";
import { rollingMean } from "./rolling-mean.ts";
import { rollingQuantile } from "./rolling-quantile.ts";
import { rollingVariance } from "./rolling-variance.ts";

const input = (golden: GoldenCase, role: string): Float64Array =>
  goldenSeries(String(golden.input[role]));
const period = (golden: GoldenCase): number => Number(golden.params?.["period"]);

function expectValues(golden: GoldenCase, actual: Float64Array): void {
  const expected = golden.expected["values"] as readonly (number | null)[];
  expect(actual).toHaveLength(expected.length);
  expected.forEach((value, i) => {
    if (value === null) expect(actual[i], `bar ${i}`).toBeNaN();
    else expectWithin(`bar ${i}`, actual[i]!, value, golden.tolerance);
  });
}

describe("rolling co-movement", () => {
  test.each(goldenCases("indicators", "rolling_correlation/"))(
    "agrees with the correlation of pandas: $case",
    (golden) => {
      const [y, x] = [logReturns(input(golden, "y")), logReturns(input(golden, "x"))];
      // The return of the first bar does not exist.
      expectValues(
        golden,
        Float64Array.of(Number.NaN, ...rollingCorrelation(y, x, period(golden))),
      );
    },
  );

  test.each(goldenCases("indicators", "rolling_beta/"))(
    "agrees with the beta of pandas: $case",
    (golden) => {
      const [y, x] = [input(golden, "y").map(Math.log), input(golden, "x").map(Math.log)];
      expectValues(golden, rollingBeta(y, x, period(golden)));
    },
  );

  test("of the whole history is the static one", () => {
    const [y, x] = [randomWalk(80, 1), randomWalk(80, 2)];
    const tight = { rtol: 1e-12, atol: 0 };
    expectWithin("correlation", rollingCorrelation(y, x, 80).at(-1)!, correlation(y, x), tight);
    expectWithin("beta", rollingBeta(y, x, 80).at(-1)!, simpleOls(y, x).slope, tight);
  });

  test("is a gap where a series is flat", () => {
    const walk = randomWalk(20, 3);
    const flat = new Float64Array(20).fill(0.1);
    expect([...rollingCorrelation(walk, flat, 5)].every(Number.isNaN)).toBe(true);
    expect([...rollingBeta(walk, flat, 5)].every(Number.isNaN)).toBe(true);
    expect(rollingBeta(flat, walk, 5).at(-1)).toBeCloseTo(0, 15);
  });

  test("refuses series that are not aligned", () => {
    expect(() => rollingBeta(randomWalk(9, 1), randomWalk(8, 1), 3)).toThrow(
      expect.objectContaining({ code: "length-mismatch" }),
    );
  });
});

describe("rollingVariance", () => {
  test("is the variance of each slice", () => {
    const walk = randomWalk(60, 4);
    rollingVariance(walk, 7, { ddof: 0 }).forEach((value, i) => {
      if (i < 6) return;
      const slice = walk.slice(i - 6, i + 1);
      const mean = slice.reduce((sum, v) => sum + v, 0) / 7;
      const expected = slice.reduce((sum, v) => sum + (v - mean) ** 2, 0) / 7;
      expectWithin(`bar ${i}`, value, expected, { rtol: 1e-12, atol: 1e-14 });
    });
  });

  test("is exactly zero in a flat window", () => {
    expect(rollingVariance(new Float64Array(5).fill(0.1), 3).slice(2)).toEqual(new Float64Array(3));
  });

  test("refuses two missing degrees of freedom", () => {
    expect(() => rollingVariance(randomWalk(9, 1), 3, { ddof: 2 })).toThrow(
      expect.objectContaining({ code: "out-of-range" }),
    );
  });
});

describe("rollingQuantile", () => {
  test("is the quantile of each sorted slice", () => {
    const values = fc.array(fc.integer({ min: -5, max: 5 }), { maxLength: 40 });
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 9 }), share, (list, windowBars, part) => {
        const series = Float64Array.from(list);
        rollingQuantile(series, windowBars, part).forEach((value, i) => {
          if (i < windowBars - 1) expect(value).toBeNaN();
          else {
            const slice = series.slice(i - windowBars + 1, i + 1).sort();
            expect(value).toBe(quantileOfSorted(slice, part));
          }
        });
      }),
    );
  });

  test("refuses a share that is none", () => {
    expect(() => rollingQuantile(randomWalk(9, 1), 3, 1.1)).toThrow(
      expect.objectContaining({ code: "out-of-range" }),
    );
  });
});

const all: readonly {
  readonly name: string;
  readonly roll: (values: Float64Array, windowBars: number) => Float64Array;
}[] = [
  { name: "rollingMean", roll: rollingMean },
  { name: "rollingVariance", roll: rollingVariance },
  { name: "rollingCorrelation", roll: (x, w) => rollingCorrelation(x, x.map(Math.cos), w) },
  { name: "rollingBeta", roll: (x, w) => rollingBeta(x.map(Math.cos), x, w) },
  { name: "rollingQuantile", roll: (x, w) => rollingQuantile(x, w, 0.3) },
];

describe.each(all)("$name", ({ roll }) => {
  test("forgets all before its window and knows nothing after it", () => {
    const walk = randomWalk(120, 5);
    const whole = roll(walk, 12);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 108 }), (start) => {
        const end = start + 12;
        expect(roll(walk.slice(start, end), 12)[11]).toBe(whole[end - 1]);
      }),
      { numRuns: 30 },
    );
  });

  test.each([0, 2.5, Number.NaN])("refuses a window of %f bars", (windowBars) => {
    expect(() => roll(randomWalk(9, 1), windowBars)).toThrow(
      expect.objectContaining({ code: "out-of-range" }),
    );
  });

  test("refuses a value that is none", () => {
    expect(() => roll(Float64Array.of(1, Number.NaN, 3), 2)).toThrow(
      expect.objectContaining({ code: "not-finite" }),
    );
  });
});

import { describe, expect, test } from "vitest";
import { expectGolden, goldenCases, goldenInput } from "../../golden/load-golden.test-support.ts";
import { goldenRows } from "../../golden/load-golden-matrix.test-support.ts";
import { mean } from "../../stats/mean.ts";
import { directionalAccuracy } from "./directional-accuracy.ts";
import { errorLosses } from "./error-losses.ts";
import { regressionScores } from "./regression-scores.ts";

describe("regressionScores", () => {
  test.each(goldenCases("classification", "ridge/"))(
    "agrees with scikit-learn: $case",
    (golden) => {
      const coefficients = golden.expected["coef"] as readonly number[];
      const intercept = Number(golden.expected["intercept"]);
      const actual = goldenInput(golden, "y").slice(300, 400);
      const predicted = Float64Array.from(goldenRows("cls_X").slice(300, 400), (row) =>
        row.reduce((sum, value, j) => sum + value * coefficients[j]!, intercept),
      );
      // scikit-learn compares with the mean of the rows that it scores.
      const trainingMeans = new Float64Array(100).fill(mean(actual));
      const scores = regressionScores({ actual, predicted, trainingMeans, lastValues: null });
      expectGolden(golden, "mse_test", scores.meanSquaredError);
      expectGolden(golden, "r2_test", scores.rSquared ?? Number.NaN);
      expect(scores.rootMeanSquaredError ** 2).toBeCloseTo(scores.meanSquaredError, 12);
      expect(scores.direction).toBeNull();
    },
  );

  test("compare with what was known before, not with the mean of the scored rows", () => {
    const actual = Float64Array.of(9, 10, 11);
    const trainingMeans = new Float64Array(3);
    const at = (predicted: Float64Array) =>
      regressionScores({ actual, predicted, trainingMeans, lastValues: null }).rSquared;
    expect(at(trainingMeans)).toBe(0);
    expect(at(actual)).toBe(1);
    expect(at(new Float64Array(3).fill(-1))).toBeLessThan(0);
    expect(at(new Float64Array(3).fill(10))).toBeCloseTo(1 - 2 / 302, 12);
  });

  test("have no R² where the training mean is never wrong", () => {
    const actual = new Float64Array(5).fill(0.1);
    const predicted = new Float64Array(5);
    const scores = regressionScores({
      actual,
      predicted,
      trainingMeans: actual,
      lastValues: predicted,
    });
    expect(scores.rSquared).toBeNull();
    expect(scores.meanAbsoluteError).toBeCloseTo(0.1, 12);
    expect(scores.direction).toEqual({ share: null, callCount: 0 });
  });

  test.each([
    { name: "no rows", actual: new Float64Array(), code: "too-short" },
    { name: "a row too many", actual: new Float64Array(3), code: "length-mismatch" },
    { name: "a gap", actual: Float64Array.of(1, Number.NaN), code: "not-finite" },
  ])("refuse $name", ({ actual, code }) => {
    const two = new Float64Array(actual.length === 0 ? 0 : 2);
    expect(() =>
      regressionScores({ actual, predicted: two, trainingMeans: two, lastValues: null }),
    ).toThrow(expect.objectContaining({ code }));
  });
});

describe("directionalAccuracy", () => {
  const last = Float64Array.of(1, 1, 1, 1, 1);

  test("counts calls only; a change that did not come is a miss", () => {
    const actual = Float64Array.of(2, 0, 1, 2, 3);
    const predicted = Float64Array.of(3, 2, 2, 1, 1.5);
    // Right; wrong; a miss; no call; right.
    expect(directionalAccuracy(actual, predicted, last)).toEqual({ share: 0.5, callCount: 4 });
  });

  test("is null where no change is predicted", () => {
    expect(directionalAccuracy(Float64Array.of(1, 2, 3, 4, 5), last, last)).toEqual({
      share: null,
      callCount: 0,
    });
  });

  test("refuses a last value that is missing", () => {
    expect(() =>
      directionalAccuracy(
        last,
        last,
        last.map(() => Number.NaN),
      ),
    ).toThrow(expect.objectContaining({ code: "not-finite" }));
    expect(() => directionalAccuracy(last, last, last.slice(1))).toThrow(
      expect.objectContaining({ code: "length-mismatch" }),
    );
  });
});

test("errorLosses are squares or sizes", () => {
  const [actual, predicted] = [Float64Array.of(1, 2), Float64Array.of(3, 2.5)];
  expect([...errorLosses(actual, predicted, "squared")]).toEqual([4, 0.25]);
  expect([...errorLosses(actual, predicted, "absolute")]).toEqual([2, 0.5]);
});

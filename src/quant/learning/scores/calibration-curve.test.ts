import { expect, test } from "vitest";
import {
  expectGolden,
  expectWithin,
  goldenCases,
  goldenInput,
} from "../../golden/load-golden.test-support.ts";
import { createRandom } from "../../synthetic/random.ts";
import { calibrationCurve } from "./calibration-curve.ts";
import { ofTwoClasses, randomPredictions } from "./class-predictions.test-support.ts";

test.each(goldenCases("classification", "calibration/"))(
  "agrees with scikit-learn: $case",
  (golden) => {
    const predictions = ofTwoClasses(goldenInput(golden, "y"), goldenInput(golden, "p"));
    const curve = calibrationCurve(predictions, {
      bins: Number(golden.params?.["n_bins"]),
      binning: golden.params?.["strategy"] === "quantile" ? "quantile" : "uniform",
    });
    const expected = (field: string) => golden.expected[field] as readonly number[];
    const compare = (field: string, values: Float64Array) => {
      expect(values).toHaveLength(expected(field).length);
      values.forEach((value, b) => {
        expectWithin(`${field} ${b}`, value, expected(field)[b]!, golden.tolerance);
      });
    };
    compare("mean_predicted", curve.meanPredicted);
    compare("fraction_positive", curve.shareOfClass);
    if ("counts_nonempty" in golden.expected) {
      expect([...curve.counts]).toEqual(golden.expected["counts_nonempty"]);
    }
    if ("ece" in golden.expected) expectGolden(golden, "ece", curve.expectedError);
  },
);

test("a model that says what is true has next to no error, one that doubts too little has", () => {
  const { uniform } = createRandom(3);
  const truth = Float64Array.from({ length: 20_000 }, uniform);
  const actual = truth.map((p) => (uniform() < p ? 1 : 0));
  expect(calibrationCurve(ofTwoClasses(actual, truth)).expectedError).toBeLessThan(0.015);
  const bold = truth.map((p) => (p > 0.5 ? 0.95 : 0.05));
  expect(calibrationCurve(ofTwoClasses(actual, bold)).expectedError).toBeGreaterThan(0.15);
});

test("counts every row once, of any class", () => {
  const predictions = randomPredictions(500, 3, 9);
  for (const positive of [0, 1, 2]) {
    for (const binning of ["uniform", "quantile"] as const) {
      const { counts } = calibrationCurve(predictions, { positive, binning });
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(500);
      expect(counts.every((count) => count > 0)).toBe(true);
    }
  }
});

test.each([{ bins: 1 }, { bins: 101 }, { bins: 2.5 }, { positive: 2 }])("refuses %o", (options) => {
  const predictions = ofTwoClasses(Float64Array.of(0, 1), Float64Array.of(0.3, 0.6));
  expect(() => calibrationCurve(predictions, options)).toThrow(
    expect.objectContaining({ code: "out-of-range" }),
  );
});

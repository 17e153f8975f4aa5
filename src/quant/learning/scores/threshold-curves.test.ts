import { describe, expect, test } from "vitest";
import { createRandom } from "../../synthetic/random.ts";
import { ofTwoClasses, randomPredictions } from "./class-predictions.test-support.ts";
import { precisionRecallCurve } from "./precision-recall-curve.ts";
import { rankingScores } from "./ranking-scores.ts";
import { rocCurve } from "./roc-curve.ts";
import { thinnedCurve } from "./thinned-curve.ts";

function trapezia(x: Float64Array, y: Float64Array): number {
  let area = 0;
  for (let i = 1; i < x.length; i++) area += ((x[i]! - x[i - 1]!) * (y[i]! + y[i - 1]!)) / 2;
  return area;
}

/** Height of a curve of ascending x at a place, the highest where it rises there. */
function heightAt(x: Float64Array, y: Float64Array, place: number): number {
  let i = 1;
  while (i < x.length - 1 && x[i]! < place) i += 1;
  const width = x[i]! - x[i - 1]!;
  if (width === 0) return y[i]!;
  return y[i - 1]! + ((place - x[i - 1]!) / width) * (y[i]! - y[i - 1]!);
}

/** Continuous scores that know something. */
function informed(rows: number, seed: number) {
  const { uniform, gaussian } = createRandom(seed);
  const actual = Float64Array.from({ length: rows }, () => (uniform() < 0.4 ? 1 : 0));
  const ofOne = actual.map((came) => 1 / (1 + Math.exp(-(came - 0.5 + gaussian()))));
  return ofTwoClasses(actual, ofOne);
}

describe("rocCurve", () => {
  test("goes from nothing to everything, and holds the area under it", () => {
    const predictions = informed(150, 1);
    const curve = rocCurve(predictions)!;
    expect(curve.falsePositiveRate[0]).toBe(0);
    expect(curve.truePositiveRate[0]).toBe(0);
    expect(curve.falsePositiveRate.at(-1)).toBe(1);
    expect(curve.truePositiveRate.at(-1)).toBe(1);
    expect(curve.thresholds).toEqual(curve.thresholds.slice().sort().reverse());
    const area = trapezia(curve.falsePositiveRate, curve.truePositiveRate);
    expect(area).toBeCloseTo(rankingScores(predictions).rocAuc!, 12);
  });

  test("says which probabilities are positive at a threshold", () => {
    const actual = Float64Array.of(1, 0, 1, 0);
    const curve = rocCurve(ofTwoClasses(actual, Float64Array.of(0.9, 0.7, 0.7, 0.1)))!;
    expect([...curve.thresholds]).toEqual([1.9, 0.9, 0.7, 0.1]);
    expect([...curve.truePositiveRate]).toEqual([0, 0.5, 1, 1]);
    expect([...curve.falsePositiveRate]).toEqual([0, 0, 0.5, 1]);
  });

  test("of many rows is thinned without a change that could be seen", () => {
    const predictions = informed(20_000, 2);
    const whole = rocCurve(predictions, { pointsMax: 20_001 })!;
    const thin = rocCurve(predictions)!;
    expect(thin.thresholds.length).toBeLessThanOrEqual(200);
    const [areaOfWhole, areaOfThin] = [whole, thin].map((curve) =>
      trapezia(curve.falsePositiveRate, curve.truePositiveRate),
    );
    expect(Math.abs(areaOfWhole! - areaOfThin!)).toBeLessThan(2e-4);
    for (let place = 0.005; place < 1; place += 0.005) {
      const [high, low] = [whole, thin].map((curve) =>
        heightAt(curve.falsePositiveRate, curve.truePositiveRate, place),
      );
      expect(Math.abs(high! - low!)).toBeLessThan(0.005);
    }
  });

  test("of one of several classes is asked for by its place", () => {
    const predictions = randomPredictions(200, 3, 7);
    for (const positive of [0, 1, 2]) {
      const curve = rocCurve(predictions, { positive, pointsMax: 1_000 })!;
      expect(trapezia(curve.falsePositiveRate, curve.truePositiveRate)).toBeCloseTo(
        rankingScores(predictions).classes[positive]!.rocAuc!,
        12,
      );
    }
    expect(() => rocCurve(predictions, { positive: 3 })).toThrow(
      expect.objectContaining({ code: "out-of-range" }),
    );
  });

  test("is null where one class only came", () => {
    const ones = ofTwoClasses(Float64Array.of(1, 1), Float64Array.of(0.2, 0.4));
    expect(rocCurve(ones)).toBeNull();
    expect(rocCurve(ones, { positive: 0 })).toBeNull();
  });
});

describe("precisionRecallCurve", () => {
  test("goes from precision 1 to the share of positives, and holds the area under it", () => {
    const predictions = informed(150, 3);
    const { recall, precision, positiveShare } = precisionRecallCurve(predictions)!;
    expect([recall[0], precision[0]]).toEqual([0, 1]);
    expect(recall.at(-1)).toBe(1);
    expect(precision.at(-1)).toBe(positiveShare);
    expect(trapezia(recall, precision)).toBeCloseTo(
      rankingScores(predictions).precisionRecallAuc!,
      12,
    );
  });

  test("of many rows keeps its area in 200 points", () => {
    const predictions = informed(20_000, 4);
    const { recall, precision } = precisionRecallCurve(predictions)!;
    expect(recall.length).toBeLessThanOrEqual(200);
    const area = rankingScores(predictions).precisionRecallAuc!;
    expect(Math.abs(trapezia(recall, precision) - area)).toBeLessThan(1e-3);
  });

  test("is null where no row is positive", () => {
    expect(
      precisionRecallCurve(ofTwoClasses(Float64Array.of(0, 0), Float64Array.of(0.2, 0.4))),
    ).toBeNull();
  });
});

describe("thinnedCurve", () => {
  test("keeps the corners of a line and nothing between", () => {
    const x = Float64Array.from({ length: 301 }, (_, i) => i / 300);
    const y = x.map((value) => (value < 0.5 ? value : 1 - value));
    expect([...thinnedCurve(x, y, 10)]).toEqual([0, 150, 300]);
  });

  test("keeps everything that is short enough", () => {
    const x = Float64Array.of(0, 0.5, 1);
    expect([...thinnedCurve(x, x, 3)]).toEqual([0, 1, 2]);
  });

  test.each([
    { name: "one point", y: new Float64Array(3), pointsMax: 1, code: "out-of-range" },
    { name: "half of the points", y: new Float64Array(2), pointsMax: 9, code: "length-mismatch" },
  ])("refuses $name", ({ y, pointsMax, code }) => {
    expect(() => thinnedCurve(new Float64Array(3), y, pointsMax)).toThrow(
      expect.objectContaining({ code }),
    );
  });
});

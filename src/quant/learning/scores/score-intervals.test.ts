import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createRandom } from "../../synthetic/random.ts";
import { classLosses } from "./class-losses.ts";
import { predictionsAt, randomPredictions } from "./class-predictions.test-support.ts";
import type { ClassPredictions } from "./class-predictions.ts";
import { classificationScores } from "./classification-scores.ts";
import { errorLosses } from "./error-losses.ts";
import { regressionScores } from "./regression-scores.ts";
import {
  confusionRowScore,
  hitShareScore,
  meanLossScore,
  type RowScore,
  rankingRowScore,
  rSquaredScore,
} from "./row-score.ts";
import { scoreDifference, scoreIntervals } from "./score-intervals.ts";

function autoregression(n: number, root: number, seed: number): Float64Array {
  const { gaussian } = createRandom(seed);
  let value = 0;
  return Float64Array.from({ length: n }, () => {
    value = root * value + gaussian();
    return value;
  });
}

function intervalOf(score: RowScore, options: Parameters<typeof scoreIntervals>[1]) {
  const result = scoreIntervals([score], options);
  if (result.kind === "refused") throw new Error(result.reason);
  return { ...result, ...result.scores[0]! };
}

describe("a score of redrawn rows is the score of these rows", () => {
  const draws = fc.record({
    rows: fc.integer({ min: 4, max: 40 }),
    classCount: fc.integer({ min: 2, max: 4 }),
    seed: fc.integer({ min: 0, max: 1e6 }),
  });
  const placesOf = (rows: number, seed: number) => {
    const { uniform } = createRandom(seed, 9);
    return Int32Array.from({ length: rows }, () => Math.floor(uniform() * rows));
  };
  type Whole = ReturnType<typeof classificationScores>;
  const cases: readonly {
    readonly name: string;
    readonly make: (predictions: ClassPredictions) => RowScore;
    readonly of: (scores: Whole) => number | null;
  }[] = [
    { name: "roc-auc", make: (p) => rankingRowScore(p, "roc-auc"), of: (s) => s.rocAuc },
    {
      name: "average-precision",
      make: (p) => rankingRowScore(p, "average-precision"),
      of: (s) => s.averagePrecision,
    },
    { name: "accuracy", make: (p) => confusionRowScore(p, "accuracy"), of: (s) => s.accuracy },
    {
      name: "balanced-accuracy",
      make: (p) => confusionRowScore(p, "balanced-accuracy"),
      of: (s) => s.balancedAccuracy,
    },
    {
      name: "precision-macro",
      make: (p) => confusionRowScore(p, "precision-macro"),
      of: (s) => s.precisionMacro,
    },
    {
      name: "recall-macro",
      make: (p) => confusionRowScore(p, "recall-macro"),
      of: (s) => s.recallMacro,
    },
    { name: "f1-macro", make: (p) => confusionRowScore(p, "f1-macro"), of: (s) => s.f1Macro },
    {
      name: "matthews-correlation",
      make: (p) => confusionRowScore(p, "matthews-correlation"),
      of: (s) => s.matthewsCorrelation,
    },
    {
      name: "cohens-kappa",
      make: (p) => confusionRowScore(p, "cohens-kappa"),
      of: (s) => s.cohensKappa,
    },
    {
      name: "log loss",
      make: (p) => meanLossScore(classLosses(p, "log-loss")),
      of: (s) => s.logLoss,
    },
  ];

  test.each(cases)("$name", ({ make, of }) => {
    fc.assert(
      fc.property(draws, ({ rows, classCount, seed }) => {
        const predictions = randomPredictions(rows, classCount, seed);
        const score = make(predictions);
        for (const drawing of [seed, seed + 1]) {
          const places = placesOf(rows, drawing);
          const expected = of(classificationScores(predictionsAt(predictions, places)));
          if (expected === null) expect(score.at(places)).toBeNaN();
          else expect(score.at(places)).toBeCloseTo(expected, 12);
        }
      }),
      { numRuns: 40 },
    );
  });

  test("share of calls that came true, of rows with a call", () => {
    const score = hitShareScore(Float64Array.of(1, 0, Number.NaN, 1));
    expect(score.at(Int32Array.of(0, 1, 2, 3))).toBeCloseTo(2 / 3, 12);
    expect(score.at(Int32Array.of(2, 2, 3, 3))).toBe(1);
    expect(score.at(Int32Array.of(2))).toBeNaN();
    const noCalls = hitShareScore(new Float64Array(30).fill(Number.NaN));
    expect(scoreIntervals([noCalls], { seed: 1 })).toEqual({
      kind: "refused",
      reason: "no-variance",
    });
  });

  test("R²", () => {
    const [actual, predicted] = [autoregression(30, 0.5, 1), autoregression(30, 0.5, 2)];
    const trainingMeans = new Float64Array(30).fill(0.2);
    const score = rSquaredScore(
      errorLosses(actual, predicted, "squared"),
      errorLosses(actual, trainingMeans, "squared"),
    );
    const places = placesOf(30, 4);
    const at = (values: Float64Array) => Float64Array.from(places, (row) => values[row]!);
    const { rSquared } = regressionScores({
      actual: at(actual),
      predicted: at(predicted),
      trainingMeans,
      lastValues: null,
    });
    expect(score.at(places)).toBeCloseTo(rSquared!, 12);
    expect(rSquaredScore(new Float64Array(3), new Float64Array(3)).at(Int32Array.of(0))).toBeNaN();
  });
});

describe("scoreIntervals", () => {
  test("of a mean loss is as wide as the law of an autoregression says", () => {
    const losses = autoregression(4_000, 0.5, 3);
    const { lower, upper, value } = intervalOf(meanLossScore(losses), { seed: 1 });
    // Long-run deviation 1 / (1 − ρ) = 2.
    const halfWidth = (1.96 * 2) / Math.sqrt(4_000);
    expect((upper - lower) / 2 / halfWidth).toBeGreaterThan(0.8);
    expect((upper - lower) / 2 / halfWidth).toBeLessThan(1.2);
    expect(lower).toBeLessThan(value);
    expect(value).toBeLessThan(upper);
  });

  test("of an area under the ROC curve is as wide as Hanley and McNeil say", () => {
    const predictions = randomPredictions(1_000, 2, 5);
    const {
      lower,
      upper,
      value: area,
    } = intervalOf(rankingRowScore(predictions, "roc-auc"), {
      seed: 1,
    });
    const positives = predictions.actual.reduce((sum, came) => sum + came, 0);
    const negatives = 1_000 - positives;
    const [q1, q2] = [area / (2 - area), (2 * area * area) / (1 + area)];
    const variance =
      (area * (1 - area) +
        (positives - 1) * (q1 - area ** 2) +
        (negatives - 1) * (q2 - area ** 2)) /
      (positives * negatives);
    const ratio = (upper - lower) / (2 * 1.96 * Math.sqrt(variance));
    expect(ratio).toBeGreaterThan(0.75);
    expect(ratio).toBeLessThan(1.25);
  });

  test("keeps rows of overlapping labels together", () => {
    const losses = autoregression(500, 0, 6);
    const { meanBlockRows } = intervalOf(meanLossScore(losses), { seed: 1, horizonRows: 40 });
    expect(meanBlockRows).toBe(80);
  });

  test("covers the truth as often as it says, also where rows remember", () => {
    const cover = { below: 0, above: 0 };
    for (let seed = 1; seed <= 300; seed++) {
      const losses = autoregression(150, 0.6, seed);
      const options = { seed, replications: 100, confidence: 0.8 };
      const { lower, upper } = intervalOf(meanLossScore(losses), options);
      if (upper < 0) cover.below += 1;
      if (lower > 0) cover.above += 1;
    }
    // 20 % with a standard error of 2.3 %.
    expect((cover.below + cover.above) / 300).toBeLessThan(0.28);
    expect((cover.below + cover.above) / 300).toBeGreaterThan(0.13);
  });

  test("does not leave the range of the score", () => {
    const { actual, probabilities } = randomPredictions(40, 2, 4);
    for (let i = 2; i < 40; i++) probabilities.set([1 - actual[i]!, actual[i]!], 2 * i);
    const predictions = { actual, probabilities, classCount: 2 };
    const options = { seed: 1, confidence: 0.999 };
    expect(intervalOf(rankingRowScore(predictions, "roc-auc"), options).upper).toBe(1);
    expect(intervalOf(meanLossScore(classLosses(predictions, "brier")), options).lower).toBe(0);
  });

  test("of a long record draws several rows at once, and is as wide all the same", () => {
    const rows = 45_000;
    const losses = autoregression(rows, 0, 7);
    const { lower, upper, meanBlockRows } = intervalOf(meanLossScore(losses), {
      seed: 1,
      replications: 200,
    });
    expect(meanBlockRows).toBeGreaterThanOrEqual(3);
    const ratio = (upper - lower) / (2 * 1.96 * (1 / Math.sqrt(rows)));
    expect(ratio).toBeGreaterThan(0.8);
    expect(ratio).toBeLessThan(1.2);
  });

  test("draws the same rows for all scores, and is the same for the same seed", () => {
    const losses = autoregression(200, 0.3, 8);
    const scores = [meanLossScore(losses), meanLossScore(losses.map((loss) => 2 * loss))];
    const once = scoreIntervals(scores, { seed: 5, replications: 100 });
    expect(scoreIntervals(scores, { seed: 5, replications: 100 })).toEqual(once);
    if (once.kind === "refused") throw new Error(once.reason);
    expect(once.scores[1]!.lower).toBeCloseTo(2 * once.scores[0]!.lower, 12);
    expect(scoreIntervals(scores, { seed: 6, replications: 100 })).not.toEqual(once);
  });

  test("has no interval of a score that has no value", () => {
    const { actual, probabilities } = randomPredictions(60, 2, 3);
    const ones = { actual: actual.fill(1), probabilities, classCount: 2 };
    const result = scoreIntervals([rankingRowScore(ones, "roc-auc")], { seed: 1 });
    expect(result).toMatchObject({ kind: "intervals", scores: [null] });
  });

  test.each([
    { name: "few rows", losses: autoregression(19, 0, 1), horizonRows: 1, reason: "too-few-rows" },
    {
      name: "fewer rows than three horizons",
      losses: autoregression(59, 0, 1),
      horizonRows: 20,
      reason: "too-few-rows",
    },
    {
      name: "losses that do not vary",
      losses: new Float64Array(50).fill(0.1),
      horizonRows: 1,
      reason: "no-variance",
    },
  ])("has no answer to $name", ({ losses, horizonRows, reason }) => {
    expect(scoreIntervals([meanLossScore(losses)], { seed: 1, horizonRows })).toEqual({
      kind: "refused",
      reason,
    });
  });

  test("can be cancelled", () => {
    const score = meanLossScore(autoregression(100, 0, 2));
    const shares: number[] = [];
    scoreIntervals([score], { seed: 1, onProgress: (share) => shares.push(share) });
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
    const onProgress = () => {
      throw new Error("cancelled");
    };
    expect(() => scoreIntervals([score], { seed: 1, onProgress })).toThrow("cancelled");
  });

  const score = meanLossScore(autoregression(50, 0, 1));

  test.each([
    { name: "no scores", scores: [], options: {}, code: "too-short" },
    {
      name: "other rows",
      scores: [score, meanLossScore(new Float64Array(51))],
      options: {},
      code: "length-mismatch",
    },
    { name: "no horizon", scores: [score], options: { horizonRows: 0 }, code: "out-of-range" },
    { name: "few drawings", scores: [score], options: { replications: 99 }, code: "out-of-range" },
    { name: "certainty", scores: [score], options: { confidence: 1 }, code: "out-of-range" },
  ])("refuses $name", ({ scores, options, code }) => {
    expect(() => scoreIntervals(scores, { seed: 1, ...options })).toThrow(
      expect.objectContaining({ code }),
    );
  });
});

describe("scoreDifference", () => {
  const common = autoregression(600, 0.6, 11);
  const lossesWith = (seed: number, extra: number) =>
    autoregression(600, 0, seed).map((noise, i) => 5 + common[i]! + 0.1 * noise + extra);

  test("of models that find the same rows hard is far surer than either score", () => {
    const [first, second] = [meanLossScore(lossesWith(1, 0)), meanLossScore(lossesWith(2, 0.05))];
    const result = scoreDifference(first, second, { seed: 1 });
    if (result.kind === "refused" || result.score === null) throw new Error("no difference");
    const alone = intervalOf(first, { seed: 1 });
    const { lower, upper, difference, aboveShare } = result.score;
    expect(upper - lower).toBeLessThan((alone.upper - alone.lower) / 5);
    expect(difference).toBeCloseTo(-0.05, 1);
    expect(upper).toBeLessThan(0);
    expect(aboveShare).toBe(0);
  });

  test("turned round has its sign turned", () => {
    const [first, second] = [meanLossScore(lossesWith(1, 0)), meanLossScore(lossesWith(2, 0))];
    const there = scoreDifference(first, second, { seed: 1 });
    const back = scoreDifference(second, first, { seed: 1 });
    if (there.kind === "refused" || back.kind === "refused") throw new Error("refused");
    expect(there.score!.lower).toBeCloseTo(-back.score!.upper, 12);
    expect(there.score!.aboveShare).toBeCloseTo(1 - back.score!.aboveShare, 12);
  });

  test("of a model with itself is none", () => {
    const score = meanLossScore(lossesWith(1, 0));
    expect(scoreDifference(score, score, { seed: 1 })).toEqual({
      kind: "refused",
      reason: "no-difference",
    });
  });
});

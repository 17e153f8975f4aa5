import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  expectGolden,
  expectWithin,
  type GoldenCase,
  goldenCases,
  goldenInput,
} from "../../golden/load-golden.test-support.ts";
import { goldenRows } from "../../golden/load-golden-matrix.test-support.ts";
import { mean } from "../../stats/mean.ts";
import { classLosses } from "./class-losses.ts";
import { ofTwoClasses, randomPredictions } from "./class-predictions.test-support.ts";
import type { ClassPredictions } from "./class-predictions.ts";
import { classificationScores } from "./classification-scores.ts";
import { rankingScores } from "./ranking-scores.ts";

function expectConfusion(golden: GoldenCase, confusion: Float64Array): void {
  const expected = golden.expected["confusion"] as readonly (readonly number[])[];
  expect([...confusion]).toEqual(expected.flat());
}

describe("classificationScores", () => {
  test.each(goldenCases("classification", "binary/"))(
    "agrees with scikit-learn: $case",
    (golden) => {
      const predictions = ofTwoClasses(goldenInput(golden, "y"), goldenInput(golden, "p"));
      const scores = classificationScores(predictions);
      const ofOne = scores.classes[1]!;
      const fields: Readonly<Record<string, number | null>> = {
        accuracy: scores.accuracy,
        balanced_accuracy: scores.balancedAccuracy,
        precision: ofOne.precision,
        recall: ofOne.recall,
        f1: ofOne.f1,
        precision_macro: scores.precisionMacro,
        recall_macro: scores.recallMacro,
        f1_macro: scores.f1Macro,
        roc_auc: scores.rocAuc,
        average_precision: scores.averagePrecision,
        pr_auc_trapezoid: scores.precisionRecallAuc,
        brier: scores.brier,
        mcc: scores.matthewsCorrelation,
        cohen_kappa: scores.cohensKappa,
        log_loss: scores.logLoss,
      };
      for (const field of Object.keys(golden.expected)) {
        if (field === "confusion") expectConfusion(golden, scores.confusion);
        else expectGolden(golden, field, fields[field] ?? Number.NaN);
      }
    },
  );

  test.each(goldenCases("classification", "multiclass/"))(
    "agrees with scikit-learn: $case",
    (golden) => {
      const actual = goldenInput(golden, "y");
      const probabilities = Float64Array.from(goldenRows("cls_p3").flat());
      const scores = classificationScores({ actual, probabilities, classCount: 3 });
      expectConfusion(golden, scores.confusion);
      const weighted = scores.classes.reduce((sum, one) => sum + one.support * one.f1!, 0);
      const fields: Readonly<Record<string, number | null>> = {
        accuracy: scores.accuracy,
        precision_macro: scores.precisionMacro,
        recall_macro: scores.recallMacro,
        f1_macro: scores.f1Macro,
        f1_weighted: weighted / actual.length,
        roc_auc_ovr_macro: scores.rocAuc,
        log_loss: scores.logLoss,
        mcc: scores.matthewsCorrelation,
        brier_multiclass: scores.brier,
      };
      for (const [field, value] of Object.entries(fields)) {
        expectGolden(golden, field, value ?? Number.NaN);
      }
      const perClass = golden.expected["f1_per_class"] as readonly number[];
      scores.classes.forEach(({ f1 }, k) => {
        expectWithin(`f1 of ${k}`, f1!, perClass[k]!, golden.tolerance);
      });
    },
  );

  test("of a perfect model are perfect, and of its opposite the worst", () => {
    const actual = Float64Array.of(0, 1, 1, 0, 1);
    const perfect = classificationScores(ofTwoClasses(actual, actual));
    expect(perfect).toMatchObject({
      accuracy: 1,
      balancedAccuracy: 1,
      f1Macro: 1,
      matthewsCorrelation: 1,
      cohensKappa: 1,
      rocAuc: 1,
      averagePrecision: 1,
      precisionRecallAuc: 1,
      brier: 0,
    });
    expect(perfect.logLoss).toBeCloseTo(0, 12);
    const opposite = classificationScores(
      ofTwoClasses(
        actual,
        actual.map((value) => 1 - value),
      ),
    );
    expect(opposite).toMatchObject({ accuracy: 0, matthewsCorrelation: -1, rocAuc: 0, brier: 1 });
    // A probability of 0 of what came costs −ln 2⁻⁵², not infinitely much.
    expect(opposite.logLoss).toBeCloseTo(52 * Math.LN2, 9);
  });

  test("say what has no answer: one class only, and a class that neither came nor was said", () => {
    const actual = new Float64Array(4).fill(1);
    const one = classificationScores(ofTwoClasses(actual, new Float64Array(4).fill(0.9)));
    expect(one).toMatchObject({
      accuracy: 1,
      balancedAccuracy: 1,
      precisionMacro: 1,
      matthewsCorrelation: 0,
      cohensKappa: null,
      rocAuc: null,
      averagePrecision: 1,
    });
    expect(one.classes[0]).toEqual({ support: 0, precision: 0, recall: null, f1: null });
  });

  test("a model that always says the same class knows nothing", () => {
    const actual = Float64Array.of(0, 1, 1, 1);
    const scores = classificationScores(ofTwoClasses(actual, new Float64Array(4).fill(0.75)));
    expect(scores).toMatchObject({
      accuracy: 0.75,
      balancedAccuracy: 0.5,
      matthewsCorrelation: 0,
      cohensKappa: 0,
      rocAuc: 0.5,
      averagePrecision: 0.75,
    });
    expect(scores.precisionMacro).toBe(0.375);
  });

  const valid = ofTwoClasses(Float64Array.of(0, 1), Float64Array.of(0.2, 0.6));
  const refused: readonly {
    readonly name: string;
    readonly change: Partial<ClassPredictions>;
    readonly code: string;
  }[] = [
    { name: "one class", change: { classCount: 1 }, code: "out-of-range" },
    { name: "no rows", change: { actual: new Float64Array() }, code: "too-short" },
    { name: "a row too many", change: { actual: new Float64Array(3) }, code: "length-mismatch" },
    {
      name: "a class that is not",
      change: { actual: Float64Array.of(0, 2) },
      code: "out-of-range",
    },
    { name: "half a class", change: { actual: Float64Array.of(0, 0.5) }, code: "out-of-range" },
    {
      name: "a probability that is missing",
      change: { probabilities: Float64Array.of(0.5, 0.5, Number.NaN, 0.5) },
      code: "not-finite",
    },
    {
      name: "a probability above 1",
      change: { probabilities: Float64Array.of(0.5, 0.5, -0.5, 1.5) },
      code: "out-of-range",
    },
    {
      name: "scores that are no probabilities",
      change: { probabilities: Float64Array.of(0.5, 0.5, 0.5, 0.6) },
      code: "out-of-range",
    },
  ];

  test.each(refused)("refuses $name", ({ change, code }) => {
    expect(() => classificationScores({ ...valid, ...change })).toThrow(
      expect.objectContaining({ code }),
    );
  });
});

describe("laws", () => {
  const sizes = fc.record({
    rows: fc.integer({ min: 2, max: 60 }),
    classCount: fc.integer({ min: 2, max: 4 }),
    seed: fc.integer({ min: 0, max: 1e6 }),
  });

  test("the area under the ROC curve is the share of ordered pairs, ties half", () => {
    fc.assert(
      fc.property(sizes, ({ rows, seed }) => {
        const { actual, probabilities } = randomPredictions(rows, 2, seed);
        let ordered = 0;
        let pairs = 0;
        for (let i = 0; i < rows; i++) {
          for (let j = 0; j < rows; j++) {
            if (actual[i] !== 1 || actual[j] !== 0) continue;
            pairs += 1;
            const above = probabilities[2 * i + 1]! - probabilities[2 * j + 1]!;
            ordered += (1 + Math.sign(above)) / 2;
          }
        }
        const { rocAuc } = rankingScores({ actual, probabilities, classCount: 2 });
        if (pairs === 0) expect(rocAuc).toBeNull();
        else expect(rocAuc).toBeCloseTo(ordered / pairs, 12);
      }),
    );
  });

  test("both classes of two have the same area, and no score leaves its range", () => {
    fc.assert(
      fc.property(sizes, ({ rows, classCount, seed }) => {
        const scores = classificationScores(randomPredictions(rows, classCount, seed));
        const { classes } = rankingScores(randomPredictions(rows, 2, seed));
        if (classes[0]!.rocAuc !== null) {
          expect(classes[0]!.rocAuc).toBeCloseTo(classes[1]!.rocAuc!, 12);
        }
        const { accuracy, balancedAccuracy, f1Macro, matthewsCorrelation } = scores;
        for (const share of [accuracy, balancedAccuracy, f1Macro]) {
          expect(share).toBeGreaterThanOrEqual(0);
          expect(share).toBeLessThanOrEqual(1);
        }
        expect(Math.abs(matthewsCorrelation)).toBeLessThanOrEqual(1 + 1e-12);
      }),
    );
  });

  test("the share of errors is what accuracy leaves", () => {
    const predictions = randomPredictions(300, 3, 5);
    const { accuracy } = classificationScores(predictions);
    expect(mean(classLosses(predictions, "zero-one"))).toBeCloseTo(1 - accuracy, 12);
  });

  test("the truth minimises log loss and Brier score", () => {
    const actual = Float64Array.from({ length: 1_000 }, (_, i) => (i % 10 < 3 ? 1 : 0));
    const costs = (p: number, loss: "log-loss" | "brier") =>
      mean(classLosses(ofTwoClasses(actual, new Float64Array(1_000).fill(p)), loss));
    for (const loss of ["log-loss", "brier"] as const) {
      for (const other of [0.1, 0.25, 0.35, 0.8]) {
        expect(costs(0.3, loss)).toBeLessThan(costs(other, loss));
      }
    }
  });
});

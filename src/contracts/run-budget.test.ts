import { expect, test } from "vitest";
import { runBudget } from "./run-budget.ts";

test("without a search every model is trained on every fold, and once on all rows", () => {
  expect(runBudget({ groups: 1, models: 5, folds: 5, search: null })).toEqual({
    trainings: 30,
    isTooMany: false,
    factors: "1 group × 5 models × 6 folds × 1 try",
    refusal: null,
  });
});

test("a search trains for every trial and inner fold, and once more with the best", () => {
  const budget = runBudget({
    ...{ groups: 2, models: 4, folds: 1 },
    search: { trials: 50, innerFolds: 3 },
  });
  expect(budget?.trainings).toBe(2 * 4 * 2 * 151);
});

test("too many trainings are refused with their count", () => {
  const budget = runBudget({
    ...{ groups: 19, models: 6, folds: 5 },
    search: { trials: 500, innerFolds: 5 },
  });
  expect(budget?.isTooMany).toBe(true);
  expect(budget?.refusal).toBe(
    "19 groups × 6 models × 6 folds × 2,501 tries are 1,710,684 trainings; at most 50,000 are made",
  );
});

test("exactly as many as are allowed are not too many", () => {
  expect(runBudget({ groups: 1, models: 10, folds: 4_999, search: null })?.isTooMany).toBe(false);
});

test("what is not typed yet has no count", () => {
  const search = { trials: Number.NaN, innerFolds: 3 };
  expect(runBudget({ groups: 1, models: 3, folds: Number.NaN, search: null })).toBeNull();
  expect(runBudget({ groups: 1, models: 3, folds: 2, search })).toBeNull();
  expect(runBudget({ groups: 1, models: 3, folds: 2.5, search: null })).toBeNull();
});

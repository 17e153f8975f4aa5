import { expect, test } from "vitest";
import { TEST_CATALOGUE } from "./run-form.test-support.ts";
import { initialRun } from "./run-form-values.ts";
import { problemWords } from "./run-problem-words.ts";

test.each([
  { path: "split.folds", words: "Folds: At most 50" },
  { path: "learners.0.parameters.penalty", words: "logistic, Penalty: At most 50" },
  { path: "learners", words: "At most 50" },
])("regression: what was still to do did not say of which field, $path", ({ path, words }) => {
  const values = initialRun(TEST_CATALOGUE, "classification", "First run");
  expect(problemWords({ path, message: "At most 50" }, values, TEST_CATALOGUE)).toBe(words);
});

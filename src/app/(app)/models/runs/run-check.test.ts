import { expect, test } from "vitest";
import { checkRun } from "./run-check.ts";
import { TEST_CATALOGUE, TEST_SUBJECT } from "./run-form.test-support.ts";
import { initialRun, type RunFormValues, valuesOfRun } from "./run-form-values.ts";
import type { RunSubject } from "./run-subject.ts";

const INITIAL = initialRun(TEST_CATALOGUE, "classification", "First run");
const check = (changes: Partial<RunFormValues> = {}, subject: Partial<RunSubject> = {}) =>
  checkRun({ ...INITIAL, ...changes }, TEST_CATALOGUE, { ...TEST_SUBJECT, ...subject });
const problem = (changes: Partial<RunFormValues>, subject?: Partial<RunSubject>) =>
  check(changes, subject).problems[0];

test("what a form begins with can be started at once", () => {
  const { run, problems, budget } = check();
  expect(problems).toEqual([]);
  expect(run?.config).toMatchObject({
    kind: "models",
    learners: [{ kind: "logistic", parameters: { penalty: 1 } }, { kind: "gradient-boosting" }],
    split: { kind: "walk-forward", window: "expanding", trainingShare: 0.5, folds: 5 },
    preparation: { impute: "none", winsoriseShare: null, scale: "standard", componentsShare: null },
    search: null,
    seed: 1,
  });
  // Three baselines, two models; five folds and all rows.
  expect(budget?.trainings).toBe(5 * 6);
});

test("of a number the linear model is another one", () => {
  const { learners } = initialRun(TEST_CATALOGUE, "regression", "");
  expect(learners.map(({ kind }) => kind)).toEqual(["ridge", "gradient-boosting"]);
});

test.each<{ name: string; changes: Partial<RunFormValues>; path: string; message: string }>([
  { name: "without a name", changes: { name: " " }, path: "name", message: "Give the run a name" },
  {
    name: "without a model",
    changes: { learners: [] },
    path: "learners",
    message: "Choose a model",
  },
  {
    name: "with a parameter that is not filled in",
    changes: { learners: [{ kind: "logistic", values: { penalty: "" } }] },
    path: "learners.0.parameters.penalty",
    message: "Fill in this field",
  },
  {
    name: "with a model of the other task",
    changes: { learners: [{ kind: "ridge", values: { penalty: "1" } }] },
    path: "learners.0",
    message: "ridge predicts numbers, and the label of this dataset is classes",
  },
  {
    name: "with the same model twice",
    changes: {
      learners: [
        { kind: "logistic", values: { penalty: "1" } },
        { kind: "logistic", values: { penalty: "1" } },
      ],
    },
    path: "learners.1",
    message: "This model is there twice",
  },
  {
    name: "with too small a test",
    changes: { split: { ...INITIAL.split, kind: "chronological", testPercent: "1" } },
    path: "split.testShare",
    message: "At least 5 %",
  },
  {
    name: "with too many trials",
    changes: { search: { method: "tpe", trials: "501", innerFolds: "3" } },
    path: "search.trials",
    message: "At most 500 trials a model and fold are made",
  },
  { name: "without a seed", changes: { seed: "" }, path: "seed", message: "Fill in this field" },
])("a run $name is refused beside its field", ({ changes, path, message }) => {
  expect(problem(changes)).toEqual({ path, message });
});

test("too many trainings are refused with their count, as they are typed", () => {
  const search = { method: "random", trials: "500", innerFolds: "10" } as const;
  const { run, problems } = check({ search }, { groups: 19 });
  expect(run).toBeNull();
  expect(problems).toEqual([
    { path: "budget", message: expect.stringMatching(/are 2,850,570 trainings; at most 50,000/) },
  ]);
});

test("the thesis's comparison is of pairs only", () => {
  expect(problem({ kind: "thesis" }, { isPairs: false })?.path).toBe("kind");
  expect(check({ kind: "thesis" }).run?.config).toEqual({ kind: "thesis", seed: 1 });
});

test("the bot is not held up by models that are not trained", () => {
  expect(check({ kind: "bot", learners: [] }).run?.config).toEqual({ kind: "bot", seed: 1 });
});

test("a run that is made again fills the form with what it was", () => {
  const changes = {
    split: { ...INITIAL.split, kind: "purged-k-fold", kFolds: "7", embargoBars: "12" },
    preparation: { ...INITIAL.preparation, winsorisePercent: "1", componentsPercent: "95" },
    search: { method: "random", trials: "20", innerFolds: "2" },
  } as const;
  const { run } = check(changes);
  if (run === null) throw new Error("it can be started");
  expect(valuesOfRun(run.config, INITIAL)).toEqual({ ...INITIAL, ...changes });
});

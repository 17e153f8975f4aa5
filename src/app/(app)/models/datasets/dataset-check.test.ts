import { describe, expect, test } from "vitest";
import { FEATURE_KINDS } from "#quant/learning/features/feature-kinds.ts";
import { coverage, filledForm } from "./dataset.test-support.ts";
import { checkDataset, problemLabel, problemTarget } from "./dataset-check.ts";
import {
  type DatasetFormValues,
  featureValues,
  type NamedDatasetValues,
} from "./dataset-form-values.ts";
import { specValues } from "./spec-values.ts";

const SERIES = [coverage(1, "AAA"), coverage(2, "BBB")];

const check = (
  changed: Partial<DatasetFormValues> = {},
  named: Partial<NamedDatasetValues> = {},
) => {
  const form = filledForm();
  return checkDataset({ ...form, ...named, config: { ...form.config, ...changed } }, SERIES);
};
const paths = (changed: Partial<DatasetFormValues>) =>
  check(changed).problems.map(({ path }) => path);

const withFeature = (values: Record<string, string>): Partial<DatasetFormValues> => {
  const { learned } = filledForm().config;
  const sma = specValues(FEATURE_KINDS, { kind: "sma", of: "spread", periodBars: 5 });
  const spec = { ...sma, values: { ...sma.values, ...values } };
  const outer = specValues(FEATURE_KINDS, { kind: "lag", of: "spread", lagBars: 1 });
  const nested = { ...outer, sources: { of: spec } };
  const features = [...featureValues([]), { id: 0, spec: nested }];
  return { learned: { ...learned, pairs: { ...learned.pairs, features } } };
};

test("a form to which nothing is left to do makes a dataset", () => {
  const { problems, dataset } = check();
  expect(problems).toEqual([]);
  expect(dataset).toMatchObject({ name: "Spreads", config: { books: [[1, 2]] } });
});

test("without a name there is a configuration to look at, and no dataset to save", () => {
  const { problems, dataset, config } = check({}, { name: " " });
  expect(problems).toEqual([{ path: "name", message: "Give the dataset a name", isEmpty: true }]);
  expect(dataset).toBeNull();
  expect(config).not.toBeNull();
});

describe("a problem stands at its field", () => {
  test.each<{ name: string; changed: Partial<DatasetFormValues>; path: string }>([
    { name: "a leg", changed: { pairs: [{ y: "1", x: "" }] }, path: "config.pairs.0.x" },
    { name: "a pair", changed: { pairs: [{ y: "1", x: "1" }] }, path: "config.pairs.0" },
    { name: "no pair", changed: { pairs: [] }, path: "config.pairs" },
    {
      name: "no instrument",
      changed: { subject: "instruments", instruments: [] },
      path: "config.instruments",
    },
    { name: "the interval", changed: { intervalMs: "" }, path: "config.intervalMs" },
    {
      name: "a date",
      changed: { window: { startMs: null, endMs: 1 } },
      path: "config.window.startMs",
    },
    {
      name: "a value of a feature within another",
      changed: withFeature({ periodBars: "-3" }),
      path: "config.features.0.of.periodBars",
    },
  ])("of $name", ({ changed, path }) => {
    expect(paths(changed)).toContain(path);
  });
});

test("a lag of the future is named as one", () => {
  const { problems } = check(withFeature({ periodBars: "-3" }));
  expect(problems[0]?.message).toMatch(/Reads the future/);
});

test("what is not typed yet is empty, and says so in plain words", () => {
  const { problems } = check(withFeature({ periodBars: "" }));
  expect(problems).toEqual([
    { path: "config.features.0.of.periodBars", message: "Fill in this field", isEmpty: true },
  ]);
});

test("the summary names fields as the form does, and leads to what is always there", () => {
  const { config } = filledForm();
  const nested = { ...config, ...withFeature({}) };
  const path = "config.features.0.of.periodBars";
  expect(problemLabel(path, nested)).toBe("Feature 1, Of, Period");
  expect(problemTarget(path)).toBe("config.features.0");
  expect(problemLabel("config.pairs.1.x", config)).toBe("Pair 2, leg X");
  expect(problemLabel("config.label.horizonBars", config)).toBe("Label, Over");
  expect(problemLabel("config.window", config)).toBe("");
});

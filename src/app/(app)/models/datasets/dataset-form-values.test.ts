import { describe, expect, test } from "vitest";
import { DatasetConfig } from "#contracts/dataset.ts";
import { LABEL_KINDS } from "#quant/learning/labels/label-kinds.ts";
import { filledForm } from "./dataset.test-support.ts";
import {
  blankDataset,
  chosenBooks,
  datasetCandidate,
  datasetFormValues,
  featureValues,
  labelCandidate,
  nextFeatureId,
  withPreset,
} from "./dataset-form-values.ts";
import { presetOf } from "./dataset-presets.ts";
import { usualSpec } from "./spec-values.ts";

const saved = () => DatasetConfig.parse(datasetCandidate(filledForm().config));

describe("a saved dataset comes out of the form as it went in", () => {
  test("of pairs", () => {
    expect(datasetCandidate(datasetFormValues(saved()))).toEqual(saved());
  });

  test("of instruments", () => {
    const preset = presetOf("next-bar") ?? undefined;
    const form = { ...filledForm().config, ...blankDataset(preset), instruments: [3, 1] };
    const config = DatasetConfig.parse(
      datasetCandidate({
        ...form,
        intervalMs: "3600000",
        window: { startMs: 0, endMs: 3_600_000 },
      }),
    );
    expect(config.books).toEqual([[3], [1]]);
    expect(datasetCandidate(datasetFormValues(config))).toEqual(config);
  });
});

test("what was typed of pairs is still there after a look at instruments", () => {
  const { config } = filledForm();
  const typed = { ...config.learned, pairs: { ...config.learned.pairs, features: [] } };
  const away = { ...config, learned: typed, subject: "instruments" as const };
  expect(datasetCandidate(away).features.length).toBeGreaterThan(0);
  expect(datasetCandidate({ ...away, subject: "pairs" }).features).toEqual([]);
});

test("a preset leaves instruments, dates and what is typed of the other subject alone", () => {
  const { config } = filledForm();
  const bot = presetOf("moving-average-bot");
  if (bot === null) return expect.fail("there is such a preset");
  const filled = withPreset(config, bot);
  expect(filled).toMatchObject({ subject: "instruments", pairs: config.pairs });
  expect(filled.window).toEqual(config.window);
  expect(filled.learned.pairs).toEqual(config.learned.pairs);
});

test("only pairs with two different legs are chosen", () => {
  const pairs = [
    { y: "1", x: "2" },
    { y: "1", x: "" },
    { y: "3", x: "3" },
  ];
  expect(chosenBooks({ ...filledForm().config, pairs })).toEqual([[1, 2]]);
});

test("a field of the label that nothing reads does not stand in its way", () => {
  const usual = usualSpec(LABEL_KINDS, "direction", "close");
  const typed = (unit: string, windowBars: string) => ({
    ...usual,
    values: { ...usual.values, unit, windowBars },
  });
  expect(labelCandidate(typed("absolute", ""))).toMatchObject({ windowBars: 60 });
  expect(labelCandidate(typed("absolute", "1000000"))).toMatchObject({ windowBars: 60 });
  expect(labelCandidate(typed("absolute", "90"))).toMatchObject({ windowBars: 90 });
  expect(labelCandidate(typed("level-deviations", ""))).toMatchObject({ windowBars: Number.NaN });
});

test("a new feature has an id of its own", () => {
  expect(nextFeatureId([])).toBe(0);
  const features = featureValues([
    { kind: "column", of: "close" },
    { kind: "column", of: "high" },
  ]);
  expect(nextFeatureId(features.toReversed())).toBe(2);
});

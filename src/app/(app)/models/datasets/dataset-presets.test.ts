import { describe, expect, test } from "vitest";
import { DatasetConfig } from "#contracts/dataset.ts";
import { featureName } from "#quant/learning/features/feature-name.ts";
import { labelHazards } from "#quant/learning/labels/label-hazards.ts";
import { blankDataset, datasetCandidate } from "./dataset-form-values.ts";
import { DATASET_PRESETS, FEATURE_SETS, presetOf } from "./dataset-presets.ts";

const HOUR_MS = 3_600_000;

describe.each(DATASET_PRESETS)("the preset $label", (preset) => {
  test("is a dataset once instruments and dates are chosen", () => {
    const form = {
      ...blankDataset(preset),
      ...{ pairs: [{ y: "1", x: "2" }], instruments: [1, 2], intervalMs: String(HOUR_MS) },
      window: { startMs: 0, endMs: 5_000 * HOUR_MS },
    };
    const { error, data } = DatasetConfig.safeParse(datasetCandidate(form));
    expect(error?.issues).toBeUndefined();
    expect(data).toMatchObject({ features: preset.features, label: preset.labelSpec });
  });

  test("is found by its address", () => {
    expect(presetOf(preset.id)).toBe(preset);
  });
});

test("an address may name no preset, or one that there is not", () => {
  expect(presetOf(null)).toBeNull();
  expect(presetOf("best")).toBeNull();
});

test("the bot's label is a rule of its features, and that of its counterpart is not", () => {
  const codes = (id: string) => {
    const preset = presetOf(id);
    return preset === null
      ? []
      : labelHazards(preset.features, preset.labelSpec).map(({ code }) => code);
  };
  expect(codes("moving-average-bot")).toEqual(["label-is-a-rule-of-the-features"]);
  expect(codes("next-bar")).toEqual([]);
});

test.each(FEATURE_SETS)("the set $label has each feature once", ({ features }) => {
  const names = features.map(featureName);
  expect(new Set(names).size).toBe(names.length);
});

import { describe, expect, test } from "vitest";
import { FEATURE_KINDS } from "#quant/learning/features/feature-kinds.ts";
import type { FeatureSpec } from "#quant/learning/features/feature-spec.ts";
import { SPREAD_KINDS } from "#quant/learning/features/spread-spec.ts";
import { LABEL_KINDS } from "#quant/learning/labels/label-kinds.ts";
import type { LabelSpec } from "#quant/learning/labels/label-spec.ts";
import {
  depthOf,
  isEmptyWithin,
  specCandidate,
  specValues,
  usualSpec,
  withKind,
} from "./spec-values.ts";

const SMA_10 = { kind: "sma", of: "close", periodBars: 10 } as const;
const NESTED: FeatureSpec = {
  ...{ kind: "difference", of: SMA_10 },
  minus: { kind: "lag", of: SMA_10, lagBars: 1 },
};
const BARRIERS: LabelSpec = {
  ...{ kind: "triple-barrier", of: "spread", side: "reversion", profit: 1.5, stop: null },
  ...{ limitBars: 50, timeOut: "by-result", unit: "level-deviations", windowBars: 60 },
  hedge: "held",
};

describe("what a form shows is what it was given", () => {
  test.each<FeatureSpec>([
    NESTED,
    { kind: "time", cycle: "hour-of-day", wave: "sine", calendar: "weekdays" },
    { kind: "bollinger", of: "spread", periodBars: 20, deviations: 2.5, measure: "width" },
  ])("of the feature $kind", (feature) => {
    expect(specCandidate(FEATURE_KINDS, specValues(FEATURE_KINDS, feature))).toEqual(feature);
  });

  test("of a label, with a barrier that is left out", () => {
    expect(specValues(LABEL_KINDS, BARRIERS).values["stop"]).toBe("");
    expect(specCandidate(LABEL_KINDS, specValues(LABEL_KINDS, BARRIERS))).toEqual(BARRIERS);
  });
});

test.each([
  ...Object.keys(FEATURE_KINDS).map((kind) => ({ kind, kinds: FEATURE_KINDS })),
  ...Object.keys(LABEL_KINDS).map((kind) => ({ kind, kinds: LABEL_KINDS })),
  ...Object.keys(SPREAD_KINDS).map((kind) => ({ kind, kinds: SPREAD_KINDS })),
])("the usual $kind is valid", ({ kind, kinds }) => {
  const { kind: _kind, ...fields } = specCandidate(kinds, usualSpec(kinds, kind, "close"));
  const form = Object.entries(kinds).find(([name]) => name === kind)?.[1];
  const sources = new Set(form?.sources.map(({ field }) => field));
  const values = Object.entries(fields).filter(([field]) => !sources.has(field));
  expect(form?.issues(Object.fromEntries(values))).toEqual([]);
});

test("another kind keeps what both have, and what only the first one has for the way back", () => {
  const typed = specValues(FEATURE_KINDS, { kind: "sma", of: "high", periodBars: 7 });
  const ema = withKind(FEATURE_KINDS, typed, { kind: "ema", column: "close" });
  expect(specCandidate(FEATURE_KINDS, ema)).toEqual({ kind: "ema", of: "high", periodBars: 7 });
  const time = withKind(FEATURE_KINDS, ema, { kind: "time", column: "close" });
  const back = withKind(FEATURE_KINDS, time, { kind: "sma", column: "close" });
  expect(specCandidate(FEATURE_KINDS, back)).toEqual({ kind: "sma", of: "high", periodBars: 7 });
});

test("a field is empty where nothing is typed, also within another feature", () => {
  const typed = specValues(FEATURE_KINDS, NESTED);
  expect(isEmptyWithin(typed, ["minus", "lagBars"])).toBe(false);
  const { minus } = typed.sources;
  if (typeof minus === "object") minus.values["lagBars"] = " ";
  expect(isEmptyWithin(typed, ["minus", "lagBars"])).toBe(true);
});

test("depth is counted in features, of which a column is none", () => {
  expect(depthOf("close")).toBe(0);
  expect(depthOf(specValues(FEATURE_KINDS, SMA_10))).toBe(1);
  expect(depthOf(specValues(FEATURE_KINDS, NESTED))).toBe(3);
});

import { expect, test } from "vitest";
import type { DirectionLabel } from "#quant/learning/labels/label-spec.ts";
import { type AskedOfModel, modelDifference } from "./model-difference.ts";

const label: DirectionLabel = {
  ...{ kind: "direction", of: "spread", horizonBars: 1, deadZone: 0 },
  ...{ hedge: "held", unit: "absolute", windowBars: 20 },
};
const spread = { kind: "rolling", windowBars: 250, price: "log" } as const;
const KNOWN: AskedOfModel = {
  books: [[1, 2]],
  intervalMs: 3_600_000,
  label: "direction over 1 bars",
  subject: { label, spread },
  classes: ["down", "up"],
};

test.each<{ name: string; other: Partial<AskedOfModel>; is: string | null }>([
  { name: "the same of another pair", other: { books: [[3, 4]] }, is: null },
  { name: "legs", other: { books: [[1]] }, is: "another number of legs" },
  { name: "interval", other: { intervalMs: 60_000 }, is: "bars of another interval" },
  { name: "label", other: { label: "change over 1 bars" }, is: "another label" },
  {
    name: "regression: settings of the label were first compared when it was registered",
    other: { label: null, subject: { label: { ...label, horizonBars: 5 }, spread } },
    is: "a label with other settings",
  },
  { name: "classes", other: { classes: ["stop", "profit"] }, is: "other classes" },
  {
    name: "spread",
    other: { subject: { label, spread: { ...spread, windowBars: 60 } } },
    is: "a spread that is made in another way",
  },
  { name: "what is not known", other: { label: null, subject: null, classes: null }, is: null },
])("versions of one model: $name", ({ other, is }) => {
  expect(modelDifference(KNOWN, { ...KNOWN, ...other })).toBe(is);
});

import { expect, test } from "vitest";
import type { ChartSeries } from "#contracts/market-data.ts";
import type { LabelClass } from "#quant/learning/labels/label-spec.ts";
import { datasetPanes } from "./dataset-panes.ts";

const line = (...values: (number | null)[]) => ({ steps: values.map((_, step) => step), values });

const SERIES: ChartSeries = {
  ...{ startMs: 0, endMs: 4, intervalMs: 1, full: true },
  lines: {
    source: line(10, 11, 12, 11),
    label: line(1, 1, 0, null),
    feature: line(null, 1, 1, -1),
  },
};
const UP_DOWN: readonly LabelClass[] = [
  { name: "down or unchanged", direction: -1 },
  { name: "up", direction: 1 },
];
const panes = (classes = UP_DOWN, series = SERIES) =>
  datasetPanes({
    ...{ series, classes, window: null },
    ...{ source: "spread", label: "Label", feature: "delta(spread, 1)" },
  });

test("what the label is about comes first, then the label, then the feature", () => {
  expect(panes().map(({ id, title }) => `${id}: ${title}`)).toEqual([
    "source: spread",
    "label: Label: 0 down or unchanged, 1 up",
    "feature: delta(spread, 1)",
  ]);
});

test("a class stands at its bar as a shape, and a bar without a label has none", () => {
  const [source] = panes();
  expect(source?.markers).toEqual([
    { timeMs: 0, value: 10, shape: "up", colour: "long" },
    { timeMs: 1, value: 11, shape: "up", colour: "long" },
    { timeMs: 2, value: 12, shape: "down", colour: "short" },
  ]);
});

test("ends of a position have the shapes of exits; an end by time has none", () => {
  const classes: readonly LabelClass[] = [
    { name: "stop", direction: 0 },
    { name: "time", direction: 0 },
    { name: "profit", direction: 0 },
  ];
  const lines = { ...SERIES.lines, label: line(0, 1, 2, null) };
  const [source] = panes(classes, { ...SERIES, lines });
  expect(source?.markers?.map(({ shape }) => shape)).toEqual(["cross", "diamond"]);
});

test("many labels are told by their line alone", () => {
  const many = line(...Array.from({ length: 201 }, () => 1));
  const [source] = panes(UP_DOWN, { ...SERIES, lines: { source: many, label: many } });
  expect(source?.markers).toEqual([]);
});

test("the pointer reads a class by its name, and a number as it is", () => {
  const [, classes] = panes();
  const [, number] = panes([]);
  expect(classes?.formatReadout?.(1)).toBe("up");
  expect(number?.title).toBe("Label");
  expect(number?.formatReadout?.(0.25)).toBe("0.25");
});

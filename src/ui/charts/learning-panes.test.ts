import { expect, test } from "vitest";
import { type LearningPanesInput, learningPanes } from "./learning-panes.ts";

const INPUT: LearningPanesInput = {
  timeMs: [0, 1, 2],
  source: [10, 11, null],
  target: [1, 0, 1],
  predicted: [0.6, 0.4, 0.7],
  classes: ["down or unchanged", "up"],
  sourceName: "spread",
  isForecast: false,
  window: { startMs: 0, endMs: 2 },
};

test("of two classes what was said stands on the source, with its probability and what came", () => {
  const panes = learningPanes(INPUT);
  expect(panes.map(({ title }) => title)).toEqual([
    "spread",
    "Probability of “up”",
    "What came: 0 down or unchanged, 1 up",
  ]);
  // Where the source is missing nothing can stand on it.
  expect(panes[0]?.markers).toEqual([
    { timeMs: 0, value: 10, shape: "up", colour: "long" },
    { timeMs: 1, value: 11, shape: "down", colour: "short" },
  ]);
  expect(panes[2]?.formatReadout?.(1)).toBe("up");
});

test("only what is in sight is marked, and of very much nothing", () => {
  const [source] = learningPanes({ ...INPUT, window: { startMs: 1, endMs: 2 } });
  expect(source?.markers).toHaveLength(1);
  const many = Array.from({ length: 300 }, (_, i) => i);
  const crowded = learningPanes({
    ...INPUT,
    ...{ timeMs: many, source: many, target: many, predicted: many },
    window: { startMs: 0, endMs: 299 },
  });
  expect(crowded[0]?.markers).toEqual([]);
});

test("a number stands beside what came", () => {
  const panes = learningPanes({ ...INPUT, classes: [] });
  expect(panes.map(({ lines }) => lines.map(({ name }) => name))).toEqual([
    ["spread"],
    ["What came", "Predicted"],
  ]);
});

test("regression: what came and its forecast were two hues alike; one strip shows both, one dashed", () => {
  const [pane, ...rest] = learningPanes({ ...INPUT, classes: [], isForecast: true });
  expect(rest).toEqual([]);
  expect(pane?.lines.map(({ name, colour, dashed }) => ({ name, colour, dashed }))).toEqual([
    { name: "What came", colour: "spread", dashed: undefined },
    { name: "Forecast", colour: "benchmark", dashed: true },
  ]);
});

import { expect, test } from "vitest";
import { CHART_PALETTES } from "./chart-palette.ts";
import {
  type LearningCurve,
  learningCurveCsv,
  learningCurveOption,
  thinned,
} from "./learning-curve-option.ts";

const CURVE: LearningCurve = {
  lines: [
    {
      name: "Model",
      colour: "accent",
      points: [
        [0, 0],
        [0.5, null],
        [1, 1],
      ],
    },
    {
      name: "Guessing",
      colour: "threshold",
      isDashed: true,
      points: [
        [0, 0],
        [1, 1],
      ],
    },
  ],
  x: { name: "False positives", isShare: true },
  y: { name: "True positives", isShare: true },
};

test("shares go from 0 to 1, a gap stays one, and what it is compared with is dashed", () => {
  const option = learningCurveOption(CURVE, CHART_PALETTES.light);
  expect(option.xAxis).toMatchObject({ min: 0, max: 1, name: "False positives" });
  expect(option.series).toMatchObject([
    {
      name: "Model",
      data: [
        [0, 0],
        [0.5, "-"],
        [1, 1],
      ],
      lineStyle: { type: "solid" },
    },
    { name: "Guessing", lineStyle: { type: "dashed" } },
  ]);
});

test("what is no share has the room that it needs", () => {
  const option = learningCurveOption(
    { ...CURVE, y: { name: "Log loss", isShare: false } },
    CHART_PALETTES.light,
  );
  expect(option.yAxis).toMatchObject({ scale: true });
  expect(option.yAxis).not.toHaveProperty("max");
});

test("a curve of very many points keeps its ends", () => {
  const points = Array.from({ length: 10_001 }, (_, i) => [i, i] as const);
  const drawn = thinned(points);
  expect(drawn).toHaveLength(500);
  expect([drawn[0], drawn.at(-1)]).toEqual([
    [0, 0],
    [10_000, 10_000],
  ]);
});

test("as CSV every point has its line", () => {
  expect(learningCurveCsv(CURVE).split("\r\n").slice(0, 3)).toEqual([
    "Line,False positives,True positives",
    "Model,0,0",
    "Model,0.5,",
  ]);
});

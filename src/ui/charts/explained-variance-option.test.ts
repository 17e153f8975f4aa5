import { expect, test } from "vitest";
import { CHART_PALETTES } from "./chart-palette.ts";
import {
  cumulative,
  explainedVarianceCsv,
  explainedVarianceOption,
} from "./explained-variance-option.ts";

test("each component has a bar, and the line is what they explain together", () => {
  const option = explainedVarianceOption([0.5, 0.25, 0.125], CHART_PALETTES.dark);
  expect(option.xAxis).toMatchObject({ data: ["1", "2", "3"] });
  expect(option.series).toMatchObject([
    { type: "bar", data: [0.5, 0.25, 0.125] },
    { type: "line", data: [0.5, 0.75, 0.875] },
  ]);
});

test("as CSV each component has a line", () => {
  expect(explainedVarianceCsv([0.5, 0.25])).toBe(
    "Component,Share of variance,Together\r\n1,0.5,0.5\r\n2,0.25,0.75\r\n",
  );
});

test("nothing explains nothing", () => {
  expect(cumulative([])).toEqual([]);
});

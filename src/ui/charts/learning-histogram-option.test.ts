import { expect, test } from "vitest";
import { CHART_PALETTES } from "./chart-palette.ts";
import { learningHistogramCsv, learningHistogramOption } from "./learning-histogram-option.ts";

const HISTOGRAM = { edges: [-1, 0, 1], counts: [3, 5] };

test("every bin has a bar, named by its middle", () => {
  const option = learningHistogramOption(HISTOGRAM, "Error", CHART_PALETTES.dark);
  expect(option.xAxis).toMatchObject({ name: "Error", data: ["−0.5", "0.5"] });
  expect(option.series).toMatchObject([{ type: "bar", data: [3, 5] }]);
});

test("as CSV every bin has its edges", () => {
  expect(learningHistogramCsv(HISTOGRAM)).toBe("From,To,Rows\r\n-1,0,3\r\n0,1,5\r\n");
});

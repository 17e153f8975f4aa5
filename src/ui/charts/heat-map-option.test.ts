import { expect, test } from "vitest";
import { z } from "zod";
import type { HeatMapPair } from "#contracts/scan-pair-list.ts";
import { CHART_PALETTES } from "./chart-palette.ts";
import {
  FADED_SHARE,
  type HeatMapMeasure,
  heatMapCells,
  heatMapCsv,
  heatMapOption,
  mixed,
} from "./heat-map-option.ts";

const ROW: HeatMapPair = {
  instrumentY: 1,
  instrumentX: 2,
  symbolY: "ADA",
  symbolX: "ETH",
  refusal: null,
  pValueYx: 0.01,
  pValueXy: 0.09,
  qValue: 0.2,
  halfLifeBars: 38,
  correlation: 0.7,
  stage: null,
};
const SYMBOLS = ["ADA", "ETH", "XRP"];

const Drawn = z.object({
  pieces: z.array(z.object({ gte: z.number(), lt: z.number(), color: z.string() })),
});
const Squares = z.tuple([
  z.object({ data: z.array(z.tuple([z.number(), z.number(), z.number(), z.number()])) }),
]);

function pieceSchema(measure: HeatMapMeasure) {
  const { visualMap } = heatMapOption([], SYMBOLS, CHART_PALETTES.light, measure);
  return z
    .object({ pieces: z.array(z.object({ gte: z.number(), lt: z.number() })) })
    .parse(visualMap);
}

test("both directions of a pair have a square", () => {
  expect(heatMapCells([ROW], SYMBOLS).map(({ y, x, value }) => [y, x, value])).toEqual([
    [0, 1, 0.01],
    [1, 0, 0.09],
  ]);
});

test("a pair that was not tested stays empty", () => {
  const cells = heatMapCells([{ ...ROW, pValueYx: null, refusal: "no-common-bars" }], SYMBOLS);
  const option = heatMapOption(cells, SYMBOLS, CHART_PALETTES.dark);
  expect(option.series).toMatchObject([
    {
      data: [
        [1, 0, "-", "-"],
        [0, 1, 0.09, 0.09],
      ],
    },
  ]);
});

test("a pair of symbols that are not shown has no square", () => {
  expect(heatMapCells([ROW], ["ADA"])).toEqual([]);
});

test("the CSV names both symbols in the order of the regression", () => {
  expect(heatMapCsv(heatMapCells([ROW], SYMBOLS), SYMBOLS)).toBe(
    "Symbol,Regressed on,p-value\r\nADA,ETH,0.01\r\nETH,ADA,0.09\r\n",
  );
});

test("both squares of a pair have its correlation", () => {
  expect(
    heatMapCells([ROW], SYMBOLS, "correlation").map(({ y, x, value }) => [y, x, value]),
  ).toEqual([
    [0, 1, 0.7],
    [1, 0, 0.7],
  ]);
});

test.each(["p-value", "correlation"] as const)("every %s has a colour", (measure) => {
  const { pieces } = pieceSchema(measure);
  for (const value of measure === "p-value" ? [0, 0.001, 0.5, 1] : [-1, -0.5, 0, 0.9, 1]) {
    expect(pieces.filter(({ gte, lt }) => gte <= value && value < lt)).toHaveLength(1);
  }
});

test.each([
  { strength: 0, colour: "#ffffff" },
  { strength: 0.5, colour: "#80a0bf" },
  { strength: 1, colour: "#00407f" },
])("a square of strength $strength is $colour", ({ strength, colour }) => {
  expect(mixed("#00407f", "#ffffff", strength)).toBe(colour);
});

test("regression: pairs that the funnel threw out were as strong as finds", () => {
  const coloursOf = (stage: HeatMapPair["stage"], measure: HeatMapMeasure) => {
    const cells = heatMapCells([{ ...ROW, stage }], SYMBOLS, measure);
    const { series, visualMap } = heatMapOption(cells, SYMBOLS, CHART_PALETTES.light, measure);
    const { pieces } = Drawn.parse(visualMap);
    return Squares.parse(series)[0].data.map(
      ([, , , shade]) => pieces.find(({ gte, lt }) => gte <= shade && shade < lt)?.color,
    );
  };
  const { accent, muted, surface } = CHART_PALETTES.light;
  expect(coloursOf("passed", "p-value")).toEqual([
    mixed(accent, surface, 0.5),
    mixed(accent, surface, 0.25),
  ]);
  expect(coloursOf("unit-roots", "p-value")).toEqual([
    mixed(muted, surface, 0.5 * FADED_SHARE),
    mixed(muted, surface, 0.25 * FADED_SHARE),
  ]);
  // A correlation claims no find.
  expect(coloursOf("unit-roots", "correlation")).toEqual(coloursOf("passed", "correlation"));
});

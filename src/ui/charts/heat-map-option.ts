import { csvRow } from "#contracts/csv-cell.ts";
import type { HeatMapPair } from "#contracts/scan-pair-list.ts";
import type { ChartOption } from "./chart-option.ts";
import type { ChartPalette } from "./chart-palette.ts";

/** One square: a figure of the row's symbol and the column's; null where there is none. */
export type HeatMapCell = { row: HeatMapPair; y: number; x: number; value: number | null };

/** Squares below a value and not below the step before are drawn in a colour of this strength. */
export type HeatMapStep = {
  readonly below: number;
  readonly label: string;
  readonly strength: number;
  /** Against the rest: what goes the other way. */
  readonly isOpposite?: true;
};

/** What a heat map shows: the p-value of the row's symbol regressed on the column's, or the correlation of both. */
export type HeatMapMeasure = "p-value" | "correlation";

/** One hue, so that order is lightness; negative correlations alone have the other. */
export const HEAT_MAP_STEPS: Readonly<Record<HeatMapMeasure, readonly HeatMapStep[]>> = {
  "p-value": [
    { below: 0.001, label: "< 0.001", strength: 1 },
    { below: 0.01, label: "0.001–0.01", strength: 0.75 },
    { below: 0.05, label: "0.01–0.05", strength: 0.5 },
    { below: 0.1, label: "0.05–0.1", strength: 0.25 },
    { below: 2, label: "≥ 0.1", strength: 0.08 },
  ],
  correlation: [
    { below: -0.5, label: "< −0.5", strength: 0.8, isOpposite: true },
    { below: -0.2, label: "−0.5 to −0.2", strength: 0.4, isOpposite: true },
    { below: 0.2, label: "−0.2 to 0.2", strength: 0.08 },
    { below: 0.5, label: "0.2–0.5", strength: 0.25 },
    { below: 0.7, label: "0.5–0.7", strength: 0.5 },
    { below: 0.9, label: "0.7–0.9", strength: 0.75 },
    { below: 2, label: "≥ 0.9", strength: 1 },
  ],
};

/** Both squares of every pair; of p-values, Y on X and X on Y, as the symbols stand. */
export function heatMapCells(
  rows: readonly HeatMapPair[],
  symbols: readonly string[],
  measure: HeatMapMeasure = "p-value",
): HeatMapCell[] {
  const places = new Map(symbols.map((symbol, index) => [symbol, index]));
  return rows.flatMap((row) => {
    const y = places.get(row.symbolY);
    const x = places.get(row.symbolX);
    if (y === undefined || x === undefined) return [];
    const isP = measure === "p-value";
    return [
      { row, y, x, value: isP ? row.pValueYx : row.correlation },
      { row, y: x, x: y, value: isP ? row.pValueXy : row.correlation },
    ];
  });
}

/** Whether a figure says less than its size: the p-value of a pair that the funnel threw out is no find. */
export function isFaded({ row: { stage } }: HeatMapCell, measure: HeatMapMeasure): boolean {
  return measure === "p-value" && stage !== null && stage !== "passed";
}

/** Share of the strength that is left of a faded square, which is grey besides. */
export const FADED_SHARE = 0.4;

/** Added to the figure of a faded square where its colour is looked up: beyond every p-value. */
const FADED_SHIFT = 10;

/** Squares of one size with room for names, within what a page shows without scrolling far. */
export function heatMapHeight(symbolCount: number): number {
  return Math.min(760, Math.max(260, symbolCount * 20)) + 80;
}

/** The option of the heat map; what has no value stays empty. */
export function heatMapOption(
  cells: readonly HeatMapCell[],
  symbols: readonly string[],
  palette: ChartPalette,
  measure: HeatMapMeasure = "p-value",
): ChartOption {
  const steps = HEAT_MAP_STEPS[measure];
  const axis = {
    type: "category" as const,
    data: [...symbols],
    axisLine: { show: false },
    axisTick: { show: false },
    splitArea: { show: false },
  };
  const label = { color: palette.muted, fontSize: 10, hideOverlap: true };
  return {
    animation: false,
    textStyle: { fontFamily: "Inter Variable, sans-serif", color: palette.muted },
    grid: { left: 92, right: 8, top: 8, bottom: 72, outerBoundsMode: "none" },
    xAxis: { ...axis, axisLabel: { ...label, rotate: 60 } },
    yAxis: { ...axis, inverse: true, axisLabel: label },
    visualMap: {
      type: "piecewise",
      show: false,
      dimension: 3,
      pieces: steps.flatMap(({ below, strength, isOpposite }, index) => {
        const gte = steps[index - 1]?.below ?? -2;
        const hue = isOpposite === true ? palette.legX : palette.accent;
        return [
          { gte, lt: below, color: mixed(hue, palette.surface, strength) },
          {
            gte: gte + FADED_SHIFT,
            lt: below + FADED_SHIFT,
            color: mixed(palette.muted, palette.surface, FADED_SHARE * strength),
          },
        ];
      }),
      outOfRange: { opacity: 0 },
    },
    series: [
      {
        type: "heatmap",
        data: cells.map((cell) => {
          const { x, y, value } = cell;
          if (value === null) return [x, y, "-", "-"];
          return [x, y, value, isFaded(cell, measure) ? value + FADED_SHIFT : value];
        }),
        itemStyle: { borderColor: palette.surface, borderWidth: 1 },
        emphasis: { itemStyle: { borderColor: palette.text, borderWidth: 2 } },
        progressive: 0,
      },
    ],
  };
}

/** Opaque, because the library lets a colour and an opacity of one piece not stand together. */
export function mixed(colour: string, ground: string, strength: number): string {
  const channels = [1, 3, 5].map((start) => {
    const over = Number.parseInt(colour.slice(start, start + 2), 16);
    const under = Number.parseInt(ground.slice(start, start + 2), 16);
    return Math.round(under + strength * (over - under))
      .toString(16)
      .padStart(2, "0");
  });
  return `#${channels.join("")}`;
}

/** The squares as CSV, in full precision. */
export function heatMapCsv(
  cells: readonly HeatMapCell[],
  symbols: readonly string[],
  measure: HeatMapMeasure = "p-value",
): string {
  const lines = cells.map(({ y, x, value }) =>
    csvRow([symbols[y] ?? null, symbols[x] ?? null, value]),
  );
  const head = measure === "p-value" ? ["Regressed on", "p-value"] : ["With", "Correlation"];
  return csvRow(["Symbol", ...head]) + lines.join("");
}

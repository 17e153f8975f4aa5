import { csvRow } from "#contracts/csv-cell.ts";
import type { ScanPairRow } from "#contracts/scan.ts";
import type { ChartOption } from "./chart-option.ts";
import type { ChartPalette } from "./chart-palette.ts";

/** One square: the p-value of the row's symbol regressed on the column's; null was not tested. */
export type HeatMapCell = { row: ScanPairRow; y: number; x: number; pValue: number | null };

/** Where a p-value begins to be drawn fainter, and how much accent its square has; one hue, so that order is lightness. */
export const P_VALUE_STEPS = [
  { below: 0.001, label: "< 0.001", strength: 1 },
  { below: 0.01, label: "0.001–0.01", strength: 0.75 },
  { below: 0.05, label: "0.01–0.05", strength: 0.5 },
  { below: 0.1, label: "0.05–0.1", strength: 0.25 },
  { below: 2, label: "≥ 0.1", strength: 0.08 },
] as const;

/** Both directions of every pair: Y on X below the diagonal or above it, as the symbols stand. */
export function heatMapCells(
  rows: readonly ScanPairRow[],
  symbols: readonly string[],
): HeatMapCell[] {
  const places = new Map(symbols.map((symbol, index) => [symbol, index]));
  return rows.flatMap((row) => {
    const y = places.get(row.symbolY);
    const x = places.get(row.symbolX);
    if (y === undefined || x === undefined) return [];
    return [
      { row, y, x, pValue: row.pValueYx },
      { row, y: x, x: y, pValue: row.pValueXy },
    ];
  });
}

/** Squares of one size with room for names, within what a page shows without scrolling far. */
export function heatMapHeight(symbolCount: number): number {
  return Math.min(760, Math.max(260, symbolCount * 20)) + 80;
}

/** The option of the heat map; what was not tested stays empty. */
export function heatMapOption(
  cells: readonly HeatMapCell[],
  symbols: readonly string[],
  palette: ChartPalette,
): ChartOption {
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
      dimension: 2,
      pieces: P_VALUE_STEPS.map(({ below, strength }, index) => ({
        gte: P_VALUE_STEPS[index - 1]?.below ?? 0,
        lt: below,
        color: mixed(palette.accent, palette.surface, strength),
      })),
      outOfRange: { opacity: 0 },
    },
    series: [
      {
        type: "heatmap",
        data: cells.map(({ x, y, pValue }) => [x, y, pValue ?? "-"]),
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
export function heatMapCsv(cells: readonly HeatMapCell[], symbols: readonly string[]): string {
  const lines = cells.map(({ y, x, pValue }) =>
    csvRow([symbols[y] ?? null, symbols[x] ?? null, pValue]),
  );
  return csvRow(["Symbol", "Regressed on", "p-value"]) + lines.join("");
}

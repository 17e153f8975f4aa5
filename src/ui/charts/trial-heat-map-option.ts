import { csvRow } from "#contracts/csv-cell.ts";
import type { ChartOption } from "./chart-option.ts";
import type { ChartPalette } from "./chart-palette.ts";
import { mixed } from "./heat-map-option.ts";
import { type HeatStep, heatSteps } from "./heat-steps.ts";
import type { TrialGrid } from "./trial-grid.ts";

/** Room around the squares, in pixels: what lies over the picture must know where they are. */
export const HEAT_MARGINS = { left: 84, right: 8, top: 4, bottom: 22 } as const;

/** Squares of one size, within what a page shows without scrolling far. */
export function trialHeatMapHeight({ y }: TrialGrid): number {
  const squares = Math.min(480, Math.max(y.labels.length === 1 ? 60 : 220, y.labels.length * 24));
  return squares + HEAT_MARGINS.top + HEAT_MARGINS.bottom;
}

/** Colours of the squares that have a value; none where no square has. */
export function trialHeatSteps({ cells }: TrialGrid, reference: number): readonly HeatStep[] {
  const values = cells.flatMap(({ value }) => value ?? []);
  const low = values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const high = values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  return values.length === 0 ? [] : heatSteps(low, high, reference);
}

/** The option of the map. A square without a value is grey, one that was not tried is empty. */
export function trialHeatMapOption(
  grid: TrialGrid,
  steps: readonly HeatStep[],
  palette: ChartPalette,
): ChartOption {
  const axis = {
    type: "category" as const,
    axisLine: { show: false },
    axisTick: { show: false },
    splitArea: { show: false },
    axisLabel: { color: palette.muted, fontSize: 11, hideOverlap: true },
  };
  // A value that no trial has: its square is grey.
  const none = (steps[0]?.from ?? 0) - 1;
  return {
    animation: false,
    textStyle: { fontFamily: "Inter Variable, sans-serif", color: palette.muted },
    grid: { ...HEAT_MARGINS, outerBoundsMode: "none" },
    xAxis: { ...axis, data: [...grid.x.labels] },
    yAxis: { ...axis, data: [...grid.y.labels] },
    visualMap: {
      type: "piecewise",
      show: false,
      dimension: 2,
      pieces: [
        { value: none, color: mixed(palette.muted, palette.surface, 0.18) },
        ...steps.map(({ from, to, isBelow, strength }) => ({
          gte: from,
          lt: to,
          color: mixed(isBelow ? palette.legX : palette.accent, palette.surface, strength),
        })),
      ],
    },
    series: [
      {
        type: "heatmap",
        data: grid.cells.map(({ x, y, value }) => [x, y, value ?? none]),
        itemStyle: { borderColor: palette.surface, borderWidth: 1 },
        emphasis: { disabled: true },
        progressive: 0,
      },
    ],
  };
}

/** The squares as CSV, in full precision. */
export function trialHeatMapCsv(
  grid: TrialGrid,
  names: { readonly x: string; readonly y: string; readonly value: string },
): string {
  const lines = grid.cells
    .toSorted((a, b) => a.y - b.y || a.x - b.x)
    .map(({ x, y, value, trialCount }) =>
      csvRow([grid.x.labels[x] ?? null, grid.y.labels[y] ?? null, value, trialCount]),
    );
  return csvRow([names.x, names.y, names.value, "Trials"]) + lines.join("");
}

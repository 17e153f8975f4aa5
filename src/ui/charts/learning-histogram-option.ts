import { csvRow } from "#contracts/csv-cell.ts";
import { formatNumber } from "../format.ts";
import type { ChartOption } from "./chart-option.ts";
import type { ChartPalette } from "./chart-palette.ts";

export type LearningHistogram = {
  /** One more than counts, ascending. */
  readonly edges: readonly number[];
  readonly counts: readonly number[];
};

/** How often errors of a size came: bars side by side, each named by its middle. */
export function learningHistogramOption(
  histogram: LearningHistogram,
  axisName: string,
  palette: ChartPalette,
): ChartOption {
  const { edges, counts } = histogram;
  return {
    animation: false,
    textStyle: { fontFamily: "Inter Variable, sans-serif", color: palette.muted },
    grid: { left: 52, right: 12, top: 10, bottom: 42, outerBoundsMode: "none" },
    xAxis: {
      type: "category",
      name: axisName,
      nameLocation: "middle",
      nameGap: 24,
      nameTextStyle: { color: palette.muted, fontSize: 11 },
      data: counts.map((_, bin) => formatNumber(middleOf(edges, bin), { significant: 2 })),
      axisLine: { lineStyle: { color: palette.line } },
      axisTick: { show: false },
      axisLabel: { color: palette.muted, fontSize: 11, hideOverlap: true },
    },
    yAxis: {
      type: "value",
      min: 0,
      axisLabel: { color: palette.muted, fontSize: 11, hideOverlap: true },
      splitLine: { lineStyle: { color: palette.line, opacity: 0.6 } },
    },
    series: [
      {
        type: "bar",
        silent: true,
        barCategoryGap: 1,
        data: [...counts],
        itemStyle: { color: palette.accent, opacity: 0.8 },
      },
    ],
  };
}

function middleOf(edges: readonly number[], bin: number): number {
  return ((edges[bin] ?? 0) + (edges[bin + 1] ?? 0)) / 2;
}

/** The chart as CSV. */
export function learningHistogramCsv({ edges, counts }: LearningHistogram): string {
  const rows = counts.map((count, bin) =>
    csvRow([edges[bin] ?? null, edges[bin + 1] ?? null, count]),
  );
  return csvRow(["From", "To", "Rows"]) + rows.join("");
}

import { csvRow } from "#contracts/csv-cell.ts";
import type { ChartOption } from "./chart-option.ts";
import type { ChartPalette } from "./chart-palette.ts";

/** Bars of each component's share of the variance, and a line of what they explain together. */
export function explainedVarianceOption(
  ratios: readonly number[],
  palette: ChartPalette,
): ChartOption {
  const sums = cumulative(ratios);
  return {
    animation: false,
    textStyle: { fontFamily: "Inter Variable, sans-serif", color: palette.muted },
    grid: { left: 44, right: 12, top: 24, bottom: 26, outerBoundsMode: "none" },
    xAxis: {
      type: "category",
      data: ratios.map((_, index) => String(index + 1)),
      axisLine: { lineStyle: { color: palette.line } },
      axisTick: { show: false },
      axisLabel: { color: palette.muted, fontSize: 11, hideOverlap: true },
    },
    yAxis: {
      type: "value",
      min: 0,
      max: 1,
      interval: 0.25,
      axisLabel: {
        color: palette.muted,
        fontSize: 11,
        formatter: (value: number) => `${Math.round(value * 100)} %`,
      },
      splitLine: { lineStyle: { color: palette.line } },
    },
    series: [
      {
        type: "bar",
        data: [...ratios],
        barMaxWidth: 48,
        itemStyle: { color: palette.accent },
        label: {
          show: ratios.length <= 12,
          position: "top",
          color: palette.text,
          fontSize: 11,
          formatter: ({ value }) => (typeof value === "number" ? percent(value) : ""),
        },
      },
      {
        type: "line",
        data: sums,
        symbol: "circle",
        symbolSize: 5,
        lineStyle: { color: palette.muted, width: 1.5, type: "dashed" },
        itemStyle: { color: palette.muted },
        // The first is the first bar again.
        label: {
          show: ratios.length > 1,
          position: "top",
          color: palette.muted,
          fontSize: 11,
          formatter: ({ dataIndex, value }) =>
            dataIndex === ratios.length - 1 && typeof value === "number" ? percent(value) : "",
        },
      },
    ],
  };
}

/** Running sums: what the first components explain together. */
export function cumulative(values: readonly number[]): number[] {
  let sum = 0;
  return values.map((value) => {
    sum += value;
    return sum;
  });
}

/** The chart as CSV, shares as fractions. */
export function explainedVarianceCsv(ratios: readonly number[]): string {
  const sums = cumulative(ratios);
  const lines = ratios.map((ratio, index) => csvRow([index + 1, ratio, sums[index] ?? null]));
  return csvRow(["Component", "Share of variance", "Together"]) + lines.join("");
}

function percent(fraction: number): string {
  return `${(fraction * 100).toFixed(1)} %`;
}

import { csvRow } from "#contracts/csv-cell.ts";
import { type AxisNumbers, axisNumbers } from "./axis-numbers.ts";
import type { ChartOption, ChartSeriesOption } from "./chart-option.ts";
import type { ChartColour, ChartPalette } from "./chart-palette.ts";

export type CurvePoint = readonly [x: number, y: number | null];

export type LearningLine = {
  readonly name: string;
  readonly colour: ChartColour;
  readonly points: readonly CurvePoint[];
  readonly isDashed?: boolean;
  /** Few points that are seen one by one. */
  readonly hasSymbols?: boolean;
};

/** `isShare`: from 0 to 1 whatever is drawn, written in percent. */
export type LearningAxis = { readonly name: string; readonly isShare: boolean };

/** Lines over a common axis that is not time: what a model did by threshold, by round, by value of a feature. */
export type LearningCurve = {
  readonly lines: readonly LearningLine[];
  readonly x: LearningAxis;
  readonly y: LearningAxis;
};

/** A curve of thousands of rows has more corners than a small picture has pixels. */
const POINTS_MAX = 500;

export function learningCurveOption(curve: LearningCurve, palette: ChartPalette): ChartOption {
  const points = curve.lines.flatMap((line) => line.points);
  const along = axisNumbers(points.map(([x]) => x));
  const up = axisNumbers(points.flatMap(([, y]) => (y === null ? [] : [y])));
  return {
    animation: false,
    textStyle: { fontFamily: "Inter Variable, sans-serif", color: palette.muted },
    grid: { left: 62, right: 16, top: 10, bottom: 42, outerBoundsMode: "none" },
    xAxis: { ...axis(curve.x, along, palette), nameGap: 24, splitNumber: 4 },
    yAxis: { ...axis(curve.y, up, palette), nameGap: 44, splitNumber: 4 },
    series: curve.lines.map((line): ChartSeriesOption => lineSeries(line, palette)),
  };
}

function axis({ name, isShare }: LearningAxis, numbers: AxisNumbers, palette: ChartPalette) {
  return {
    type: "value" as const,
    name: isShare || numbers.unit === "" ? name : `${name}, ${numbers.unit}`,
    nameLocation: "middle" as const,
    nameTextStyle: { color: palette.muted, fontSize: 11 },
    // Where nothing says that zero belongs there, the lines have all the room.
    scale: !isShare,
    ...(isShare ? { min: 0, max: 1, interval: 0.25 } : {}),
    axisLine: { lineStyle: { color: palette.line } },
    axisTick: { show: false },
    axisLabel: {
      color: palette.muted,
      fontSize: 11,
      hideOverlap: true,
      formatter: (value: number) =>
        isShare ? `${Math.round(value * 100)} %` : numbers.format(value),
    },
    splitLine: { lineStyle: { color: palette.line, opacity: 0.6 } },
  };
}

function lineSeries(line: LearningLine, palette: ChartPalette): ChartSeriesOption {
  const color = palette[line.colour];
  return {
    type: "line",
    name: line.name,
    silent: true,
    data: thinned(line.points).map(([x, y]) => [x, y ?? "-"]),
    showSymbol: line.hasSymbols === true,
    symbol: "circle",
    symbolSize: 6,
    itemStyle: { color },
    lineStyle: { color, width: 1.5, type: line.isDashed === true ? "dashed" : "solid" },
  };
}

/** Evenly spread points, the first and the last among them. */
export function thinned(points: readonly CurvePoint[]): readonly CurvePoint[] {
  if (points.length <= POINTS_MAX) return points;
  const step = (points.length - 1) / (POINTS_MAX - 1);
  return Array.from({ length: POINTS_MAX }, (_, i) => points[Math.round(i * step)]).filter(
    (point) => point !== undefined,
  );
}

/** All points of all lines, one below the other: they need not share their places. */
export function learningCurveCsv({ lines, x, y }: LearningCurve): string {
  const rows = lines.flatMap(({ name, points }) =>
    points.map(([at, value]) => csvRow([name, at, value])),
  );
  return csvRow(["Line", x.name, y.name]) + rows.join("");
}

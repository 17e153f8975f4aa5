import type { TimeWindow } from "#contracts/interval.ts";
import type { ChartOption, ChartSeriesOption } from "./chart-option.ts";
import type { ChartPalette } from "./chart-palette.ts";
import type { MarkerShape, Pane, PaneLine } from "./pane.ts";
import { axisSteps, paneBounds } from "./pane-bounds.ts";
import { type PaneLayout, PLOT_LEFT, PLOT_RIGHT, type PlacedPane } from "./pane-layout.ts";

export type TimeOptionInput = {
  layout: PaneLayout;
  window: TimeWindow;
  palette: ChartPalette;
  /** The span in which the pair was selected and its parameters were fitted. */
  formation?: TimeWindow | undefined;
};

/** The option of panes stacked over one time axis. Missing is a gap; markers are shapes. */
export function timeOption(input: TimeOptionInput): ChartOption {
  const { layout, palette } = input;
  return {
    animation: false,
    textStyle: { fontFamily: "Inter Variable, sans-serif", color: palette.muted },
    grid: layout.panes.map(({ top, height }) => ({
      left: PLOT_LEFT,
      right: PLOT_RIGHT,
      top,
      height,
      outerBoundsMode: "none" as const,
    })),
    xAxis: layout.panes.map((_, index) =>
      timeAxis(input, index, index === layout.panes.length - 1),
    ),
    yAxis: layout.panes.map(({ pane, height }, index) => valueAxis(pane, height, index, palette)),
    series: layout.panes.flatMap((placed, index) => paneSeries(placed, index, input)),
  };
}

function timeAxis(input: TimeOptionInput, gridIndex: number, isLast: boolean) {
  const { palette, window } = input;
  return {
    type: "time" as const,
    gridIndex,
    min: window.startMs,
    max: window.endMs,
    axisLine: { lineStyle: { color: palette.line } },
    axisTick: { show: false },
    axisLabel: {
      show: isLast,
      color: palette.muted,
      fontSize: 11,
      hideOverlap: true,
      alignMinLabel: "left" as const,
      alignMaxLabel: "right" as const,
    },
    splitLine: { show: true, lineStyle: { color: palette.line, opacity: 0.5 } },
  };
}

function valueAxis(pane: Pane, height: number, gridIndex: number, palette: ChartPalette) {
  const bounds = paneBounds(pane, height);
  return {
    type: "value" as const,
    gridIndex,
    position: "right" as const,
    // Zero is no part of prices; where it is (areas, bars, thresholds) the data brings it along.
    scale: !pane.lines.some(({ shape }) => shape === "area" || shape === "bars"),
    inverse: pane.inverted === true,
    splitNumber: axisSteps(height),
    axisLabel: {
      color: palette.muted,
      fontSize: 11,
      hideOverlap: true,
      formatter: (value: number) => pane.format(value),
    },
    splitLine: { lineStyle: { color: palette.line, opacity: 0.6 } },
    ...bounds,
  };
}

function paneSeries(
  placed: PlacedPane,
  index: number,
  input: TimeOptionInput,
): ChartSeriesOption[] {
  const { pane } = placed;
  const { palette } = input;
  const lines = pane.lines
    .filter(({ shape }) => shape !== "none")
    .map((line) => lineSeries(line, index, palette));
  return [
    ...candleSeries(pane, index, palette),
    ...lines,
    ...levelSeries(placed, index, input),
    ...markerSeries(pane, index, palette),
  ];
}

/** Thresholds and the formation: a series without points that carries them, where there are any. */
function levelSeries(
  { pane }: PlacedPane,
  index: number,
  { palette, formation }: TimeOptionInput,
): ChartSeriesOption[] {
  const thresholds = pane.thresholds ?? [];
  if (thresholds.length === 0 && formation === undefined) return [];
  const levels: ChartSeriesOption = {
    ...axes(index),
    type: "line",
    name: `${pane.id} levels`,
    data: [],
    silent: true,
    markLine: {
      silent: true,
      animation: false,
      symbol: "none",
      data: thresholds.map(({ value, label, colour }) => ({
        yAxis: value,
        lineStyle: { color: palette[colour], type: "dashed", width: 1 },
        label: {
          formatter: label,
          // Towards zero: beyond the outermost level there may be the head of the pane.
          position: value > 0 ? "insideStartBottom" : "insideStartTop",
          color: palette[colour],
          fontSize: 11,
          textBorderColor: palette.surface,
          textBorderWidth: 3,
        },
      })),
    },
    ...(formation === undefined
      ? {}
      : {
          markArea: {
            silent: true,
            itemStyle: { color: palette.accent, opacity: 0.06 },
            label: {
              // Once is enough: the shade goes through all panes.
              show: index === 0,
              position: "insideTopLeft",
              color: palette.muted,
              fontSize: 11,
            },
            data: [[{ name: "Formation", xAxis: formation.startMs }, { xAxis: formation.endMs }]],
          },
        }),
  };
  return [levels];
}

/** Rising candles are hollow and falling ones filled: the colour only repeats it. */
function candleSeries(pane: Pane, index: number, palette: ChartPalette): ChartSeriesOption[] {
  const { candles } = pane;
  if (candles === undefined) return [];
  return [
    {
      ...axes(index),
      type: "candlestick",
      name: candles.name,
      silent: true,
      barMaxWidth: 12,
      data: candles.rows.map(({ timeMs, open, high, low, close }) => [
        timeMs,
        open,
        close,
        low,
        high,
      ]),
      itemStyle: {
        color: palette.surface,
        borderColor: palette.long,
        color0: palette.short,
        borderColor0: palette.short,
      },
    },
  ];
}

function axes(index: number) {
  return { xAxisIndex: index, yAxisIndex: index };
}

const BARS_OF_ONE_PATH = 200;

function lineSeries(line: PaneLine, index: number, palette: ChartPalette): ChartSeriesOption {
  const color = palette[line.colour];
  const data = line.points.map(([timeMs, value]) => [timeMs, value ?? "-"]);
  if (line.shape === "bars") {
    return {
      ...axes(index),
      type: "bar",
      name: line.name,
      data,
      silent: true,
      // One path instead of an element a bar: drawing 500 bars takes 1 ms and not 10. What is narrower than a pixel
      // is paler by itself.
      large: true,
      largeThreshold: BARS_OF_ONE_PATH,
      itemStyle: { color, opacity: data.length >= BARS_OF_ONE_PATH ? 0.9 : 0.5 },
    };
  }
  return {
    ...axes(index),
    type: "line",
    name: line.name,
    data,
    silent: true,
    showSymbol: false,
    connectNulls: false,
    lineStyle: { color, width: 1.25, type: line.dashed === true ? "dashed" : "solid" },
    itemStyle: { color },
    ...(line.shape === "area" ? { areaStyle: { color, opacity: 0.14 } } : {}),
  };
}

/**
 * ECharts draws an SVG path as a symbol; the other shapes are its own. Of those a negative height turns
 * one upside down, also where many are drawn as one path, which knows no rotation.
 */
const SYMBOLS: Record<
  MarkerShape,
  { symbol: string; size: readonly [width: number, height: number]; isPath?: boolean }
> = {
  up: { symbol: "triangle", size: [9, 9] },
  down: { symbol: "triangle", size: [9, -9] },
  diamond: { symbol: "diamond", size: [9, 9] },
  cross: {
    symbol: "path://M0,1 L1,0 L4,3 L7,0 L8,1 L5,4 L8,7 L7,8 L4,5 L1,8 L0,7 L3,4 Z",
    size: [8, 8],
    isPath: true,
  },
  square: { symbol: "rect", size: [7, 7] },
};

const MARKERS_OF_ONE_PATH = 100;

/**
 * One series a look, and many markers of it as one path: as elements of their own, those of 800 trades
 * take the library twice as long as all the lines.
 */
function markerSeries(pane: Pane, index: number, palette: ChartPalette): ChartSeriesOption[] {
  const looks = Map.groupBy(pane.markers ?? [], ({ shape, colour }) => `${shape} ${colour}`);
  return [...looks].flatMap(([name, markers]) => {
    const [first] = markers;
    if (first === undefined) return [];
    const { symbol, size, isPath = false } = SYMBOLS[first.shape];
    const scale = pane.markerScale ?? 1;
    return {
      ...axes(index),
      type: "scatter",
      name: `${pane.id} ${name}`,
      silent: true,
      z: 5,
      symbol,
      symbolSize: size.map((pixels) => pixels * scale),
      large: !isPath,
      largeThreshold: MARKERS_OF_ONE_PATH,
      // A rim of the background keeps a marker apart from the line that it stands on.
      itemStyle: {
        color: palette[first.colour],
        borderColor: palette.surface,
        borderWidth: 1,
      },
      data: markers.map(({ timeMs, value }) => [timeMs, value]),
    };
  });
}

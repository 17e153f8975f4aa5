import type {
  BarSeriesOption,
  CandlestickSeriesOption,
  HeatmapSeriesOption,
  LineSeriesOption,
  ScatterSeriesOption,
} from "echarts/charts";
import type {
  GridComponentOption,
  MarkAreaComponentOption,
  MarkLineComponentOption,
  VisualMapComponentOption,
} from "echarts/components";
import type { ComposeOption } from "echarts/core";

export type ChartSeriesOption =
  | LineSeriesOption
  | ScatterSeriesOption
  | BarSeriesOption
  | CandlestickSeriesOption
  | HeatmapSeriesOption;

/** An option made of the parts that echarts-core.ts registers, and of no others. */
export type ChartOption = ComposeOption<
  | ChartSeriesOption
  | GridComponentOption
  | MarkAreaComponentOption
  | MarkLineComponentOption
  | VisualMapComponentOption
>;

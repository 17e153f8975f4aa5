import type { ChartColour } from "./chart-palette.ts";
import type { ChartPoint } from "./line-chart-data.ts";

export type PaneLine = {
  name: string;
  colour: ChartColour;
  points: readonly ChartPoint[];
  /** What the pointer reads where that is not what is drawn: the price of a rebased line. */
  readout?: readonly ChartPoint[] | undefined;
  /** "area" fills to zero, "bars" draws columns, "none" is read by the pointer and not drawn. */
  shape?: "line" | "area" | "bars" | "none" | undefined;
  dashed?: boolean | undefined;
};

/** Shapes say what happened; colours only repeat it. */
export type MarkerShape = "up" | "down" | "diamond" | "cross" | "square";

export type PaneMarker = {
  timeMs: number;
  value: number;
  shape: MarkerShape;
  colour: ChartColour;
};

/** Candles of one instrument, oldest first; the line of closes beside them is what the pointer reads. */
export type PaneCandles = {
  name: string;
  rows: readonly { timeMs: number; open: number; high: number; low: number; close: number }[];
};

export type PaneThreshold = { value: number; label: string; colour: ChartColour };

/** One strip of a stack that shares its time axis: what it shows, in units of its own. */
export type Pane = {
  id: string;
  title: string;
  /** What is drawn, and how it is to be read, where title and lines do not say so. */
  about?: string | undefined;
  /** Pixels where all panes are shown. */
  height: number;
  lines: readonly PaneLine[];
  candles?: PaneCandles | undefined;
  markers?: readonly PaneMarker[] | undefined;
  /** Size of the markers against their usual one; 1 when absent. */
  markerScale?: number | undefined;
  thresholds?: readonly PaneThreshold[] | undefined;
  /** Zero at the top: for losses. */
  inverted?: boolean | undefined;
  format: (value: number) => string;
  /** How the pointer's value is written, where that is not how the axis is. */
  formatReadout?: ((value: number) => string) | undefined;
};

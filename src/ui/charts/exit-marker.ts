import type { ExitReason } from "#contracts/backtest.ts";
import type { ChartColour } from "./chart-palette.ts";
import type { MarkerShape } from "./pane.ts";

/** How a trade ended: a diamond as planned, a cross by the stop, a square by time or the end of the data. */
export const EXIT_MARKERS: Record<ExitReason, { shape: MarkerShape; colour: ChartColour }> = {
  exit: { shape: "diamond", colour: "exit" },
  stop: { shape: "cross", colour: "stop" },
  ruin: { shape: "cross", colour: "stop" },
  time: { shape: "square", colour: "exit" },
  end: { shape: "square", colour: "exit" },
};

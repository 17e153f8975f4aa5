import type { ExitReason } from "#contracts/backtest.ts";
import type { ChartColour } from "./chart-palette.ts";
import type { MarkerShape } from "./pane.ts";

type ExitMarker = { shape: MarkerShape; colour: ChartColour };

const AS_PLANNED: ExitMarker = { shape: "diamond", colour: "exit" };
const AT_A_LOSS: ExitMarker = { shape: "cross", colour: "stop" };
const BY_THE_CLOCK: ExitMarker = { shape: "square", colour: "exit" };

/** How a trade ended: a diamond as planned, a cross by a stop, a square by time or the end of the data. */
export const EXIT_MARKERS: Record<ExitReason, ExitMarker> = {
  entry: AS_PLANNED,
  exit: AS_PLANNED,
  rebalance: AS_PLANNED,
  gate: AS_PLANNED,
  reversal: AS_PLANNED,
  "protective-limit": AS_PLANNED,
  stop: AT_A_LOSS,
  "protective-stop": AT_A_LOSS,
  liquidation: AT_A_LOSS,
  ruin: AT_A_LOSS,
  time: BY_THE_CLOCK,
  delisted: BY_THE_CLOCK,
  end: BY_THE_CLOCK,
};

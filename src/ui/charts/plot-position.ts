import type { TimeWindow } from "#contracts/interval.ts";
import { PLOT_LEFT, PLOT_RIGHT } from "./pane-layout.ts";

/** The time under a horizontal position of the plot, held within its edges. */
export function timeAtX(x: number, width: number, window: TimeWindow): number {
  const fraction = (x - PLOT_LEFT) / Math.max(1, width - PLOT_LEFT - PLOT_RIGHT);
  const held = Math.min(1, Math.max(0, fraction));
  return window.startMs + held * (window.endMs - window.startMs);
}

/** The inverse of timeAtX, as a CSS length, so that it needs no measuring. */
export function leftOfTime(timeMs: number, window: TimeWindow): string {
  const fraction = (timeMs - window.startMs) / Math.max(1, window.endMs - window.startMs);
  const held = Math.min(1, Math.max(0, fraction));
  return `calc(${PLOT_LEFT}px + (100% - ${PLOT_LEFT + PLOT_RIGHT}px) * ${held.toFixed(6)})`;
}

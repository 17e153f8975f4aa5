import type { Pane } from "./pane.ts";

/** Room at the right for the value axis, at the bottom for the time axis, above each pane for its head. */
export const PLOT_LEFT = 8;
export const PLOT_RIGHT = 62;
export const HEAD_HEIGHT = 26;
const TIME_AXIS_HEIGHT = 26;

export type PlacedPane = { pane: Pane; headTop: number; top: number; height: number };

export type PaneLayout = { panes: readonly PlacedPane[]; height: number; plotBottom: number };

/** Where each pane stands, in pixels from the top. */
export function paneLayout(panes: readonly Pane[]): PaneLayout {
  let headTop = 0;
  const placed = panes.map((pane) => {
    const top = headTop + HEAD_HEIGHT;
    const place = { pane, headTop, top, height: pane.height };
    headTop = top + pane.height;
    return place;
  });
  return { panes: placed, height: headTop + TIME_AXIS_HEIGHT, plotBottom: headTop };
}

import { niceBounds } from "./nice-bounds.ts";
import type { Pane } from "./pane.ts";

const STEP_PX = 48;

/**
 * Ends and step of the value axis of a pane: all that is drawn, its thresholds, and zero where areas, bars or
 * thresholds stand on it; null where everything is one value, or nothing is.
 *
 * @param height of the pane, pixels
 */
export function paneBounds(pane: Pane, height: number): ReturnType<typeof niceBounds> | null {
  const thresholds = pane.thresholds ?? [];
  const standsOnZero =
    thresholds.length > 0 || pane.lines.some(({ shape }) => shape === "area" || shape === "bars");
  let low = standsOnZero ? 0 : Number.POSITIVE_INFINITY;
  let high = standsOnZero ? 0 : Number.NEGATIVE_INFINITY;
  const hold = (value: number | null) => {
    if (value === null) return;
    if (value < low) low = value;
    if (value > high) high = value;
  };
  for (const { value } of thresholds) hold(value);
  for (const { points, shape } of pane.lines) {
    if (shape !== "none") for (const [, value] of points) hold(value);
  }
  for (const row of pane.candles?.rows ?? []) {
    hold(row.low);
    hold(row.high);
  }
  return high > low ? niceBounds(low, high, axisSteps(height) + 1) : null;
}

/** About how many steps the value axis of a pane has. */
export function axisSteps(height: number): number {
  return Math.max(2, Math.round(height / STEP_PX));
}

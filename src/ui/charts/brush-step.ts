import type { Brush } from "./parallel-lines.ts";

const STEP = 0.05;
const LEAST = 0.05;

/**
 * The brush after a key: up and down move it, with Shift its upper edge; Escape and Delete take it away.
 *
 * @param brush as it is; null: none, and the upper or lower half is what a first key makes
 * @returns null: none; undefined: no key of ours
 */
export function brushAfterKey(
  brush: Brush | null,
  key: string,
  isShifted: boolean,
): Brush | null | undefined {
  if (key === "Escape" || key === "Delete" || key === "Backspace") return null;
  if (key !== "ArrowUp" && key !== "ArrowDown") return undefined;
  const up = key === "ArrowUp";
  if (brush === null) return up ? { low: 0.5, high: 1 } : { low: 0, high: 0.5 };
  const { low, high } = brush;
  const move = up ? STEP : -STEP;
  if (isShifted) return { low, high: Math.min(1, Math.max(low + LEAST, high + move)) };
  const held = Math.min(1 - high, Math.max(-low, move));
  return { low: low + held, high: high + held };
}

/** The brush that a drag makes, from where it began to where it is; null where it is a mere click. */
export function brushOfDrag(from: number, to: number): Brush | null {
  const low = Math.max(0, Math.min(from, to));
  const high = Math.min(1, Math.max(from, to));
  return high - low < LEAST / 2 ? null : { low, high };
}

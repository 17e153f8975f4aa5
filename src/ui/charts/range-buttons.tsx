"use client";

import type { TimeWindow } from "#contracts/interval.ts";
import { timeRanges } from "./time-range.ts";

export function RangeButtons(props: {
  extent: TimeWindow;
  window: TimeWindow;
  intervalMs: number;
  onWindowChange: (window: TimeWindow | null) => void;
  /** A span may be chosen soon: its button is pointed at or has the focus. */
  onWindowNear?: ((window: TimeWindow) => void) | undefined;
}) {
  const { extent, window, intervalMs, onWindowChange, onWindowNear } = props;
  return (
    <fieldset className="flex gap-0.5">
      <legend className="sr-only">Range</legend>
      {timeRanges(extent, intervalMs).map((range) => {
        const target = range.window ?? extent;
        const isShown = target.startMs === window.startMs && target.endMs === window.endMs;
        const onNear = () => {
          if (range.window !== null) onWindowNear?.(range.window);
        };
        return (
          <button
            key={range.label}
            type="button"
            aria-pressed={isShown}
            onPointerEnter={onNear}
            onFocus={onNear}
            onClick={() => onWindowChange(range.window)}
            className="h-7 min-w-8 rounded px-2 text-xs font-medium text-muted hover:bg-surface-2 hover:text-text aria-pressed:bg-surface-2 aria-pressed:text-text"
          >
            {range.label}
          </button>
        );
      })}
    </fieldset>
  );
}

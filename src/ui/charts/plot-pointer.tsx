"use client";

import { type KeyboardEvent, type PointerEvent, useState } from "react";
import type { TimeWindow } from "#contracts/interval.ts";
import { nearestPoint } from "./line-chart-data.ts";
import type { PaneLayout } from "./pane-layout.ts";
import { HEAD_HEIGHT } from "./pane-layout.ts";
import { leftOfTime, timeAtX } from "./plot-position.ts";
import { steppedWindow } from "./time-range.ts";

export type PlotPointerProps = {
  layout: PaneLayout;
  window: TimeWindow;
  /** What keys zoom and move from: pressed quickly, they are ahead of what is drawn. */
  asked: TimeWindow;
  extent: TimeWindow;
  intervalMs: number;
  pointerMs: number | null;
  onPointerChange: (timeMs: number | null) => void;
  onWindowChange: (window: TimeWindow | null) => void;
  ariaLabel: string;
};

/** A press that moves less than this is a click, not a drag. */
const DRAG_FROM_PX = 6;

type Drag = { fromX: number; fromMs: number; toMs: number; moved: boolean };

/** Crosshair, drag to zoom and the keyboard, over the picture and in no need of drawing it again. */
export function PlotPointer(props: PlotPointerProps) {
  const { layout, window, extent, intervalMs, pointerMs, onPointerChange, onWindowChange } = props;
  const [drag, setDrag] = useState<Drag | null>(null);
  const snap = (timeMs: number) => snapped(layout, timeMs);

  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    const { x, timeMs } = positionOf(event, window);
    onPointerChange(snap(timeMs));
    if (drag === null) return;
    setDrag({
      ...drag,
      toMs: timeMs,
      moved: drag.moved || Math.abs(x - drag.fromX) >= DRAG_FROM_PX,
    });
  };
  const endDrag = () => {
    setDrag(null);
    if (drag === null || !drag.moved) return;
    const startMs = Math.round(Math.min(drag.fromMs, drag.toMs));
    const endMs = Math.round(Math.max(drag.fromMs, drag.toMs));
    if (endMs - startMs >= 2 * intervalMs) onWindowChange({ startMs, endMs });
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const change = KEY_CHANGES[event.key];
    if (event.key === "Escape" || event.key === "0") onWindowChange(null);
    else if (change !== undefined)
      onWindowChange(steppedWindow(props.asked, extent, change, intervalMs));
    else if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
      const direction = event.key === "ArrowRight" ? 1 : -1;
      const step = Math.max(intervalMs, (window.endMs - window.startMs) / 200);
      const from = pointerMs ?? (window.startMs + window.endMs) / 2;
      const to = Math.min(window.endMs, Math.max(window.startMs, from + direction * step));
      onPointerChange(snap(to));
    } else return;
    event.preventDefault();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: no element stands for a plot that takes keys
    <div
      role="group"
      aria-label={`${props.ariaLabel}: arrows move the crosshair, plus and minus zoom, Escape resets`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the plot takes keys
      tabIndex={0}
      className="absolute inset-x-0 top-0 cursor-crosshair touch-pan-y -outline-offset-2"
      style={{ height: layout.plotBottom }}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        const { x, timeMs } = positionOf(event, window);
        setDrag({ fromX: x, fromMs: timeMs, toMs: timeMs, moved: false });
      }}
      onPointerMove={onPointerMove}
      onPointerUp={endDrag}
      onPointerCancel={() => setDrag(null)}
      onPointerLeave={() => onPointerChange(null)}
      onBlur={() => onPointerChange(null)}
      onDoubleClick={() => onWindowChange(null)}
      onKeyDown={onKeyDown}
    >
      {pointerMs === null ? null : (
        <div
          className="pointer-events-none absolute bottom-0 w-px bg-muted/60"
          style={{ left: leftOfTime(pointerMs, window), top: HEAD_HEIGHT }}
        />
      )}
      {drag?.moved === true ? (
        <div
          className="pointer-events-none absolute bottom-0 border-x border-accent bg-accent/15"
          style={{
            top: HEAD_HEIGHT,
            left: leftOfTime(Math.min(drag.fromMs, drag.toMs), window),
            width: `calc(${leftOfTime(Math.max(drag.fromMs, drag.toMs), window)} - ${leftOfTime(Math.min(drag.fromMs, drag.toMs), window)})`,
          }}
        />
      ) : null}
    </div>
  );
}

const KEY_CHANGES: Readonly<Record<string, { shift: number; scale: number }>> = {
  "+": { shift: 0, scale: 0.5 },
  "=": { shift: 0, scale: 0.5 },
  "-": { shift: 0, scale: 2 },
  PageUp: { shift: -0.5, scale: 1 },
  PageDown: { shift: 0.5, scale: 1 },
};

function positionOf(event: PointerEvent<HTMLElement>, window: TimeWindow) {
  const box = event.currentTarget.getBoundingClientRect();
  const x = event.clientX - box.left;
  return { x, timeMs: timeAtX(x, box.width, window) };
}

/** The crosshair stands on a bar, never between two. */
function snapped(layout: PaneLayout, timeMs: number): number {
  const points = layout.panes[0]?.pane.lines[0]?.points ?? [];
  return nearestPoint(points, timeMs)?.[0] ?? timeMs;
}

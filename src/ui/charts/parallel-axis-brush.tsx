"use client";

import { type KeyboardEvent, type PointerEvent, useState } from "react";
import { brushAfterKey, brushOfDrag } from "./brush-step.ts";
import type { Brush, ParallelAxis } from "./parallel-lines.ts";

export type ParallelAxisBrushProps = {
  axis: ParallelAxis;
  /** 0 at the left edge, 1 at the right. */
  place: number;
  isLast: boolean;
  brush: Brush | null;
  onBrush: (brush: Brush | null) => void;
};

/** One axis with its values, and the span that trials must cross it within. */
export function ParallelAxisBrush(props: ParallelAxisBrushProps) {
  const { axis, place, isLast, brush, onBrush } = props;
  const [drag, setDrag] = useState<{ from: number; to: number } | null>(null);
  const shown = drag === null ? brush : brushOfDrag(drag.from, drag.to);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const next = brushAfterKey(brush, event.key, event.shiftKey);
    if (next === undefined) return;
    event.preventDefault();
    onBrush(next);
  };
  return (
    <div className="absolute inset-y-0" style={{ left: `${place * 100}%` }}>
      <p
        className={`absolute bottom-full mb-3 w-28 -translate-x-1/2 text-center text-xs leading-tight font-medium text-balance ${isLast ? "text-accent" : ""}`}
      >
        {axis.name}
      </p>
      {/* biome-ignore lint/a11y/useSemanticElements: no element stands for an axis that takes keys */}
      <div
        role="group"
        aria-label={`${axis.name}: drag to choose a span. Arrow keys move it, with Shift its upper edge, Escape clears it`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the axis takes keys
        tabIndex={0}
        className="absolute -inset-x-3.5 -inset-y-1 cursor-ns-resize touch-none rounded"
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          const at = heightAt(event);
          setDrag({ from: at, to: at });
        }}
        onPointerMove={(event) => {
          if (drag !== null) setDrag({ ...drag, to: heightAt(event) });
        }}
        onPointerUp={() => {
          if (drag !== null) onBrush(brushOfDrag(drag.from, drag.to));
          setDrag(null);
        }}
        onPointerCancel={() => setDrag(null)}
        onKeyDown={onKeyDown}
      />
      <div className="pointer-events-none absolute inset-y-0 w-px bg-line-strong" />
      {shown === null ? null : (
        <div
          className="pointer-events-none absolute -left-2 w-4 rounded-sm border border-accent bg-accent/25"
          style={{ bottom: `${shown.low * 100}%`, height: `${(shown.high - shown.low) * 100}%` }}
        />
      )}
      {axis.ticks.map(({ height, label }) => (
        <span
          key={height}
          className="pointer-events-none absolute left-1.5 translate-y-1/2 rounded bg-surface/85 px-0.5 text-[11px] whitespace-nowrap tabular-nums"
          style={{ bottom: `${height * 100}%` }}
        >
          {label}
        </span>
      ))}
    </div>
  );
}

/** Padding of the grip above and below its axis, in pixels. */
const OVERHANG_PX = 4;

function heightAt(event: PointerEvent<HTMLElement>): number {
  const box = event.currentTarget.getBoundingClientRect();
  const height = box.height - 2 * OVERHANG_PX;
  return (box.bottom - OVERHANG_PX - event.clientY) / height;
}

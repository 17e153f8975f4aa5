"use client";

import { formatTime, NO_VALUE } from "../format.ts";
import type { ChartColour } from "./chart-palette.ts";
import { nearestPoint } from "./line-chart-data.ts";
import type { Pane, PaneLine } from "./pane.ts";
import type { PaneLayout } from "./pane-layout.ts";

/** Written out, because the style sheet is built from the class names that stand in the source. */
const SWATCHES: Partial<Record<ChartColour, string>> = {
  legY: "bg-leg-y",
  legX: "bg-leg-x",
  spread: "bg-spread",
  zScore: "bg-z-score",
  equity: "bg-equity",
  drawdown: "bg-drawdown",
  long: "bg-long",
  short: "bg-short",
  entry: "bg-entry",
  exit: "bg-exit",
  stop: "bg-stop",
  threshold: "bg-threshold",
  benchmark: "bg-benchmark",
  accent: "bg-accent",
  muted: "bg-muted",
};

/** The name of every line beside its value under the crosshair, in place of a legend and a tooltip. */
export function PaneHeads(props: {
  layout: PaneLayout;
  pointerMs: number | null;
  /** Of a bar: what the pointer's time is rounded to. */
  intervalMs: number;
  note: string | null;
}) {
  const { layout, pointerMs, intervalMs, note } = props;
  return (
    <div className="pointer-events-none absolute inset-0 text-xs">
      {layout.panes.map(({ pane, headTop }, index) => (
        <div
          key={pane.id}
          style={{ top: headTop }}
          className="absolute inset-x-2 flex h-[26px] items-center gap-x-3 overflow-hidden whitespace-nowrap"
        >
          <span className="font-medium text-text">{pane.title}</span>
          {pane.lines.map((line) => (
            <LineReadout key={line.name} pane={pane} line={line} pointerMs={pointerMs} />
          ))}
          {pane.about === undefined ? null : (
            <span className="min-w-0 truncate text-muted">{pane.about}</span>
          )}
          {index === 0 && pointerMs !== null ? (
            <span className="ml-auto text-muted tabular-nums">
              {note === null ? null : `${note} · `}
              {formatTime(pointerMs, intervalMs)}
            </span>
          ) : null}
        </div>
      ))}
    </div>
  );
}

function LineReadout(props: { pane: Pane; line: PaneLine; pointerMs: number | null }) {
  const { pane, line, pointerMs } = props;
  const points = line.readout ?? line.points;
  const point = pointerMs === null ? points.at(-1) : nearestPoint(points, pointerMs);
  const value = point?.[1] ?? null;
  const format = pane.formatReadout ?? pane.format;
  // A pane of one line needs no name beside its title.
  const showsName = pane.lines.length > 1;
  const swatch = `h-0.5 flex-1 rounded ${SWATCHES[line.colour] ?? "bg-muted"}`;
  return (
    <span className="flex items-center gap-1.5">
      <span aria-hidden className="flex w-3 gap-0.5">
        <span className={swatch} />
        {line.dashed === true ? <span className={swatch} /> : null}
      </span>
      {showsName ? <span className="text-muted">{line.name}</span> : null}
      <span className="text-text tabular-nums">{value === null ? NO_VALUE : format(value)}</span>
    </span>
  );
}

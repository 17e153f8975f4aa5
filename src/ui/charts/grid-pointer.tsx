"use client";

import { type KeyboardEvent, type PointerEvent, useMemo, useState } from "react";
import type { GridCell, TrialGrid } from "./trial-grid.ts";
import { HEAT_MARGINS } from "./trial-heat-map-option.ts";

export type GridPointerProps = {
  grid: TrialGrid;
  pinnedRow: number | null;
  onHover: (cell: GridCell | null) => void;
  onPin: (row: number | null) => void;
  ariaLabel: string;
};

type Place = { readonly x: number; readonly y: number };

/** Pointer and keyboard over the squares of a map, in no need of drawing them again. */
export function GridPointer({ grid, pinnedRow, onHover, onPin, ariaLabel }: GridPointerProps) {
  const [place, setPlace] = useState<Place | null>(null);
  const columns = grid.x.labels.length;
  const rows = grid.y.labels.length;
  // Memoised because every movement of the pointer looks a square up.
  const cellAt = useMemo(
    () => new Map(grid.cells.map((cell) => [cell.y * columns + cell.x, cell])),
    [grid, columns],
  );
  const go = (next: Place | null) => {
    if (next?.x === place?.x && next?.y === place?.y) return;
    setPlace(next);
    onHover(next === null ? null : (cellAt.get(next.y * columns + next.x) ?? null));
  };
  const pin = (at: Place | null) => {
    const cell = at === null ? undefined : cellAt.get(at.y * columns + at.x);
    if (cell === undefined || cell.bestRow === null) return;
    onPin(cell.bestRow === pinnedRow ? null : cell.bestRow);
  };
  const placeOf = (event: PointerEvent<HTMLElement>): Place => {
    const box = event.currentTarget.getBoundingClientRect();
    const across = (event.clientX - box.left) / box.width;
    const up = (box.bottom - event.clientY) / box.height;
    return { x: held(Math.floor(across * columns), columns), y: held(Math.floor(up * rows), rows) };
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const move = MOVES[event.key];
    if (move !== undefined) {
      const from = place ?? { x: -1, y: 0 };
      go({ x: held(from.x + move.x, columns), y: held(from.y + move.y, rows) });
    } else if (event.key === "Enter" || event.key === " ") pin(place);
    else if (event.key === "Escape") onPin(null);
    else return;
    event.preventDefault();
  };
  const pinned =
    pinnedRow === null
      ? null
      : { x: grid.x.stepOf[pinnedRow] ?? 0, y: grid.y.stepOf[pinnedRow] ?? 0 };
  return (
    // biome-ignore lint/a11y/useSemanticElements: no element stands for a plot that takes keys
    <div
      role="group"
      aria-label={`${ariaLabel}: arrows move, Enter pins the best trial of a square, Escape lets go`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the plot takes keys
      tabIndex={0}
      className="absolute cursor-pointer outline-offset-2"
      style={HEAT_MARGINS}
      onPointerMove={(event) => go(placeOf(event))}
      onPointerLeave={() => go(null)}
      onBlur={() => go(null)}
      onClick={() => pin(place)}
      onKeyDown={onKeyDown}
    >
      {pinned === null ? null : (
        <Square place={pinned} columns={columns} rows={rows} className="border-[3px] border-text" />
      )}
      {place === null ? null : (
        <Square place={place} columns={columns} rows={rows} className="border-2 border-text" />
      )}
    </div>
  );
}

const MOVES: Readonly<Record<string, Place>> = {
  ArrowRight: { x: 1, y: 0 },
  ArrowLeft: { x: -1, y: 0 },
  ArrowUp: { x: 0, y: 1 },
  ArrowDown: { x: 0, y: -1 },
};

function Square(props: { place: Place; columns: number; rows: number; className: string }) {
  const { place, columns, rows, className } = props;
  return (
    <div
      className={`pointer-events-none absolute ${className}`}
      style={{
        left: `${(place.x / columns) * 100}%`,
        bottom: `${(place.y / rows) * 100}%`,
        width: `${100 / columns}%`,
        height: `${100 / rows}%`,
      }}
    />
  );
}

/** A place that stays on the map. */
function held(step: number, count: number): number {
  return Math.min(count - 1, Math.max(0, step));
}

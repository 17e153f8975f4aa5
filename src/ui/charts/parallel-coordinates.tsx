"use client";

import { useMemo } from "react";
import { ParallelAxisBrush } from "./parallel-axis-brush.tsx";
import {
  type Brush,
  brushedRows,
  drawnRows,
  linesPath,
  type ParallelAxis,
} from "./parallel-lines.ts";

export type ParallelCoordinatesProps = {
  /** Two or more; the last is the objective. */
  axes: readonly ParallelAxis[];
  /** Trials that count, the best last. */
  ranked: Int32Array;
  brushes: Readonly<Record<string, Brush>>;
  /** Those that the lines follow, which may be a moment behind. */
  shownBrushes: Readonly<Record<string, Brush>>;
  onBrush: (axis: string, brush: Brush | null) => void;
  pinnedRow: number | null;
  ariaLabel: string;
};

const SIZE = { width: 1_000, height: 300 };
const HEIGHT_PX = 320;

/** Lines from poor to good: shares of them up to which a strength holds. The best few stand out. */
const BANDS = [
  { upTo: 0.5, opacity: 0.12 },
  { upTo: 0.8, opacity: 0.2 },
  { upTo: 0.95, opacity: 0.4 },
  { upTo: 1, opacity: 0.95 },
] as const;

/** Lines outside the brushes, drawn faintly for orientation. */
const FADED_MAX = 400;

/** Pixels between axes below which names cannot be read: the picture scrolls instead. */
const AXIS_GAP_PX = 104;

/** Every trial a line over its parameters to its objective, the better the stronger. */
export function ParallelCoordinates(props: ParallelCoordinatesProps) {
  const { axes, ranked, brushes, shownBrushes, onBrush, pinnedRow, ariaLabel } = props;
  // Memoised because a pinned trial renders this, and 100,000 trials are looked through each time.
  const { faded, bands } = useMemo(
    () => paths(axes, ranked, shownBrushes),
    [axes, ranked, shownBrushes],
  );
  return (
    <section
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      aria-label="Lines, scroll sideways"
      className="overflow-x-auto -outline-offset-2"
    >
      <div
        className="relative mx-16 mt-10 mb-4"
        style={{ height: HEIGHT_PX, minWidth: (axes.length - 1) * AXIS_GAP_PX }}
      >
        <svg
          role="img"
          aria-label={ariaLabel}
          viewBox={`0 0 ${SIZE.width} ${SIZE.height}`}
          preserveAspectRatio="none"
          className="absolute inset-0 size-full overflow-visible"
          fill="none"
        >
          <path
            d={faded}
            className="stroke-muted"
            strokeOpacity={0.12}
            vectorEffect="non-scaling-stroke"
          />
          {bands.map(({ path, opacity }) => (
            <path
              key={opacity}
              d={path}
              className="stroke-accent"
              strokeOpacity={opacity}
              vectorEffect="non-scaling-stroke"
            />
          ))}
          {pinnedRow === null ? null : (
            <path
              d={linesPath(axes, Int32Array.of(pinnedRow), SIZE)}
              className="stroke-text"
              strokeWidth={2.5}
              vectorEffect="non-scaling-stroke"
            />
          )}
        </svg>
        {axes.map((axis, i) => (
          <ParallelAxisBrush
            key={axis.name}
            axis={axis}
            place={axes.length < 2 ? 0 : i / (axes.length - 1)}
            isLast={i === axes.length - 1}
            brush={brushes[axis.name] ?? null}
            onBrush={(brush) => onBrush(axis.name, brush)}
          />
        ))}
      </div>
    </section>
  );
}

function paths(
  axes: readonly ParallelAxis[],
  ranked: Int32Array,
  brushes: Readonly<Record<string, Brush>>,
) {
  const isBrushed = Object.keys(brushes).length > 0;
  const drawn = drawnRows(brushedRows(axes, brushes, ranked));
  const all = isBrushed ? drawnRows(ranked, FADED_MAX) : new Int32Array();
  const bands = BANDS.map(({ upTo, opacity }, i) => {
    const from = Math.floor((BANDS[i - 1]?.upTo ?? 0) * drawn.length);
    const to = Math.floor(upTo * drawn.length);
    return { opacity, path: linesPath(axes, drawn.subarray(from, to), SIZE) };
  });
  return { faded: linesPath(axes, all, SIZE), bands };
}

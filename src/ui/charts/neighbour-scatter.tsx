"use client";

import { niceBounds } from "./nice-bounds.ts";
import { useIsNarrow } from "./use-is-narrow.ts";

export type NeighbourPoint = {
  readonly trial: number;
  /** Place among the best, from 1. */
  readonly rank: number;
  readonly own: number;
  readonly neighbours: number;
  /** What is said on hover. */
  readonly words: string;
};

export type NeighbourScatterProps = {
  points: readonly NeighbourPoint[];
  /** Name of the objective. */
  label: string;
  format: (value: number) => string;
  pinnedTrial: number | null;
  onPin: (trial: number | null) => void;
};

const HEIGHT = 330;
/** Drawn at its own size, so that letters are as large as elsewhere. */
const WIDTHS = { narrow: 330, wide: 640 } as const;
const LEFT = 62;
const RIGHT = 14;
const TOP = 16;
const BOTTOM = 44;

/** The best trials against their neighbours: on the dashed line both are as good, far above it stand lone peaks. */
export function NeighbourScatter(props: NeighbourScatterProps) {
  const { points, label, format, pinnedTrial, onPin } = props;
  const width = useIsNarrow() ? WIDTHS.narrow : WIDTHS.wide;
  const values = points.flatMap(({ own, neighbours }) => [own, neighbours]);
  const across = boundsOf(points.map(({ neighbours }) => neighbours));
  const up = boundsOf(points.map(({ own }) => own));
  const x = (value: number) =>
    LEFT + ((value - across.min) / (across.max - across.min)) * (width - LEFT - RIGHT);
  const y = (value: number) =>
    HEIGHT - BOTTOM - ((value - up.min) / (up.max - up.min)) * (HEIGHT - TOP - BOTTOM);
  // Where own and neighbours are equal, as far as both axes reach.
  const from = Math.max(across.min, up.min);
  const to = Math.min(across.max, up.max);
  const best = points.find(({ rank }) => rank === 1);
  return (
    <svg
      role="img"
      aria-label={`${label} of the ${points.length} best trials against the median of their neighbours, from ${format(Math.min(...values))} to ${format(Math.max(...values))}. The list of best trials has the same figures.`}
      viewBox={`0 0 ${width} ${HEIGHT}`}
      className="w-full max-w-[640px]"
    >
      {ticksOf(up).map((value) => (
        <g key={`y${value}`}>
          <line x1={LEFT} x2={width - RIGHT} y1={y(value)} y2={y(value)} className="stroke-line" />
          <text
            x={LEFT - 6}
            y={y(value) + 4}
            textAnchor="end"
            className="fill-muted text-[11px] tabular-nums"
          >
            {format(value)}
          </text>
        </g>
      ))}
      {ticksOf(across).map((value) => (
        <text
          key={`x${value}`}
          x={x(value)}
          y={HEIGHT - BOTTOM + 16}
          textAnchor="middle"
          className="fill-muted text-[11px] tabular-nums"
        >
          {format(value)}
        </text>
      ))}
      {to > from ? (
        <line
          x1={x(from)}
          x2={x(to)}
          y1={y(from)}
          y2={y(to)}
          className="stroke-threshold"
          strokeDasharray="5 4"
        />
      ) : null}
      {points
        .toSorted((a, b) => b.rank - a.rank)
        .map(({ trial, rank, own, neighbours, words }) => (
          // biome-ignore lint/a11y/noStaticElementInteractions: the table pins trials by keyboard
          <circle
            key={trial}
            cx={x(neighbours)}
            cy={y(own)}
            r={trial === pinnedTrial ? 7 : rank === 1 ? 6 : 4}
            onClick={() => onPin(trial === pinnedTrial ? null : trial)}
            className={`cursor-pointer stroke-surface ${trial === pinnedTrial ? "fill-text" : rank === 1 ? "fill-accent" : "fill-accent/45 hover:fill-accent"}`}
          >
            <title>{words}</title>
          </circle>
        ))}
      {best === undefined ? null : (
        <text
          x={x(best.neighbours) + (x(best.neighbours) > width / 2 ? -10 : 10)}
          y={y(best.own) + 4}
          textAnchor={x(best.neighbours) > width / 2 ? "end" : "start"}
          className="fill-text text-[12px] font-semibold"
        >
          best
        </text>
      )}
      <text x={LEFT} y={11} className="fill-muted text-[11px]">
        ↑ {label} of the trial
      </text>
      <text x={width - RIGHT} y={HEIGHT - 8} textAnchor="end" className="fill-muted text-[11px]">
        Median of its neighbours →
      </text>
    </svg>
  );
}

type Bounds = ReturnType<typeof niceBounds>;

function boundsOf(values: readonly number[]): Bounds {
  return niceBounds(Math.min(...values), Math.max(...values), 4);
}

function ticksOf({ min, max, interval }: Bounds): number[] {
  const steps = Math.round((max - min) / interval);
  return Array.from({ length: steps + 1 }, (_, i) => min + i * interval);
}

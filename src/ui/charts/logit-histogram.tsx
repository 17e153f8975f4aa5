"use client";

import { histogram } from "#quant/performance/histogram.ts";
import { useIsNarrow } from "./use-is-narrow.ts";

/** Drawn at its own size, so that letters are as large as elsewhere. */
const WIDTHS = { narrow: 330, wide: 640 } as const;
const HEIGHT = 200;
const TOP = 22;
const BOTTOM = 24;
const BINS_MAX = 30;

/**
 * Where the best of one half of the time stood in the other half: at 0 in the middle of all trials, below it
 * among the worse. Those below are hatched, so that the side does not hang on the colour.
 */
export function LogitHistogram({ logits }: { logits: readonly number[] }) {
  const width = useIsNarrow() ? WIDTHS.narrow : WIDTHS.wide;
  if (logits.length === 0) return null;
  const { edges, counts } = histogram(Float64Array.from(logits), { binsMax: BINS_MAX });
  const low = Math.min(edges[0] ?? 0, 0);
  const high = Math.max(edges.at(-1) ?? 0, 0);
  const most = counts.reduce((larger, count) => Math.max(larger, count), 1);
  const x = (value: number) => ((value - low) / (high - low || 1)) * width;
  const y = (count: number) => HEIGHT - BOTTOM - (count / most) * (HEIGHT - TOP - BOTTOM);
  const below = logits.filter((logit) => logit < 0).length;
  return (
    <svg
      role="img"
      aria-label={`Logits of ${logits.length} ways to split the time: ${below} below 0, where the best of one half is in the worse half of the other`}
      viewBox={`0 0 ${width} ${HEIGHT}`}
      className="w-full max-w-[640px]"
    >
      <defs>
        <pattern id="logit-below" width="6" height="6" patternUnits="userSpaceOnUse">
          <path d="M0 6L6 0M-1 1L1 -1M5 7L7 5" className="stroke-bad" strokeWidth="1.5" />
        </pattern>
      </defs>
      {Array.from(counts, (count, bin) => {
        const from = edges[bin] ?? 0;
        const to = edges[bin + 1] ?? 0;
        const isBelow = to <= 0;
        return (
          <rect
            key={from}
            x={x(from) + 0.5}
            y={y(count)}
            width={Math.max(1, x(to) - x(from) - 1)}
            height={HEIGHT - BOTTOM - y(count)}
            fill={isBelow ? "url(#logit-below)" : undefined}
            className={isBelow ? "stroke-bad" : "fill-accent/70"}
          >
            <title>{`${Number(from.toPrecision(3))} to ${Number(to.toPrecision(3))}: ${count}`}</title>
          </rect>
        );
      })}
      <line x1={0} x2={width} y1={HEIGHT - BOTTOM} y2={HEIGHT - BOTTOM} className="stroke-line" />
      <line x1={x(0)} x2={x(0)} y1={TOP - 6} y2={HEIGHT - BOTTOM} className="stroke-text" />
      <text x={x(0) - 6} y={12} textAnchor="end" className="fill-bad text-[11px]">
        {x(0) > 150 ? "← among the worse half" : ""}
      </text>
      <text x={x(0) + 6} y={12} className="fill-accent text-[11px]">
        {width - x(0) > 150 ? "among the better half →" : ""}
      </text>
      <text x={x(0)} y={HEIGHT - 8} textAnchor="middle" className="fill-muted text-[11px]">
        0
      </text>
    </svg>
  );
}

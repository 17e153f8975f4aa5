import { formatFigure } from "#ui/format-figure.ts";
import { METRIC_DEFINITIONS } from "#ui/metric-definitions.ts";
import { type ComparedFigure, medianSlope, type Slope } from "./window-figures.ts";

const WIDTH = 420;
const HEIGHT = 260;
const LEFT = 120;
const RIGHT = 300;
const TOP = 30;
const BOTTOM = 14;

/** What each window showed where it learned, and what became of it where it traded. */
export function SlopeChart(props: {
  slopes: readonly Slope[];
  figure: ComparedFigure;
  chosen: number | null;
}) {
  const { slopes, figure, chosen } = props;
  const { label, format } = METRIC_DEFINITIONS[figure];
  const middle = medianSlope(slopes);
  if (middle === null) {
    return <p className="text-sm text-muted">No window has this figure on both sides.</p>;
  }
  const values = slopes.flatMap(({ inSample, outOfSample }) => [inSample, outOfSample]);
  const low = Math.min(0, ...values);
  const high = Math.max(0, ...values);
  const y = (value: number) =>
    HEIGHT - BOTTOM - ((value - low) / Math.max(high - low, 1e-12)) * (HEIGHT - TOP - BOTTOM);
  const text = (value: number) => formatFigure(format, value);
  const worse = slopes.filter(({ inSample, outOfSample }) => outOfSample < inSample).length;
  return (
    <svg
      role="img"
      aria-label={`${label} of ${slopes.length} windows: median ${text(middle.inSample)} in sample, ${text(middle.outOfSample)} out of sample; lower out of sample in ${worse}`}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      className="w-full max-w-xl"
    >
      <text x={LEFT} y={14} textAnchor="middle" className="fill-in-sample text-[12px] font-medium">
        In sample
      </text>
      <text
        x={RIGHT}
        y={14}
        textAnchor="middle"
        className="fill-out-of-sample text-[12px] font-medium"
      >
        Out of sample
      </text>
      {[LEFT, RIGHT].map((x) => (
        <line key={x} x1={x} x2={x} y1={TOP} y2={HEIGHT - BOTTOM} className="stroke-line" />
      ))}
      <line
        x1={LEFT}
        x2={RIGHT}
        y1={y(0)}
        y2={y(0)}
        className="stroke-line-strong"
        strokeDasharray="3 3"
      />
      <text x={LEFT - 8} y={y(0) + 4} textAnchor="end" className="fill-muted text-[11px]">
        0
      </text>
      {slopes.map(({ window, inSample, outOfSample }) => {
        const isChosen = window === chosen;
        return (
          <g key={window} className={isChosen ? "" : "opacity-60"}>
            <title>{`Window ${window + 1}: ${text(inSample)} → ${text(outOfSample)}`}</title>
            <line
              x1={LEFT}
              x2={RIGHT}
              y1={y(inSample)}
              y2={y(outOfSample)}
              className={isChosen ? "stroke-accent" : "stroke-muted"}
              strokeWidth={isChosen ? 2 : 1}
            />
            <circle cx={LEFT} cy={y(inSample)} r={3} className="fill-in-sample" />
            <rect
              x={RIGHT - 3}
              y={y(outOfSample) - 3}
              width={6}
              height={6}
              className="fill-out-of-sample"
            />
          </g>
        );
      })}
      <line
        x1={LEFT}
        x2={RIGHT}
        y1={y(middle.inSample)}
        y2={y(middle.outOfSample)}
        className="stroke-text"
        strokeWidth={2.5}
      />
      <text
        x={LEFT - 8}
        y={apart(y(middle.inSample), y(0))}
        textAnchor="end"
        className="fill-text text-[12px] font-semibold"
      >
        median {text(middle.inSample)}
      </text>
      <text
        x={RIGHT + 8}
        y={y(middle.outOfSample) + 4}
        className="fill-text text-[12px] font-semibold"
      >
        {text(middle.outOfSample)}
      </text>
    </svg>
  );
}

/** The place of a label that must not lie on the one of zero. */
function apart(at: number, zero: number): number {
  const gap = 13;
  if (Math.abs(at - zero) >= gap) return at + 4;
  return at <= zero ? zero - gap + 4 : zero + gap + 4;
}

import { SyntheticBadge } from "#ui/synthetic-badge.tsx";
import {
  LANDING_THRESHOLDS,
  type LandingMarker,
  landingFigureData,
} from "./landing-figure-data.ts";
import { type PaneScale, paneX, paneY, rangeOf, seriesPath } from "./svg-path.ts";

const WIDTH = 640;
const HEIGHT = 372;
/** Room at the right for the labels of the lines, which stand outside of them. */
const PLOT_WIDTH = 596;
const DATA = landingFigureData();
const PRICES: PaneScale = {
  width: PLOT_WIDTH,
  top: 28,
  height: 160,
  ...rangeOf(DATA.pricesY, DATA.pricesX),
};
const Z_SCORES: PaneScale = { width: PLOT_WIDTH, top: 232, height: 132, low: -3.2, high: 3.2 };

/** A picture of what Pairdesk does, computed by its own strategy from prices that a seed made. */
export function LandingFigure() {
  return (
    <figure className="rounded-lg border border-line bg-surface p-4">
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        className="h-auto w-full overflow-visible"
        role="img"
        aria-labelledby="landing-figure-title"
      >
        <title id="landing-figure-title">
          Two synthetic prices that move together, and the z-score of their spread with the entries
          and exits of the strategy
        </title>
        <PaneTitle y={16}>Prices</PaneTitle>
        <LineLabel values={DATA.pricesY} className="fill-leg-y">
          Leg Y
        </LineLabel>
        <LineLabel values={DATA.pricesX} className="fill-leg-x">
          Leg X
        </LineLabel>
        <path
          d={seriesPath(DATA.pricesX, PRICES)}
          className="fill-none stroke-leg-x"
          strokeWidth={1.5}
        />
        <path
          d={seriesPath(DATA.pricesY, PRICES)}
          className="fill-none stroke-leg-y"
          strokeWidth={1.5}
        />
        <line x1={0} x2={WIDTH} y1={204} y2={204} className="stroke-line" />
        <PaneTitle y={222}>Z-score of the spread</PaneTitle>
        <Threshold value={LANDING_THRESHOLDS.entryZScore} />
        <Threshold value={LANDING_THRESHOLDS.exitZScore} />
        <Threshold value={-LANDING_THRESHOLDS.entryZScore} />
        <path
          d={seriesPath(DATA.zScore, Z_SCORES)}
          className="fill-none stroke-z-score"
          strokeWidth={1.5}
        />
        {DATA.markers.map((marker) => (
          <Marker key={marker.bar} marker={marker} />
        ))}
      </svg>
      <figcaption className="mt-3 flex flex-wrap gap-x-4 gap-y-1 text-muted text-xs">
        <span>▲ long the spread</span>
        <span>▼ short the spread</span>
        <span>● exit at the mean</span>
        <span className="ml-auto">
          <SyntheticBadge />
        </span>
      </figcaption>
    </figure>
  );
}

function PaneTitle({ y, children }: { y: number; children: string }) {
  return (
    <text x={0} y={y} className="fill-muted text-[13px] max-sm:text-[24px]">
      {children}
    </text>
  );
}

type LineLabelProps = { values: Float64Array; className: string; children: string };

/** Names a line where it ends, so that no legend is needed. */
function LineLabel({ values, className, children }: LineLabelProps) {
  const y = paneY(PRICES, values.at(-1) ?? 0);
  return (
    <text
      x={WIDTH}
      y={y + 4}
      textAnchor="end"
      className={`text-[12px] max-sm:text-[24px] ${className}`}
    >
      {children}
    </text>
  );
}

function Threshold({ value }: { value: number }) {
  const y = paneY(Z_SCORES, value);
  return (
    <>
      <line
        x1={0}
        x2={PLOT_WIDTH}
        y1={y}
        y2={y}
        className="stroke-threshold"
        strokeDasharray="4 4"
      />
      <text
        x={WIDTH}
        y={y + 4}
        textAnchor="end"
        className="fill-muted text-[12px] max-sm:text-[24px]"
      >
        {value < 0 ? `−${-value}` : value}
      </text>
    </>
  );
}

const MARKER_SHAPE: Record<LandingMarker["kind"], { path: string; className: string }> = {
  long: { path: "M0 -6L6 5H-6Z", className: "fill-long" },
  short: { path: "M0 6L6 -5H-6Z", className: "fill-short" },
  exit: { path: "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0", className: "fill-exit" },
};

function Marker({ marker }: { marker: LandingMarker }) {
  const shape = MARKER_SHAPE[marker.kind];
  const x = paneX(Z_SCORES, marker.bar, DATA.zScore.length);
  const y = paneY(Z_SCORES, DATA.zScore[marker.bar] ?? 0);
  return (
    <path
      d={shape.path}
      transform={`translate(${x.toFixed(1)} ${y.toFixed(1)})`}
      className={shape.className}
    />
  );
}

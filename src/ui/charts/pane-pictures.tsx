import type { TimeWindow } from "#contracts/interval.ts";
import type { ChartColour } from "./chart-palette.ts";
import { areaPath, linePath, PATH_COLUMNS, PATH_ROWS, type PathAxis } from "./line-path.ts";
import type { PaneLine } from "./pane.ts";
import { paneBounds } from "./pane-bounds.ts";
import { type PaneLayout, PLOT_LEFT, PLOT_RIGHT, type PlacedPane } from "./pane-layout.ts";

/**
 * The lines of all panes as they will stand in the chart. It comes with the page and needs no script, so that what
 * happened can be seen before the chart can be asked.
 */
export function PanePictures({ layout, window }: { layout: PaneLayout; window: TimeWindow }) {
  return (
    <div aria-hidden data-picture className="absolute inset-0 bg-surface">
      {layout.panes.map((placed) => (
        <PanePicture key={placed.pane.id} {...placed} window={window} />
      ))}
    </div>
  );
}

function PanePicture({ pane, top, height, window }: PlacedPane & { window: TimeWindow }) {
  const bounds = paneBounds(pane, height);
  if (bounds === null) return null;
  const axis = { ...bounds, inverted: pane.inverted === true };
  return (
    <svg
      aria-hidden
      viewBox={`0 0 ${PATH_COLUMNS} ${PATH_ROWS}`}
      preserveAspectRatio="none"
      // Takes what is between: SVG has a width of its own.
      style={{ top, height, left: PLOT_LEFT, width: `calc(100% - ${PLOT_LEFT + PLOT_RIGHT}px)` }}
      className="absolute border-line border-b"
    >
      {pane.lines.map((line) => (
        <Line key={line.name} line={line} window={window} axis={axis} />
      ))}
    </svg>
  );
}

function Line(props: { line: PaneLine; window: TimeWindow; axis: PathAxis }) {
  const { line, window, axis } = props;
  const { points, shape = "line", colour, dashed } = line;
  if (shape === "none") return null;
  const color = variableOf(colour);
  return (
    <>
      {shape === "line" ? null : (
        <path
          d={areaPath(points, window, axis)}
          style={{ fill: color, opacity: shape === "area" ? 0.14 : 0.5 }}
        />
      )}
      {shape === "bars" ? null : (
        <path
          d={linePath(points, window, axis)}
          vectorEffect="non-scaling-stroke"
          style={{
            ...{ fill: "none", stroke: color, strokeWidth: 1.25 },
            ...(dashed === true ? { strokeDasharray: "4 3" } : {}),
          }}
        />
      )}
    </>
  );
}

/** The colour as theme.css has it: unlike a canvas it follows the theme by itself. */
function variableOf(colour: ChartColour): string {
  return `var(--${colour.replace(/[A-Z0-9]+/g, (letters) => `-${letters.toLowerCase()}`)})`;
}

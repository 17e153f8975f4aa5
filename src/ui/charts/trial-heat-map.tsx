"use client";

import { useMemo, useState } from "react";
import { CsvButton } from "../csv-button.tsx";
import { formatInteger, formatNumber } from "../format.ts";
import { Chart } from "./chart.tsx";
import { CHART_PALETTES } from "./chart-palette.ts";
import { GridPointer } from "./grid-pointer.tsx";
import type { HeatStep } from "./heat-steps.ts";
import type { GridCell, GridMeasure, TrialGrid } from "./trial-grid.ts";
import {
  trialHeatMapCsv,
  trialHeatMapHeight,
  trialHeatMapOption,
  trialHeatSteps,
} from "./trial-heat-map-option.ts";
import { useThemeName } from "./use-theme-name.ts";

export type TrialHeatMapProps = {
  grid: TrialGrid;
  measure: GridMeasure;
  /** Names of the axes and of the objective, for people. */
  names: { readonly x: string; readonly y: string; readonly value: string };
  /** Objective that neither wins nor loses. */
  reference: number;
  format: (value: number) => string;
  /** All figures of the best trial of a square, as text. */
  describe: (row: number) => string;
  /** Row of the trial that is pinned. */
  pinnedRow: number | null;
  onPin: (row: number | null) => void;
};

/** The objective over two parameters; its table form is the CSV, and the list of the best trials. */
export function TrialHeatMap(props: TrialHeatMapProps) {
  const { grid, measure, names, reference, format, describe, pinnedRow, onPin } = props;
  const [hovered, setHovered] = useState<GridCell | null>(null);
  const palette = CHART_PALETTES[useThemeName()];
  // Memoised because hovering renders this, and a new option draws every square again.
  const steps = useMemo(() => trialHeatSteps(grid, reference), [grid, reference]);
  const option = useMemo(() => trialHeatMapOption(grid, steps, palette), [grid, steps, palette]);
  const sentence = (cell: GridCell): string => {
    const across = `${names.x} ${grid.x.labels[cell.x] ?? ""}`;
    const up = names.y === "" ? "" : `, ${names.y} ${grid.y.labels[cell.y] ?? ""}`;
    const place = across + up;
    const count = `${formatInteger(cell.trialCount)} ${cell.trialCount === 1 ? "trial" : "trials"}`;
    if (cell.value === null || cell.bestRow === null) {
      return `${place}: ${count}, none that counts`;
    }
    const said = cell.trialCount === 1 ? names.value : `${measure} ${names.value} of ${count}`;
    const whose = cell.trialCount === 1 ? "" : "its best: ";
    return `${place}: ${said} ${format(cell.value)} · ${whose}${describe(cell.bestRow)}`;
  };
  return (
    <figure>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 px-4 pt-2 text-xs">
        <Legend steps={steps} format={format} grid={grid} />
        <CsvButton
          name={`${names.value} by ${names.x} and ${names.y}`}
          csv={() => trialHeatMapCsv(grid, names)}
        />
      </div>
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        aria-label="Map, scrolls sideways"
        className="overflow-x-auto px-2 -outline-offset-2"
      >
        <div className="min-w-[340px]">
          <p className="min-h-5 px-2 pt-1 text-xs font-medium text-muted">
            {names.y === "" ? "" : `↑ ${names.y}`}
          </p>
          <Chart
            option={option}
            height={trialHeatMapHeight(grid)}
            ariaLabel={`Map of the ${measure} ${names.value} over ${names.x} and ${names.y}, ${grid.cells.length} squares. The CSV has the same figures.`}
          >
            <GridPointer
              grid={grid}
              pinnedRow={pinnedRow}
              onHover={setHovered}
              onPin={onPin}
              ariaLabel={`${names.value} over ${names.x} and ${names.y}`}
            />
          </Chart>
          <p className="px-2 pb-1 text-right text-xs font-medium text-muted">{names.x} →</p>
        </div>
      </section>
      <figcaption
        aria-live="polite"
        className="min-h-16 border-t border-line px-4 py-2 text-[13px] text-muted tabular-nums sm:min-h-11"
      >
        {hovered === null
          ? "Point at a square for its figures, click it to pin its best trial. Arrow keys move, Enter pins."
          : sentence(hovered)}
      </figcaption>
    </figure>
  );
}

function Legend(props: {
  steps: readonly HeatStep[];
  format: (value: number) => string;
  grid: TrialGrid;
}) {
  const { steps, grid } = props;
  const hasNone = grid.cells.some(({ value }) => value === null);
  const hasHoles = grid.cells.length < grid.x.labels.length * grid.y.labels.length;
  return (
    <ul className="flex flex-wrap gap-x-3 gap-y-1 text-muted tabular-nums" aria-label="Colours">
      {steps.map(({ from, to, isBelow, strength }) => (
        <li key={from} className="flex items-center gap-1.5">
          <Swatch
            colour={`color-mix(in srgb, var(--${isBelow ? "leg-x" : "accent"}) ${strength * 100}%, var(--surface))`}
          />
          {formatNumber(from, { significant: 3 })} to {formatNumber(to, { significant: 3 })}
        </li>
      ))}
      {hasNone ? (
        <li className="flex items-center gap-1.5">
          <Swatch colour="color-mix(in srgb, var(--muted) 18%, var(--surface))" />
          none that counts
        </li>
      ) : null}
      {hasHoles ? (
        <li className="flex items-center gap-1.5">
          <Swatch colour="var(--surface)" />
          not tried
        </li>
      ) : null}
    </ul>
  );
}

function Swatch({ colour }: { colour: string }) {
  return (
    <span
      aria-hidden
      className="size-3 rounded-sm border border-line"
      style={{ backgroundColor: colour }}
    />
  );
}

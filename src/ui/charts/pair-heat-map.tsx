"use client";

import { useMemo, useState } from "react";
import type { HeatMapPair } from "#contracts/scan-pair-list.ts";
import { Button } from "../button.tsx";
import { CsvButton } from "../csv-button.tsx";
import { formatNumber, formatPValue } from "../format.ts";
import { Chart } from "./chart.tsx";
import { CHART_PALETTES } from "./chart-palette.ts";
import {
  FADED_SHARE,
  HEAT_MAP_STEPS,
  type HeatMapCell,
  type HeatMapMeasure,
  heatMapCells,
  heatMapCsv,
  heatMapHeight,
  heatMapOption,
  isFaded,
} from "./heat-map-option.ts";
import { useThemeName } from "./use-theme-name.ts";

export type PairHeatMapProps = {
  rows: readonly HeatMapPair[];
  /** In the order they are drawn. */
  symbols: readonly string[];
  onOpen: (row: HeatMapPair) => void;
  /** File name of the CSV, without ending. */
  csvName?: string | undefined;
};

const MEASURES: readonly { id: HeatMapMeasure; label: string }[] = [
  { id: "p-value", label: "p-value" },
  { id: "correlation", label: "Correlation" },
];

/** p-values or correlations of a universe at a glance; its table form is the list of pairs beside it. */
export function PairHeatMap(props: PairHeatMapProps) {
  const { rows, symbols, onOpen } = props;
  const [measure, setMeasure] = useState<HeatMapMeasure>("p-value");
  const [hovered, setHovered] = useState<number | null>(null);
  const palette = CHART_PALETTES[useThemeName()];
  // Memoised because hovering renders this, and a new option draws every square again.
  const cells = useMemo(() => heatMapCells(rows, symbols, measure), [rows, symbols, measure]);
  const option = useMemo(
    () => heatMapOption(cells, symbols, palette, measure),
    [cells, symbols, palette, measure],
  );
  // Stable, because the chart listens to its events anew when they change.
  const onPick = useMemo(
    () => (index: number) => {
      const cell = cells[index];
      if (cell !== undefined) onOpen(cell.row);
    },
    [cells, onOpen],
  );
  const hasFaded = useMemo(() => cells.some((one) => isFaded(one, measure)), [cells, measure]);
  const cell = hovered === null ? undefined : cells[hovered];
  return (
    <figure>
      <figcaption className="flex min-h-11 flex-wrap items-center justify-between gap-x-6 gap-y-1 px-3 py-2 text-[13px]">
        <span className="text-muted tabular-nums">
          {cell === undefined ? HINTS[measure] : cellSentence(cell, symbols)}
        </span>
        <fieldset className="flex gap-1">
          <legend className="sr-only">Figure of the map</legend>
          {MEASURES.map(({ id, label }) => (
            <Button
              key={id}
              size="sm"
              variant={measure === id ? "secondary" : "quiet"}
              aria-pressed={measure === id}
              onClick={() => setMeasure(id)}
            >
              {label}
            </Button>
          ))}
        </fieldset>
        <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
          <Legend measure={measure} hasFaded={hasFaded} />
          <CsvButton
            name={`${props.csvName ?? "heat map"} ${measure}`}
            csv={() => heatMapCsv(cells, symbols, measure)}
          />
        </div>
      </figcaption>
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        aria-label="Heat map"
        className="overflow-x-auto -outline-offset-2"
      >
        <div className="min-w-[420px]">
          <Chart
            option={option}
            height={heatMapHeight(symbols.length)}
            ariaLabel={`Heat map of ${measure === "p-value" ? "Engle–Granger p-values, both directions," : "correlations of returns"} of ${symbols.length} symbols. The table of pairs has the same figures.`}
            onHover={setHovered}
            onPick={onPick}
          />
        </div>
      </section>
    </figure>
  );
}

const HINTS: Record<HeatMapMeasure, string> = {
  "p-value": "Row regressed on column. Click a square to open its pair.",
  correlation: "Correlation of returns; it is not cointegration. Click a square to open its pair.",
};

function cellSentence({ row, y, x }: HeatMapCell, symbols: readonly string[]): string {
  const pair = `${symbols[y] ?? ""} on ${symbols[x] ?? ""}`;
  if (row.refusal !== null) return `${pair}: not tested`;
  const pValue = symbols[y] === row.symbolY ? row.pValueYx : row.pValueXy;
  const fate = row.stage === null || row.stage === "passed" ? "" : " · fell out of the funnel";
  return `${pair}: p ${formatPValue(pValue)} · q ${formatPValue(row.qValue)} · correlation ${formatNumber(row.correlation, { significant: 2 })} · half-life ${formatNumber(row.halfLifeBars, { significant: 3 })} bars${fate}`;
}

function Legend({ measure, hasFaded }: { measure: HeatMapMeasure; hasFaded: boolean }) {
  return (
    <ul className="flex flex-wrap gap-x-3 gap-y-1 text-xs text-muted" aria-label={measure}>
      {HEAT_MAP_STEPS[measure].map(({ label, strength, isOpposite }) => (
        <li key={label} className="flex items-center gap-1.5">
          <span
            aria-hidden
            className="size-3 rounded-sm border border-line"
            style={{
              backgroundColor: `color-mix(in srgb, var(--${isOpposite === true ? "leg-x" : "accent"}) ${strength * 100}%, var(--surface))`,
            }}
          />
          {label}
        </li>
      ))}
      {hasFaded ? (
        <li className="flex items-center gap-1.5">
          <span
            aria-hidden
            className="size-3 rounded-sm border border-line"
            style={{
              backgroundColor: `color-mix(in srgb, var(--muted) ${FADED_SHARE * 100}%, var(--surface))`,
            }}
          />
          Grey: fell out of the funnel
        </li>
      ) : null}
    </ul>
  );
}

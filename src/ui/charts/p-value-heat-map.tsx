"use client";

import { Download } from "lucide-react";
import { useMemo, useState } from "react";
import type { ScanPairRow } from "#contracts/scan.ts";
import { Button } from "../button.tsx";
import { downloadText } from "../download-text.ts";
import { formatNumber, formatPValue } from "../format.ts";
import { Chart } from "./chart.tsx";
import { CHART_PALETTES } from "./chart-palette.ts";
import {
  type HeatMapCell,
  heatMapCells,
  heatMapCsv,
  heatMapHeight,
  heatMapOption,
  P_VALUE_STEPS,
} from "./heat-map-option.ts";
import { useThemeName } from "./use-theme-name.ts";

export type PValueHeatMapProps = {
  rows: readonly ScanPairRow[];
  /** In the order they are drawn. */
  symbols: readonly string[];
  onOpen: (row: ScanPairRow) => void;
  /** File name of the CSV, without ending. */
  csvName?: string | undefined;
};

/** The p-values of a universe at a glance; its table form is the list of pairs beside it. */
export function PValueHeatMap(props: PValueHeatMapProps) {
  const { rows, symbols, onOpen } = props;
  const [hovered, setHovered] = useState<number | null>(null);
  const palette = CHART_PALETTES[useThemeName()];
  // Memoised because hovering renders this, and a new option draws every square again.
  const cells = useMemo(() => heatMapCells(rows, symbols), [rows, symbols]);
  const option = useMemo(() => heatMapOption(cells, symbols, palette), [cells, symbols, palette]);
  // Stable, because the chart listens to its events anew when they change.
  const onPick = useMemo(
    () => (index: number) => {
      const cell = cells[index];
      if (cell !== undefined) onOpen(cell.row);
    },
    [cells, onOpen],
  );
  const cell = hovered === null ? undefined : cells[hovered];
  return (
    <figure>
      <figcaption className="flex min-h-11 flex-wrap items-center justify-between gap-x-6 gap-y-1 px-3 py-2 text-[13px]">
        <span className="text-muted tabular-nums">
          {cell === undefined
            ? "Row regressed on column. Click a square to open its pair."
            : cellSentence(cell, symbols)}
        </span>
        <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
          <Legend />
          <Button
            size="sm"
            variant="quiet"
            onClick={() =>
              downloadText(`${props.csvName ?? "p-values"}.csv`, heatMapCsv(cells, symbols))
            }
          >
            <Download aria-hidden />
            CSV
          </Button>
        </div>
      </figcaption>
      <div className="overflow-x-auto">
        <div className="min-w-[420px]">
          <Chart
            option={option}
            height={heatMapHeight(symbols.length)}
            ariaLabel={`Heat map of Engle–Granger p-values of ${symbols.length} symbols, both directions. The table of pairs has the same figures.`}
            onHover={setHovered}
            onPick={onPick}
          />
        </div>
      </div>
    </figure>
  );
}

function cellSentence(cell: HeatMapCell, symbols: readonly string[]): string {
  const pair = `${symbols[cell.y] ?? ""} on ${symbols[cell.x] ?? ""}`;
  if (cell.pValue === null) return `${pair}: not tested`;
  return `${pair}: p ${formatPValue(cell.pValue)} · q ${formatPValue(cell.row.qValue)} · half-life ${formatNumber(cell.row.halfLifeBars, { significant: 3 })} bars`;
}

function Legend() {
  return (
    <ul className="flex flex-wrap gap-x-3 gap-y-1 text-xs text-muted" aria-label="p-value">
      {P_VALUE_STEPS.map(({ label, strength }) => (
        <li key={label} className="flex items-center gap-1.5">
          <span
            aria-hidden
            className="size-3 rounded-sm border border-line"
            style={{
              backgroundColor: `color-mix(in srgb, var(--accent) ${strength * 100}%, var(--surface))`,
            }}
          />
          {label}
        </li>
      ))}
    </ul>
  );
}

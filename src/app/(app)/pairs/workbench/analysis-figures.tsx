"use client";

import { useMemo } from "react";
import type { PairAnalysisResult, PairAnalysisView } from "#contracts/pair-analysis.ts";
import { DataTable } from "#ui/data-table.tsx";
import type { DataColumn } from "#ui/data-table-column.ts";
import { Panel } from "#ui/panel.tsx";
import { type FigureRow, figureRows, figureText } from "./figure-rows.ts";

const COLUMNS: readonly DataColumn<FigureRow>[] = [
  { id: "group", header: "About", value: ({ group }) => group },
  { id: "figure", header: "Figure", value: ({ label }) => label },
  {
    id: "value",
    header: "Value",
    value: ({ value }) => value,
    cell: figureText,
  },
  { id: "unit", header: "Unit", value: ({ unit }) => unit },
  {
    id: "sentence",
    header: "What it says",
    value: ({ sentence }) => sentence,
    cell: ({ sentence }) => <span className="block min-w-72 whitespace-normal">{sentence}</span>,
  },
];

/** Every other figure with what it says of this pair. */
export function AnalysisFigures(props: { view: PairAnalysisView; result: PairAnalysisResult }) {
  const { view, result } = props;
  const { symbolY, symbolX } = view;
  const { intervalMs, prices } = view.config;
  // The table works everything out anew when its rows are another array.
  const rows = useMemo(
    () => figureRows(result, { symbolY, symbolX, intervalMs, prices }),
    [result, symbolY, symbolX, intervalMs, prices],
  );
  return (
    <Panel title="Figures" lead="Hedge ratio, mean reversion, thresholds and stability." flush>
      <DataTable
        columns={COLUMNS}
        data={rows}
        getRowId={({ id }) => id}
        rowLabel="figure"
        ariaLabel={`Figures of ${symbolY} and ${symbolX}`}
        csvName={`${symbolY}-${symbolX} figures`}
      />
    </Panel>
  );
}

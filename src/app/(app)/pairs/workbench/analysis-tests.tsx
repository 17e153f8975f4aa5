"use client";

import { useMemo } from "react";
import type { PairAnalysisView, PairTestResult } from "#contracts/pair-analysis.ts";
import { Badge } from "#ui/badge.tsx";
import { DataTable } from "#ui/data-table.tsx";
import type { DataColumn } from "#ui/data-table-column.ts";
import { formatNumber } from "#ui/format.ts";
import { Panel } from "#ui/panel.tsx";
import { pValueText, speaksFor, TEST_WORDS, testSentence } from "./test-sentences.ts";

/** Every test with what it says of this pair. */
export function AnalysisTests(props: { view: PairAnalysisView; tests: readonly PairTestResult[] }) {
  const { view, tests } = props;
  const { symbolY, symbolX } = view;
  // The table works everything out anew when its columns are another array.
  const columns = useMemo(() => testColumns({ symbolY, symbolX }), [symbolY, symbolX]);
  return (
    <Panel title="Tests" lead="At 5 %. No test alone makes a pair." flush>
      <DataTable
        columns={columns}
        data={tests}
        getRowId={({ name }) => name}
        rowLabel="test"
        ariaLabel={`Tests of ${symbolY} and ${symbolX}`}
        csvName={`${symbolY}-${symbolX} tests`}
      />
    </Panel>
  );
}

function testColumns(pair: { symbolY: string; symbolX: string }): DataColumn<PairTestResult>[] {
  return [
    { id: "test", header: "Test", value: ({ name }) => TEST_WORDS[name].label },
    {
      id: "verdict",
      header: "For the pair",
      value: (row) => verdictText(speaksFor(row)),
      cell: (row) => {
        const isFor = speaksFor(row);
        return (
          <Badge tone={isFor === null ? "neutral" : isFor ? "good" : "warn"}>
            {verdictText(isFor)}
          </Badge>
        );
      },
    },
    {
      id: "p-value",
      header: "p-value",
      value: ({ pValue }) => pValue,
      cell: pValueText,
      align: "right",
    },
    {
      id: "statistic",
      header: "Statistic",
      value: ({ statistic }) => statistic,
      format: (value) => formatNumber(value),
    },
    {
      id: "critical",
      header: "5 % value",
      value: ({ criticalValue }) => criticalValue,
      format: (value) => formatNumber(value),
    },
    { id: "lags", header: "Lags", value: ({ lags }) => lags, format: (value) => String(value) },
    {
      id: "sentence",
      header: "What it says",
      value: (row) => testSentence(row, pair),
      cell: (row) => (
        <span className="block min-w-72 whitespace-normal">{testSentence(row, pair)}</span>
      ),
    },
    {
      id: "convention",
      header: "How it is made",
      value: ({ name }) => TEST_WORDS[name].convention,
      hiddenByDefault: true,
    },
  ];
}

function verdictText(isFor: boolean | null): string {
  return isFor === null ? "unknown" : isFor ? "yes" : "no";
}

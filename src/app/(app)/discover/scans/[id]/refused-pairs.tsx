"use client";

import type { ScanPairRow } from "#contracts/scan.ts";
import { DataTable } from "#ui/data-table.tsx";
import type { DataColumn } from "#ui/data-table-column.ts";
import { formatInteger } from "#ui/format.ts";
import { Panel } from "#ui/panel.tsx";
import { refusalWords } from "../../scan-words.ts";

const COLUMNS: readonly DataColumn<ScanPairRow>[] = [
  {
    id: "pair",
    header: "Pair",
    unit: "Y / X",
    value: (row) => `${row.symbolY} / ${row.symbolX}`,
    width: 240,
  },
  {
    id: "reason",
    header: "Reason",
    value: (row) => refusalWords(row.refusal ?? ""),
    width: 420,
  },
  {
    id: "observations",
    header: "Common bars",
    value: (row) => row.observations,
    format: formatInteger,
    width: 120,
  },
];

/** Pairs that could not be tested, each with why. */
export function RefusedPairs(props: { rows: readonly ScanPairRow[]; csvName: string }) {
  const { rows, csvName } = props;
  return (
    <Panel flush>
      <DataTable
        ariaLabel="Refused pairs"
        rowLabel="pair"
        columns={COLUMNS}
        data={rows}
        getRowId={(row) => `${row.instrumentY}-${row.instrumentX}`}
        csvName={csvName}
        filterPlaceholder="Filter by symbol or reason"
      />
    </Panel>
  );
}

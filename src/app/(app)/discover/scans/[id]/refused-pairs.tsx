"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import type { ScanPairRow, ScanView } from "#contracts/scan.ts";
import { DataTable } from "#ui/data-table.tsx";
import type { DataColumn } from "#ui/data-table-column.ts";
import { formatInteger } from "#ui/format.ts";
import { Panel } from "#ui/panel.tsx";
import { useTRPC } from "../../../../trpc-client.tsx";
import { listedSentence, refusalWords } from "../../scan-words.ts";
import { refusedPairsOf } from "./refused-pairs-of.ts";

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
export function RefusedPairs({ scan }: { scan: ScanView }) {
  const trpc = useTRPC();
  const { data } = useSuspenseQuery(trpc.scans.pairs.queryOptions(refusedPairsOf(scan.id)));
  const { rows, matchCount } = data;
  return (
    <Panel flush>
      {rows.length < matchCount ? (
        <p className="border-b border-line px-4 py-2 text-[13px] text-muted">
          {listedSentence(rows.length, matchCount, "name")}
        </p>
      ) : null}
      <DataTable
        ariaLabel="Refused pairs"
        rowLabel="pair"
        columns={COLUMNS}
        data={rows}
        getRowId={(row) => `${row.instrumentY}-${row.instrumentX}`}
        csvName={`${scan.universeName} refused pairs`}
        filterPlaceholder="Filter by symbol or reason"
      />
    </Panel>
  );
}

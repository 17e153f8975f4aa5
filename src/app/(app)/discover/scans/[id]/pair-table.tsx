"use client";

import { useMemo } from "react";
import type { ScanPairRow, ScanView } from "#contracts/scan.ts";
import { Button } from "#ui/button.tsx";
import { buttonClass } from "#ui/button-class.ts";
import { DataTable } from "#ui/data-table.tsx";
import type { TableSort } from "#ui/data-table-column.ts";
import { EmptyState } from "#ui/empty-state.tsx";
import { Panel } from "#ui/panel.tsx";
import { useTableView } from "../../../use-table-view.ts";
import { useUrlState } from "../../use-url-state.ts";
import { pairColumns } from "./pair-columns.tsx";
import { filterPairs, PAIR_FILTERS, type PairFilter, pairFilterOf, pairHref } from "./pair-rows.ts";

const FIRST_SORT: TableSort = { id: "pValueYx", desc: false };

/** The tested pairs; which of them, their order and the search are held by the address. */
export function PairTable({ scan, rows }: { scan: ScanView; rows: readonly ScanPairRow[] }) {
  const { params, set } = useUrlState();
  const filter = pairFilterOf(params.get("show"));
  const tableView = useTableView(FIRST_SORT);
  const { significance } = scan.config;
  // The table works every row out anew when one of these is another object.
  const columns = useMemo(() => pairColumns(significance), [significance]);
  const shown = useMemo(
    () => filterPairs(rows, filter, significance),
    [rows, filter, significance],
  );
  return (
    <Panel flush>
      <DataTable
        ariaLabel="Pairs of the scan"
        rowLabel="pair"
        columns={columns}
        data={shown}
        getRowId={(row) => `${row.instrumentY}-${row.instrumentX}`}
        rowHref={(row) => pairHref(scan.id, row)}
        filterPlaceholder="Filter by symbol"
        {...tableView}
        toolbar={
          <>
            <FilterButtons
              filter={filter}
              onChange={(id) => set({ show: id === "all" ? null : id })}
            />
            <a
              href={`/api/export/pairs/${scan.id}`}
              download
              className={buttonClass({ size: "sm" })}
            >
              CSV
            </a>
          </>
        }
        emptyState={<NoPairs filter={filter} onShowAll={() => set({ show: null, filter: null })} />}
      />
    </Panel>
  );
}

function FilterButtons(props: { filter: PairFilter; onChange: (filter: PairFilter) => void }) {
  return (
    <fieldset className="flex flex-wrap gap-1">
      <legend className="sr-only">Which pairs</legend>
      {PAIR_FILTERS.map(({ id, label }) => (
        <Button
          key={id}
          size="sm"
          variant={props.filter === id ? "secondary" : "quiet"}
          aria-pressed={props.filter === id}
          onClick={() => props.onChange(id)}
        >
          {label}
        </Button>
      ))}
    </fieldset>
  );
}

function NoPairs(props: { filter: PairFilter; onShowAll: () => void }) {
  return (
    <EmptyState
      title="No pair to show"
      action={<Button onClick={props.onShowAll}>Show all pairs</Button>}
    >
      {props.filter === "discovered"
        ? "No pair survives the correction for testing many. That is a result too."
        : "No pair fits this filter."}
    </EmptyState>
  );
}

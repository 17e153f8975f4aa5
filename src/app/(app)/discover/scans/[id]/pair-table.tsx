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
import { FUNNEL_COLUMNS } from "./funnel-columns.tsx";
import { STAGES } from "./funnel-words.ts";
import { pairColumns } from "./pair-columns.tsx";
import {
  filterPairs,
  PAIR_FILTERS,
  type PairFilter,
  pairFilterOf,
  pairHref,
  stageCounts,
} from "./pair-rows.ts";

const FIRST_SORT: TableSort = { id: "pValueYx", desc: false };
const FIRST_FUNNEL_SORT: TableSort = { id: "judged", desc: false };

/** The tested pairs; which of them, their order and the search are held by the address. */
export function PairTable({ scan, rows }: { scan: ScanView; rows: readonly ScanPairRow[] }) {
  const { params, set } = useUrlState();
  const filter = pairFilterOf(params.get("show"));
  const { significance, funnel } = scan.config;
  const hasFunnel = funnel !== undefined;
  const tableView = useTableView(hasFunnel ? FIRST_FUNNEL_SORT : FIRST_SORT);
  // The table works every row out anew when one of these is another object.
  const columns = useMemo(
    () => (hasFunnel ? FUNNEL_COLUMNS : pairColumns(significance)),
    [hasFunnel, significance],
  );
  const shown = useMemo(
    () => filterPairs(rows, filter, significance),
    [rows, filter, significance],
  );
  const show = (id: PairFilter) => set({ show: id === "all" ? null : id });
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
            {hasFunnel ? (
              <StageFilter rows={rows} filter={filter} onChange={show} />
            ) : (
              <FilterButtons filter={filter} onChange={show} />
            )}
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

function StageFilter(props: {
  rows: readonly ScanPairRow[];
  filter: PairFilter;
  onChange: (filter: PairFilter) => void;
}) {
  return (
    <select
      aria-label="Which pairs"
      value={props.filter}
      onChange={(event) => props.onChange(pairFilterOf(event.target.value))}
      className="h-8 rounded-md border border-line-strong bg-surface px-2 text-[13px]"
    >
      <option value="all">All candidates</option>
      {stageCounts(props.rows).map(({ stage, count }) => (
        <option key={stage} value={stage}>
          {stage === "passed" ? "Passed" : `Fell out at ${STAGES[stage].label.toLowerCase()}`} (
          {count})
        </option>
      ))}
    </select>
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
        : props.filter === "passed"
          ? "No pair passed every stage. That is a result too."
          : "No pair fits this filter."}
    </EmptyState>
  );
}

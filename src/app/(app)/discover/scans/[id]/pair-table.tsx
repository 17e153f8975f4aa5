"use client";

import { useMemo } from "react";
import type { ScanPairRow, ScanSummary, ScanView } from "#contracts/scan.ts";
import type { ScanStage } from "#contracts/scan-funnel.ts";
import { Button } from "#ui/button.tsx";
import { buttonClass } from "#ui/button-class.ts";
import { DataTable } from "#ui/data-table.tsx";
import type { DataColumn, TableSort } from "#ui/data-table-column.ts";
import { EmptyState } from "#ui/empty-state.tsx";
import { Panel } from "#ui/panel.tsx";
import { useTableView } from "../../../use-table-view.ts";
import { listedSentence } from "../../scan-words.ts";
import { useUrlState } from "../../use-url-state.ts";
import { FUNNEL_COLUMNS } from "./funnel-columns.tsx";
import { stageWords } from "./funnel-words.ts";
import { pairColumns } from "./pair-columns.tsx";
import {
  PAIR_FILTERS,
  type PairFilter,
  pairFilterOf,
  pairHref,
  stageCounts,
  stageCountsOf,
} from "./pair-rows.ts";
import { useListedPairs } from "./use-listed-pairs.ts";

const FIRST_SORT: TableSort = { id: "pValueYx", desc: false };
const FIRST_FUNNEL_SORT: TableSort = { id: "judged", desc: false };

/** The tested pairs; which of them, their order and the search are held by the address. */
export function PairTable({ scan, summary }: { scan: ScanView; summary: ScanSummary }) {
  const { params, set } = useUrlState();
  const filter = pairFilterOf(params.get("show"));
  const { significance, funnel } = scan.config;
  const hasFunnel = funnel !== undefined;
  const firstSort = hasFunnel ? FIRST_FUNNEL_SORT : FIRST_SORT;
  const tableView = useTableView(firstSort);
  const { rows, matchCount, whole, sortedBy } = useListedPairs(scan, filter, {
    view: tableView.state,
    firstSort,
  });
  // The table works every row out anew when one of these is another object.
  const columns = useMemo(
    () => (hasFunnel ? FUNNEL_COLUMNS : pairColumns(significance)),
    [hasFunnel, significance],
  );
  const show = (id: PairFilter) => set({ show: id === "all" ? null : id });
  return (
    <Panel flush>
      {rows.length < matchCount ? (
        <p className="border-b border-line px-4 py-2 text-[13px] text-muted">
          {listedSentence(rows.length, matchCount, orderText(columns, sortedBy))}
        </p>
      ) : null}
      <DataTable
        ariaLabel="Pairs of the scan"
        rowLabel="pair"
        columns={columns}
        data={rows}
        getRowId={(row) => `${row.instrumentY}-${row.instrumentX}`}
        rowHref={(row) => pairHref(scan.id, row)}
        filterPlaceholder="Filter by symbol"
        {...tableView}
        toolbar={
          <>
            {summary.funnel === undefined ? (
              <FilterButtons filter={filter} onChange={show} />
            ) : (
              <StageFilter
                counts={whole === null ? stageCountsOf(summary.funnel) : stageCounts(whole)}
                filter={filter}
                onChange={show}
              />
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

/** What the listed pairs are the first by, in words. */
function orderText(columns: readonly DataColumn<ScanPairRow>[], sort: TableSort | null): string {
  const column = columns.find(({ id }) => id === sort?.id);
  if (sort === null || column === undefined) return "p-value, the smallest first";
  const name = column.unit === undefined ? column.header : `${column.header} (${column.unit})`;
  return `${name}, the ${sort.desc ? "largest" : "smallest"} first`;
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
  counts: readonly { stage: ScanStage; count: number }[];
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
      {props.counts.map(({ stage, count }) => (
        <option key={stage} value={stage}>
          {stageWords(stage)} ({count})
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

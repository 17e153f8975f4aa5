"use client";

import { type RowData, type SortingState, useTable } from "@tanstack/react-table";
import { type ReactNode, useDeferredValue, useMemo, useRef, useState } from "react";
import type { DataColumn, TableSort, TableView } from "./data-table-column.ts";
import { downloadText } from "./download-text.ts";
import { EmptyState } from "./empty-state.tsx";
import { formatInteger } from "./format.ts";
import { SearchBox } from "./search-box.tsx";
import { type RowDetail, TableBody } from "./table-body.tsx";
import { TABLE_FEATURES, tableColumns } from "./table-features.ts";
import { TableHead } from "./table-head.tsx";
import { filterRows, rowsCsv } from "./table-rows.ts";
import { headSelection, type TableSelection } from "./table-selection.ts";
import { TableToolbar } from "./table-toolbar.tsx";
import { useCutColumns } from "./use-cut-columns.ts";

export type DataTableProps<Row extends RowData> = {
  /** At module scope, or otherwise the same array from render to render. */
  columns: readonly DataColumn<Row>[];
  data: readonly Row[];
  getRowId: (row: Row) => string;
  /** What one row is, in the singular: "pair", "trade". */
  rowLabel: string;
  /** In the plural, where adding an s is wrong: "series". */
  rowsLabel?: string | undefined;
  /** Read by screen readers in place of a caption. */
  ariaLabel: string;
  onRowOpen?: ((row: Row) => void) | undefined;
  /** Makes the first column a link; a click anywhere in the row follows it. */
  rowHref?: ((row: Row) => string) | undefined;
  filterPlaceholder?: string | undefined;
  initialSort?: TableSort | undefined;
  /** File name without ending; offers the shown rows as CSV. */
  csvName?: string | undefined;
  emptyState?: ReactNode;
  /** Filters and actions beside the search box. */
  toolbar?: ReactNode;
  /** Held by the page (in its URL) when given. */
  state?: TableView | undefined;
  onStateChange?: ((state: TableView) => void) | undefined;
  /** Rows that can be chosen, by row id. */
  selection?: TableSelection | undefined;
  highlightedRowId?: string | null | undefined;
  /** Shown below the highlighted row. */
  rowDetail?: RowDetail<Row> | undefined;
  /** Above this many rows only those in sight are drawn: fewer than usual where rows are wide, and printed elsewhere. */
  virtualFrom?: number | undefined;
};

export function DataTable<Row extends RowData>(props: DataTableProps<Row>) {
  const { columns, data, getRowId, rowLabel, rowsLabel = `${rowLabel}s` } = props;
  const { selection, csvName } = props;
  const [ownView, setOwnView] = useState<TableView>({
    sort: props.initialSort ?? null,
    filter: "",
  });
  const [draft, setDraft] = useState<string | null>(null);
  const [hidden, setHidden] = useState<ReadonlySet<string>>(
    () => new Set(columns.filter((column) => column.hiddenByDefault === true).map(({ id }) => id)),
  );
  const scrollRef = useRef<HTMLDivElement>(null);
  const isCut = useCutColumns(scrollRef, data.length > 0);
  const view = props.state ?? ownView;
  const changeView = props.onStateChange ?? setOwnView;
  // What is being typed stands at once; the rows follow when there is time.
  const filter = useDeferredValue(draft ?? view.filter);

  // Memoised because the table library works everything out anew when one of these is a new object.
  const rows = useMemo(() => [...filterRows(data, columns, filter)], [data, columns, filter]);
  const definitions = useMemo(() => tableColumns(columns), [columns]);
  const sorting = useMemo<SortingState>(() => (view.sort === null ? [] : [view.sort]), [view.sort]);

  const table = useTable({
    features: TABLE_FEATURES,
    columns: definitions,
    data: rows,
    getRowId,
    state: { sorting },
    onSortingChange: (change) => {
      const next = typeof change === "function" ? change(sorting) : change;
      changeView({ ...view, sort: next[0] ?? null });
    },
  });

  const shownColumns = columns.filter(({ id }) => !hidden.has(id));
  const shownRows = table.getRowModel().rows;
  if (data.length === 0) {
    return props.emptyState === undefined ? (
      <EmptyState title={`No ${rowsLabel} yet`} />
    ) : (
      props.emptyState
    );
  }
  return (
    <div className="min-w-0">
      <TableToolbar
        columns={columns}
        hidden={hidden}
        onHiddenChange={setHidden}
        count={countText(shownRows.length, data.length, rowLabel, rowsLabel)}
        isCut={isCut}
        onDownload={
          csvName === undefined
            ? undefined
            : () => {
                const shown = shownRows.map((row) => row.original);
                downloadText(`${csvName}.csv`, rowsCsv(shown, shownColumns));
              }
        }
      >
        {props.filterPlaceholder === undefined ? null : (
          <SearchBox
            value={draft ?? view.filter}
            placeholder={props.filterPlaceholder}
            onChange={(text) => {
              setDraft(text);
              changeView({ ...view, filter: text });
            }}
            onLeave={() => setDraft(null)}
          />
        )}
        {props.toolbar}
      </TableToolbar>
      <div className="relative">
        {isCut ? (
          <div
            aria-hidden
            className="pointer-events-none absolute inset-y-0 right-0 z-30 w-4 border-r border-line shadow-[inset_-14px_0_10px_-10px_rgb(0_0_0/0.28)] print:hidden"
          />
        ) : null}
        <section
          ref={scrollRef}
          aria-label={props.ariaLabel}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
          tabIndex={0}
          className="relative max-h-[70dvh] min-h-0 overflow-auto print:max-h-none print:overflow-visible -outline-offset-2"
        >
          <table
            aria-label={props.ariaLabel}
            aria-rowcount={shownRows.length + 1}
            className="w-full border-separate border-spacing-0 text-[13px]"
          >
            <TableHead
              columns={shownColumns}
              sort={view.sort}
              onSort={(id) => table.getColumn(id)?.toggleSorting()}
              selection={headSelection(selection, shownRows, rowsLabel)}
            />
            <TableBody
              rows={shownRows}
              columns={shownColumns}
              scrollRef={scrollRef}
              rowLabel={rowLabel}
              onRowOpen={props.onRowOpen}
              rowHref={props.rowHref}
              selection={selection}
              highlightedRowId={props.highlightedRowId ?? null}
              rowDetail={props.rowDetail}
              virtualFrom={props.virtualFrom}
            />
          </table>
          {shownRows.length === 0 ? (
            <p className="px-4 py-10 text-center text-sm text-muted">
              No {rowLabel} matches “{filter}”.
            </p>
          ) : null}
        </section>
      </div>
    </div>
  );
}

function countText(shown: number, all: number, rowLabel: string, rowsLabel: string): string {
  const label = all === 1 ? rowLabel : rowsLabel;
  return shown === all
    ? `${formatInteger(all)} ${label}`
    : `${formatInteger(shown)} of ${formatInteger(all)} ${label}`;
}

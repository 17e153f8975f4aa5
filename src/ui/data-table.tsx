"use client";

import type { ReactNode } from "react";
import type { DataColumn, TableSort, TableView } from "./data-table-column.ts";

export type DataTableProps<Row> = {
  columns: readonly DataColumn<Row>[];
  data: readonly Row[];
  getRowId: (row: Row) => string;
  /** What one row is, in the singular: "pair", "trade". */
  rowLabel: string;
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
  selection?:
    | { selected: ReadonlySet<string>; onChange: (selected: ReadonlySet<string>) => void }
    | undefined;
  highlightedRowId?: string | null | undefined;
};

export function DataTable<Row>(props: DataTableProps<Row>) {
  return <div>{props.data.length}</div>;
}

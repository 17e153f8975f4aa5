"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { Fragment, type ReactNode, type RefObject, useEffect } from "react";
import type { DataColumn } from "./data-table-column.ts";
import { type OpenRow, TableRow } from "./table-row.tsx";
import type { TableSelection } from "./table-selection.ts";

/** Above this many rows only those in sight are drawn, unless a table says otherwise. */
const VIRTUAL_FROM = 200;
const ROW_HEIGHT = 36;

/** What more there is of a row; its height is asked for because rows out of sight are not measured. */
export type RowDetail<Row> = {
  height: (row: Row) => number;
  render: (row: Row) => ReactNode;
};

export type TableBodyProps<Row> = OpenRow<Row> & {
  rows: readonly { id: string; original: Row }[];
  columns: readonly DataColumn<Row>[];
  scrollRef: RefObject<HTMLDivElement | null>;
  rowLabel: string;
  selection: TableSelection | undefined;
  highlightedRowId: string | null;
  rowDetail: RowDetail<Row> | undefined;
  virtualFrom: number | undefined;
};

export function TableBody<Row>(props: TableBodyProps<Row>) {
  const { rows, columns, scrollRef, selection, rowDetail, highlightedRowId } = props;
  const isVirtual = rows.length > (props.virtualFrom ?? VIRTUAL_FROM);
  const virtualizer = useVirtualizer({
    count: rows.length,
    enabled: isVirtual,
    getScrollElement: () => scrollRef.current,
    estimateSize: (index) => {
      const row = rows[index];
      const isOpen = row !== undefined && row.id === highlightedRowId;
      return ROW_HEIGHT + (isOpen ? (rowDetail?.height(row.original) ?? 0) : 0);
    },
    // Drawn on the server too, before there is an element to measure.
    initialRect: { width: 1_000, height: 600 },
    overscan: 12,
  });
  const hasDetail = rowDetail !== undefined;
  // The virtualiser keeps heights it has worked out, and another row is open now.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the row that is open is what changes heights
  useEffect(() => {
    if (hasDetail) virtualizer.measure();
  }, [hasDetail, highlightedRowId, virtualizer]);
  const items = virtualizer.getVirtualItems();
  const indexes = isVirtual ? items.map(({ index }) => index) : rows.map((_, index) => index);
  const columnCount = columns.length + (selection === undefined ? 0 : 1);
  const before = isVirtual ? (items[0]?.start ?? 0) : 0;
  const after = isVirtual ? virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0) : 0;
  return (
    <tbody>
      <Spacer height={before} columnCount={columnCount} />
      {indexes.map((index) => {
        const row = rows[index];
        return row === undefined ? null : (
          <Fragment key={row.id}>
            <TableRow
              id={row.id}
              row={row.original}
              // The header is row 1.
              rowIndex={index + 2}
              columns={columns}
              rowLabel={props.rowLabel}
              selection={selection}
              isHighlighted={row.id === highlightedRowId}
              onRowOpen={props.onRowOpen}
              rowHref={props.rowHref}
            />
            {rowDetail !== undefined && row.id === highlightedRowId ? (
              <tr>
                <td
                  colSpan={columnCount}
                  style={{ height: rowDetail.height(row.original) }}
                  className="border-b border-line bg-accent-soft/40 px-3 py-2 align-top"
                >
                  {rowDetail.render(row.original)}
                </td>
              </tr>
            ) : null}
          </Fragment>
        );
      })}
      <Spacer height={after} columnCount={columnCount} />
    </tbody>
  );
}

/** Stands for the rows that are out of sight. */
function Spacer(props: { height: number; columnCount: number }) {
  if (props.height <= 0) return null;
  return (
    <tr aria-hidden>
      <td colSpan={props.columnCount} style={{ height: props.height, padding: 0 }} />
    </tr>
  );
}

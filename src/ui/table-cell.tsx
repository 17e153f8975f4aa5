import type { ReactNode } from "react";
import type { DataColumn } from "./data-table-column.ts";
import { formatNumber, NO_VALUE } from "./format.ts";

/** What a cell shows: the column's own drawing, else the value formatted, in full on hover. */
export function cellContent<Row>(column: DataColumn<Row>, row: Row): ReactNode {
  if (column.cell !== undefined) return column.cell(row);
  const value = column.value(row);
  if (value === null || value === "") return <span className="text-muted">{NO_VALUE}</span>;
  if (typeof value !== "number") return String(value);
  const text = column.format === undefined ? formatNumber(value) : column.format(value);
  return <span title={String(value)}>{text}</span>;
}

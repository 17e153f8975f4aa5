import {
  type ColumnDef,
  createSortedRowModel,
  type RowData,
  rowSortingFeature,
  tableFeatures,
} from "@tanstack/react-table";
import type { CellValue, DataColumn } from "./data-table-column.ts";
import { compareCells } from "./table-rows.ts";

export const TABLE_FEATURES = tableFeatures({
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
});

export type TableColumn<Row extends RowData> = ColumnDef<typeof TABLE_FEATURES, Row>;

/** Our columns in the table library's terms; what is missing sorts last in either direction. */
export function tableColumns<Row extends RowData>(
  columns: readonly DataColumn<Row>[],
): TableColumn<Row>[] {
  return columns.map((column) => ({
    id: column.id,
    accessorFn: (row: Row) => column.value(row) ?? undefined,
    enableSorting: column.sortable !== false,
    sortUndefined: "last" as const,
    sortDescFirst: false,
    sortFn: (left, right, columnId) =>
      compareCells(left.getValue<CellValue>(columnId), right.getValue<CellValue>(columnId)),
  }));
}

export function isRightAligned<Row>(column: DataColumn<Row>): boolean {
  return (column.align ?? (column.format === undefined ? "left" : "right")) === "right";
}

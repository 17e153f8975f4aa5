import type { ReactNode } from "react";

export type CellValue = string | number | boolean | null;

/** One column: `value` is what is sorted, filtered and exported in full; `cell` or `format` what is shown. */
export type DataColumn<Row> = {
  id: string;
  header: string;
  /** Shown in the header, never in the cells. */
  unit?: string | undefined;
  /** What the column is, on hover of its header. */
  help?: string | undefined;
  value: (row: Row) => CellValue;
  format?: ((value: number) => string) | undefined;
  cell?: ((row: Row) => ReactNode) | undefined;
  /** Right for numbers (the default where `format` is given), left for words. */
  align?: "left" | "right" | undefined;
  hiddenByDefault?: boolean | undefined;
  /** Pixels; used where rows are virtual, because a table that sees few rows cannot size itself. */
  width?: number | undefined;
  sortable?: boolean | undefined;
};

export type TableSort = { id: string; desc: boolean };

/** What of a table belongs in the URL. */
export type TableView = { sort: TableSort | null; filter: string };

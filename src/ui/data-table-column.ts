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
  /** What a CSV has instead, where the number alone says too little: an interval by name, a time in UTC. */
  csv?: { value?: (row: Row) => CellValue; unit?: string | undefined } | undefined;
  hiddenByDefault?: boolean | undefined;
  /** Pixels; used where rows are virtual, because a table that sees few rows cannot size itself. */
  width?: number | undefined;
  sortable?: boolean | undefined;
};

export type TableSort = { id: string; desc: boolean };

/** A time in a CSV: UTC, so that two people mean the same bar. */
export function csvTime<Row>(value: (row: Row) => number | null): {
  value: (row: Row) => CellValue;
  unit: string;
} {
  return {
    value: (row) => {
      const ms = value(row);
      return ms === null ? null : new Date(ms).toISOString();
    },
    unit: "UTC",
  };
}

/** What of a table belongs in the URL. */
export type TableView = { sort: TableSort | null; filter: string };

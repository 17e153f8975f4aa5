import { type CsvValue, csvRow } from "#contracts/csv-cell.ts";
import type { CellValue, DataColumn } from "./data-table-column.ts";

/** Rows in which every word of the filter occurs in some column. */
export function filterRows<Row>(
  rows: readonly Row[],
  columns: readonly DataColumn<Row>[],
  filter: string,
): readonly Row[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return rows;
  return rows.filter((row) => {
    const text = columns
      .map((column) => String(column.value(row) ?? ""))
      .join("\n")
      .toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** Order of two values that are there: numbers by size, words as people sort them. */
export function compareCells(left: CellValue, right: CellValue): number {
  if (typeof left === "number" && typeof right === "number") return left - right;
  if (typeof left === "boolean" && typeof right === "boolean") return Number(left) - Number(right);
  return COLLATOR.compare(String(left ?? ""), String(right ?? ""));
}

const COLLATOR = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

/** The rows as CSV in full precision, with the units in the header. Columns of buttons are left out. */
export function rowsCsv<Row>(rows: readonly Row[], columns: readonly DataColumn<Row>[]): string {
  const written = columns.filter(({ sortable }) => sortable !== false);
  const header = written.map(({ header: label, unit: shownUnit, csv }) => {
    const unit = csv?.unit ?? shownUnit;
    return unit === undefined ? label : `${label} (${unit})`;
  });
  const lines = rows.map((row) =>
    csvRow(
      written.map(({ value, csv }): CsvValue => finite(csv?.value ? csv.value(row) : value(row))),
    ),
  );
  return csvRow(header) + lines.join("");
}

function finite(value: CellValue): CsvValue {
  return typeof value === "number" && !Number.isFinite(value) ? null : value;
}

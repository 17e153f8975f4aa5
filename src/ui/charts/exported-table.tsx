"use client";

import { useState } from "react";
import { DataTable } from "../data-table.tsx";
import type { CellValue, DataColumn } from "../data-table-column.ts";
import { formatInteger, formatNumber } from "../format.ts";
import type { ExportedRows } from "./chart-export.ts";

type Row = readonly CellValue[];

/** Every bar of a chart's window, as far as a table can show them. */
export function ExportedTable(props: { exported: ExportedRows; title: string }) {
  const { header, rows, isCut } = props.exported;
  // Worked out once: the table wants the same array from render to render.
  const [columns] = useState(() => exportedColumns(header));
  return (
    <div className="flex flex-col gap-2">
      {isCut ? (
        <p className="text-muted text-sm">
          The first {formatInteger(rows.length)} bars of the window shown. Zoom in for others; the
          CSV has every bar.
        </p>
      ) : null}
      <DataTable
        columns={columns}
        data={rows}
        getRowId={([time]) => String(time)}
        rowLabel="bar"
        ariaLabel={props.title}
      />
    </div>
  );
}

function exportedColumns(header: readonly string[]): DataColumn<Row>[] {
  return header.map(
    (name, index): DataColumn<Row> => ({
      id: name,
      header: name,
      value: (row) => row[index] ?? null,
      ...(index === 0
        ? {
            cell: ([time]) =>
              String(time)
                .replace("T", " ")
                .replace(/:00\.000Z$/, ""),
          }
        : { format: (value) => formatNumber(value, { significant: 8 }) }),
    }),
  );
}

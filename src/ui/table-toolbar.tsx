"use client";

import { Download } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "./button.tsx";
import { ColumnChooser } from "./column-chooser.tsx";
import type { DataColumn } from "./data-table-column.ts";

export function TableToolbar<Row>(props: {
  columns: readonly DataColumn<Row>[];
  hidden: ReadonlySet<string>;
  onHiddenChange: (hidden: ReadonlySet<string>) => void;
  count: string;
  /** Columns stand beyond the right edge. */
  isCut: boolean;
  onDownload: (() => void) | undefined;
  children: ReactNode;
}) {
  return (
    <div className="flex flex-wrap items-center gap-2 border-b border-line px-3 py-2 print:hidden">
      {props.children}
      <div className="ml-auto flex items-center gap-1">
        {props.isCut ? (
          <p className="text-[13px] text-muted">
            More columns to the right <span aria-hidden>→</span>
          </p>
        ) : null}
        <p aria-live="polite" className="px-2 text-[13px] text-muted tabular-nums">
          {props.count}
        </p>
        <ColumnChooser
          columns={props.columns}
          hidden={props.hidden}
          onChange={props.onHiddenChange}
        />
        {props.onDownload === undefined ? null : (
          <Button
            size="sm"
            variant="quiet"
            title="Download the shown rows as CSV"
            onClick={props.onDownload}
          >
            <Download aria-hidden />
            <span className="max-sm:sr-only">CSV</span>
          </Button>
        )}
      </div>
    </div>
  );
}

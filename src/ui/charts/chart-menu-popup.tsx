"use client";

import { Download, Table } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { type ReactElement, useState } from "react";
import { DataTable } from "../data-table.tsx";
import { Dialog } from "../dialog.tsx";
import { downloadText } from "../download-text.ts";
import { ErrorState } from "../error-state.tsx";
import { MENU_CLASS, MENU_ITEM_CLASS } from "../menu-class.ts";
import { Skeleton } from "../skeleton.tsx";
import { rowsCsv } from "../table-rows.ts";
import { toMessage } from "../to-message.ts";
import type { ExportedRows } from "./chart-export.ts";
import type { ChartMenuProps } from "./chart-menu.tsx";
import { ExportedTable } from "./exported-table.tsx";
import type { Pane } from "./pane.ts";
import { paneTableColumns, paneTableRows } from "./pane-table.ts";

/** The table that was asked for: of the panes, or of every bar as soon as it is here. */
type ShownTable =
  | { readonly kind: "none" | "panes" | "loading" }
  | { readonly kind: "failed"; readonly message: string }
  | { readonly kind: "exported"; readonly exported: ExportedRows };

/** The menu of ChartMenu, open from the start, and the table that it shows. */
export function ChartMenuPopup(props: ChartMenuProps & { trigger: ReactElement }) {
  const { panes, title, csvName, trigger, window, source } = props;
  const [table, setTable] = useState<ShownTable>({ kind: "none" });
  const showTable = async () => {
    if (source === undefined) return setTable({ kind: "panes" });
    setTable({ kind: "loading" });
    try {
      setTable({ kind: "exported", exported: await source.rows(window) });
    } catch (error) {
      setTable({ kind: "failed", message: toMessage(error) });
    }
  };
  return (
    <>
      <DropdownMenu.Root defaultOpen modal={false}>
        <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content align="end" sideOffset={4} className={MENU_CLASS}>
            <DropdownMenu.Item className={MENU_ITEM_CLASS} onSelect={() => void showTable()}>
              <Table aria-hidden />
              Show as table
            </DropdownMenu.Item>
            <CsvItem panes={panes} csvName={csvName} href={source?.csvHref(window)} />
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
      <Dialog
        open={table.kind !== "none"}
        onOpenChange={() => setTable({ kind: "none" })}
        title={title}
        width="lg"
      >
        {table.kind === "panes" ? (
          <PaneTable panes={panes} title={title} csvName={csvName} />
        ) : null}
        {table.kind === "loading" ? <Skeleton className="h-80 w-full" /> : null}
        {table.kind === "failed" ? (
          <ErrorState
            title="The bars could not be read"
            message={table.message}
            onRetry={() => void showTable()}
          />
        ) : null}
        {table.kind === "exported" ? (
          <ExportedTable exported={table.exported} title={title} />
        ) : null}
      </Dialog>
    </>
  );
}

/** A file of every bar, or of the panes where they hold all there is. */
function CsvItem(props: { panes: readonly Pane[]; csvName: string; href: string | undefined }) {
  const { panes, csvName, href } = props;
  const label = (
    <>
      <Download aria-hidden />
      Download CSV
    </>
  );
  if (href !== undefined) {
    return (
      <DropdownMenu.Item className={MENU_ITEM_CLASS} asChild>
        <a href={href} download>
          {label}
        </a>
      </DropdownMenu.Item>
    );
  }
  return (
    <DropdownMenu.Item
      className={MENU_ITEM_CLASS}
      onSelect={() =>
        downloadText(`${csvName}.csv`, rowsCsv(paneTableRows(panes), paneTableColumns(panes)))
      }
    >
      {label}
    </DropdownMenu.Item>
  );
}

function PaneTable(props: { panes: readonly Pane[]; title: string; csvName: string }) {
  // Worked out once, when the dialog opens: the table wants the same arrays from render to render.
  const [columns] = useState(() => paneTableColumns(props.panes));
  const [rows] = useState(() => paneTableRows(props.panes));
  return (
    <DataTable
      columns={columns}
      data={rows}
      getRowId={({ timeMs }) => String(timeMs)}
      rowLabel="bar"
      ariaLabel={props.title}
      csvName={props.csvName}
    />
  );
}

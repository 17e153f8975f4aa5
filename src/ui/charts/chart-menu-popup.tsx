"use client";

import { Download, Table } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { type ReactElement, useState } from "react";
import { DataTable } from "../data-table.tsx";
import { Dialog } from "../dialog.tsx";
import { downloadText } from "../download-text.ts";
import { MENU_CLASS, MENU_ITEM_CLASS } from "../menu-class.ts";
import { rowsCsv } from "../table-rows.ts";
import type { ChartMenuProps } from "./chart-menu.tsx";
import type { Pane } from "./pane.ts";
import { paneTableColumns, paneTableRows } from "./pane-table.ts";

/** The menu of ChartMenu, open from the start, and the table that it shows. */
export function ChartMenuPopup(props: ChartMenuProps & { trigger: ReactElement }) {
  const { panes, title, csvName, trigger } = props;
  const [showsTable, setShowsTable] = useState(false);
  return (
    <>
      <DropdownMenu.Root defaultOpen modal={false}>
        <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content align="end" sideOffset={4} className={MENU_CLASS}>
            <DropdownMenu.Item className={MENU_ITEM_CLASS} onSelect={() => setShowsTable(true)}>
              <Table aria-hidden />
              Show as table
            </DropdownMenu.Item>
            <DropdownMenu.Item
              className={MENU_ITEM_CLASS}
              onSelect={() =>
                downloadText(
                  `${csvName}.csv`,
                  rowsCsv(paneTableRows(panes), paneTableColumns(panes)),
                )
              }
            >
              <Download aria-hidden />
              Download CSV
            </DropdownMenu.Item>
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
      <Dialog open={showsTable} onOpenChange={setShowsTable} title={title} width="lg">
        <PaneTable panes={panes} title={title} csvName={csvName} />
      </Dialog>
    </>
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

"use client";

import { Download, EllipsisVertical, Table } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { useState } from "react";
import { Button } from "../button.tsx";
import { DataTable } from "../data-table.tsx";
import { Dialog } from "../dialog.tsx";
import { downloadText } from "../download-text.ts";
import { MENU_CLASS, MENU_ITEM_CLASS } from "../menu-class.ts";
import { rowsCsv } from "../table-rows.ts";
import type { Pane } from "./pane.ts";
import { paneTableColumns, paneTableRows } from "./pane-table.ts";

/** The charts' other forms: as a table, as a file. */
export function ChartMenu(props: { panes: readonly Pane[]; title: string; csvName: string }) {
  const { panes, title, csvName } = props;
  const [showsTable, setShowsTable] = useState(false);
  return (
    <>
      <DropdownMenu.Root modal={false}>
        <DropdownMenu.Trigger asChild>
          <Button size="sm" variant="quiet" aria-label={`Menu: ${title}`} className="px-1.5">
            <EllipsisVertical aria-hidden />
          </Button>
        </DropdownMenu.Trigger>
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

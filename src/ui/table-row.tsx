"use client";

import { type KeyboardEvent, type MouseEvent, useRef } from "react";
import type { DataColumn } from "./data-table-column.ts";
import { UiLink } from "./link-context.tsx";
import { cellContent } from "./table-cell.tsx";
import { isRightAligned } from "./table-features.ts";
import { setAll, type TableSelection } from "./table-selection.ts";

/** The two ways a row opens: by a link in its first cell, or by a call. */
export type OpenRow<Row> = {
  onRowOpen: ((row: Row) => void) | undefined;
  rowHref: ((row: Row) => string) | undefined;
};

export type TableRowProps<Row> = OpenRow<Row> & {
  id: string;
  row: Row;
  rowIndex: number;
  columns: readonly DataColumn<Row>[];
  rowLabel: string;
  selection: TableSelection | undefined;
  isHighlighted: boolean;
};

export function TableRow<Row>(props: TableRowProps<Row>) {
  const { id, row, columns, onRowOpen, rowHref, selection, isHighlighted } = props;
  const linkRef = useRef<HTMLAnchorElement>(null);
  const opens = onRowOpen !== undefined || rowHref !== undefined;
  const open = () => (rowHref === undefined ? onRowOpen?.(row) : linkRef.current?.click());
  const isSelected = selection?.selected.has(id) ?? false;
  const background = isHighlighted || isSelected ? "bg-accent-soft" : "bg-surface";
  return (
    <tr
      aria-rowindex={props.rowIndex}
      tabIndex={onRowOpen !== undefined && rowHref === undefined ? 0 : undefined}
      onClick={(event) => (opens && isPlainClick(event) ? open() : undefined)}
      onKeyDown={(event) => (isEnterOnRow(event) ? open() : undefined)}
      className={`group -outline-offset-2 ${opens ? "cursor-pointer" : ""}`}
    >
      {selection === undefined ? null : (
        <td className={`border-b border-line pl-3 ${background}`}>
          <input
            type="checkbox"
            aria-label={`Select ${props.rowLabel} ${String(columns[0]?.value(row) ?? id)}`}
            className="size-4 align-middle accent-accent"
            checked={isSelected}
            onChange={(event) =>
              selection.onChange(setAll(selection.selected, [id], event.target.checked))
            }
          />
        </td>
      )}
      {columns.map((column, index) => {
        const content = cellContent(column, row);
        const stays = index === 0 && selection === undefined ? "sticky left-0 z-[1]" : "";
        return (
          <td
            key={column.id}
            className={`h-9 border-b border-line px-3 py-1.5 whitespace-nowrap tabular-nums group-hover:bg-surface-2 ${background} ${stays} ${isRightAligned(column) ? "text-right" : "text-left"}`}
          >
            {index === 0 && rowHref !== undefined ? (
              <UiLink
                ref={linkRef}
                href={rowHref(row)}
                className="inline-flex min-h-6 min-w-6 items-center rounded font-medium text-text hover:underline"
              >
                {content}
              </UiLink>
            ) : (
              content
            )}
          </td>
        );
      })}
    </tr>
  );
}

/** A click on the row itself: not on a control inside it, and not the end of selecting text. */
function isPlainClick(event: MouseEvent<HTMLTableRowElement>): boolean {
  const target = event.target;
  // A menu of a cell stands elsewhere in the page, and its clicks come here all the same.
  if (!(target instanceof Element) || !event.currentTarget.contains(target)) return false;
  if (target.closest("a,button,input,label,select,summary,textarea,dialog") !== null) return false;
  return window.getSelection()?.isCollapsed ?? true;
}

function isEnterOnRow(event: KeyboardEvent<HTMLTableRowElement>): boolean {
  return event.key === "Enter" && event.target === event.currentTarget;
}

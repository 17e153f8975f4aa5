"use client";

import { Check, Columns3 } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { Button } from "./button.tsx";
import type { DataColumn } from "./data-table-column.ts";
import { MENU_CLASS, MENU_ITEM_CLASS } from "./menu-class.ts";

export function ColumnChooser<Row>(props: {
  columns: readonly DataColumn<Row>[];
  hidden: ReadonlySet<string>;
  onChange: (hidden: ReadonlySet<string>) => void;
}) {
  const { columns, hidden, onChange } = props;
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <Button size="sm" variant="quiet" aria-label="Choose columns" title="Choose columns">
          <Columns3 aria-hidden />
          <span className="max-sm:sr-only">Columns</span>
        </Button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content align="end" sideOffset={4} className={MENU_CLASS}>
          {columns.map(({ id, header }, index) => (
            <DropdownMenu.CheckboxItem
              key={id}
              className={MENU_ITEM_CLASS}
              checked={!hidden.has(id)}
              // The first column names the row and holds its link.
              disabled={index === 0}
              onSelect={(event) => event.preventDefault()}
              onCheckedChange={(isShown) => {
                const next = new Set(hidden);
                if (isShown) next.delete(id);
                else next.add(id);
                onChange(next);
              }}
            >
              <span className="size-4">
                <DropdownMenu.ItemIndicator>
                  <Check aria-hidden />
                </DropdownMenu.ItemIndicator>
              </span>
              {header}
            </DropdownMenu.CheckboxItem>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

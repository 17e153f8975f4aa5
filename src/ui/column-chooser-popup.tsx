"use client";

import { Check } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import type { ReactElement } from "react";
import type { ColumnChooserProps } from "./column-chooser.tsx";
import { MENU_CLASS, MENU_ITEM_CLASS } from "./menu-class.ts";

/** The menu of ColumnChooser, open from the start. */
export function ColumnChooserPopup(props: ColumnChooserProps & { trigger: ReactElement }) {
  const { columns, hidden, onChange, trigger } = props;
  return (
    <DropdownMenu.Root defaultOpen modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
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

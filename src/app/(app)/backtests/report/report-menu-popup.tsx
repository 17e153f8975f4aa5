"use client";

import { DropdownMenu } from "radix-ui";
import type { ReactElement } from "react";
import { MENU_CLASS, MENU_ITEM_CLASS } from "#ui/menu-class.ts";
import type { ReportMenuItem } from "./report-menu.tsx";

/** The menu of ReportMenu, open from the start. */
export function ReportMenuPopup(props: {
  items: readonly ReportMenuItem[];
  trigger: ReactElement;
}) {
  return (
    <DropdownMenu.Root defaultOpen modal={false}>
      <DropdownMenu.Trigger asChild>{props.trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content align="end" sideOffset={4} className={MENU_CLASS}>
          {props.items.map((item) =>
            "download" in item ? (
              <DropdownMenu.Item key={item.label} className={MENU_ITEM_CLASS} asChild>
                <a href={item.download} download>
                  {item.label}
                </a>
              </DropdownMenu.Item>
            ) : (
              <DropdownMenu.Item
                key={item.label}
                className={MENU_ITEM_CLASS}
                onSelect={item.onSelect}
              >
                {item.label}
              </DropdownMenu.Item>
            ),
          )}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

"use client";

import { DropdownMenu } from "radix-ui";
import type { ReactNode } from "react";
import { MENU_CLASS, MENU_ITEM_CLASS } from "#ui/menu-class.ts";

export type MenuAction = {
  readonly label: string;
  readonly onAct: () => void;
  /** Stands apart from what is before it. */
  readonly isLast?: boolean;
};

/** Actions behind a button, open from the start; see OnFirstOpen. */
export function ActionMenu(props: { trigger: ReactNode; items: readonly MenuAction[] }) {
  return (
    <DropdownMenu.Root defaultOpen modal={false}>
      <DropdownMenu.Trigger asChild>{props.trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="end"
          sideOffset={6}
          collisionPadding={8}
          className={MENU_CLASS}
        >
          {props.items.map(({ label, onAct, isLast = false }) => (
            <div key={label}>
              {isLast ? <DropdownMenu.Separator className="my-1 h-px bg-line" /> : null}
              <DropdownMenu.Item className={MENU_ITEM_CLASS} onSelect={onAct}>
                {label}
              </DropdownMenu.Item>
            </div>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

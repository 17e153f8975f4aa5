"use client";

import { ListChecks, LogOut, Settings } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import type { ReactElement } from "react";
import type { Viewer } from "#contracts/account.ts";
import { UiLink } from "./link-context.tsx";
import { MENU_CLASS, MENU_ITEM_CLASS, MENU_LABEL_CLASS } from "./menu-class.ts";
import type { NavItem } from "./nav-item.ts";
import type { Theme } from "./theme.ts";
import { ThemeItems } from "./theme-items.tsx";

export type AccountMenuProps = {
  viewer: Viewer;
  accountHref: string;
  jobsHref: string;
  theme: Theme | null;
  onSignOut: () => void;
  /** Pages that the bottom bar has no room for. */
  pages?: readonly NavItem[] | undefined;
  trigger: ReactElement;
  side?: "top" | "bottom" | "right" | undefined;
};

export function AccountMenu(props: AccountMenuProps) {
  const { viewer, pages = [] } = props;
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{props.trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          side={props.side ?? "top"}
          align="start"
          sideOffset={6}
          collisionPadding={8}
          className={`${MENU_CLASS} w-60`}
        >
          <div className="px-2 py-1.5">
            <p className="truncate font-medium">{viewer.name}</p>
            <p className="truncate text-xs text-muted">
              {viewer.isGuest ? "Guest" : viewer.email} · {viewer.workspaceName}
            </p>
          </div>
          <Separator />
          {pages.map(({ href, label, icon }) => (
            <LinkItem key={href} href={href} label={label} icon={icon} />
          ))}
          {pages.length > 0 ? <Separator /> : null}
          <LinkItem href={props.accountHref} label="Account" icon={<Settings aria-hidden />} />
          <LinkItem href={props.jobsHref} label="Jobs" icon={<ListChecks aria-hidden />} />
          <Separator />
          <ThemeItems theme={props.theme} />
          <Separator />
          <DropdownMenu.Label className={`${MENU_LABEL_CLASS} sr-only`}>Session</DropdownMenu.Label>
          <DropdownMenu.Item className={MENU_ITEM_CLASS} onSelect={props.onSignOut}>
            <LogOut aria-hidden />
            Sign out
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function Separator() {
  return <DropdownMenu.Separator className="my-1 h-px bg-line" />;
}

function LinkItem(props: { href: string; label: string; icon: NavItem["icon"] }) {
  return (
    <DropdownMenu.Item asChild className={MENU_ITEM_CLASS}>
      <UiLink href={props.href}>
        {props.icon}
        {props.label}
      </UiLink>
    </DropdownMenu.Item>
  );
}

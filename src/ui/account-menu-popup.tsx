"use client";

import { ListChecks, LogOut, Settings } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import type { AccountMenuProps } from "./account-menu.tsx";
import { UiLink } from "./link-context.tsx";
import { MENU_CLASS, MENU_ITEM_CLASS, MENU_LABEL_CLASS } from "./menu-class.ts";
import type { NavItem } from "./nav-item.ts";
import { ThemeItems } from "./theme-items.tsx";

/** The menu of AccountMenu, open from the start. */
export function AccountMenuPopup(props: AccountMenuProps) {
  const { viewer, pages = [] } = props;
  return (
    <DropdownMenu.Root defaultOpen modal={false}>
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

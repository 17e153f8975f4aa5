"use client";

import { Ellipsis } from "lucide-react";
import { AccountMenu } from "./account-menu.tsx";
import type { AppShellProps } from "./app-shell-props.ts";
import { UiLink } from "./link-context.tsx";

const ITEM =
  "flex h-14 min-w-0 flex-1 flex-col items-center justify-center gap-0.5 text-[11px] font-medium -outline-offset-2 [&_svg]:size-5";

/** The same pages within reach of a thumb, below 640 px. */
export function AppBottomBar(props: AppShellProps) {
  const primary = props.nav.filter((item) => item.primary === true).slice(0, 4);
  const shown = primary.length > 0 ? primary : props.nav.slice(0, 4);
  const rest = props.nav.filter((item) => !shown.includes(item));
  return (
    <nav
      aria-label="Main"
      className="fixed inset-x-0 bottom-0 z-30 flex border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] sm:hidden"
    >
      {shown.map((item) => (
        <UiLink
          key={item.href}
          href={item.href}
          aria-current={item.active ? "page" : undefined}
          className={`${ITEM} ${item.active ? "text-accent" : "text-muted"}`}
        >
          {item.icon}
          <span className="max-w-full truncate">{item.label}</span>
        </UiLink>
      ))}
      <AccountMenu
        viewer={props.viewer}
        accountHref={props.accountHref}
        jobsHref={props.jobsHref}
        theme={props.theme}
        onSignOut={props.onSignOut}
        pages={rest}
        trigger={
          <button type="button" className={`${ITEM} text-muted`}>
            <Ellipsis aria-hidden />
            More
          </button>
        }
      />
    </nav>
  );
}

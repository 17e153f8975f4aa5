"use client";

import { ChevronsUpDown, PanelLeftClose, PanelLeftOpen, Search } from "lucide-react";
import { useState } from "react";
import { AccountMenu } from "./account-menu.tsx";
import type { AppShellProps } from "./app-shell-props.ts";
import { writeCookie } from "./browser-cookie.ts";
import { JobsIndicator } from "./jobs-indicator.tsx";
import { UiLink } from "./link-context.tsx";
import { Logo } from "./logo.tsx";
import type { NavItem } from "./nav-item.ts";
import { RAIL_COOKIE } from "./rail-cookie.ts";

const ICON_BUTTON =
  "flex size-8 shrink-0 items-center justify-center rounded-md text-muted hover:bg-surface-2 hover:text-text [&_svg]:size-4";

/** The rail at the left of large screens. */
export function AppRail(props: AppShellProps) {
  const [collapsed, setCollapsed] = useState(props.railCollapsed ?? false);
  const toggle = () => {
    setCollapsed(!collapsed);
    writeCookie(RAIL_COOKIE, collapsed ? null : "collapsed");
  };
  return (
    <aside
      className={`sticky top-0 hidden h-dvh shrink-0 flex-col gap-1 border-r border-line bg-surface p-2 sm:flex ${collapsed ? "w-[52px]" : "w-56"}`}
    >
      <div
        className={`flex items-center gap-1 ${collapsed ? "flex-col" : "justify-between pl-1.5"}`}
      >
        <UiLink
          href={props.homeHref}
          aria-label="Pairdesk, home"
          className="flex h-8 items-center gap-2 rounded-md font-semibold tracking-tight"
        >
          <Logo />
          {collapsed ? null : "Pairdesk"}
        </UiLink>
        <button
          type="button"
          className={ICON_BUTTON}
          onClick={toggle}
          aria-label={collapsed ? "Expand the side bar" : "Collapse the side bar"}
          title={collapsed ? "Expand" : "Collapse"}
        >
          {collapsed ? <PanelLeftOpen aria-hidden /> : <PanelLeftClose aria-hidden />}
        </button>
      </div>
      <PaletteButton collapsed={collapsed} onOpen={props.onOpenPalette} />
      <nav aria-label="Main" className="mt-2 flex-1 overflow-y-auto">
        <ul className="flex flex-col gap-0.5">
          {props.nav.map((item) => (
            <li key={item.href}>
              <RailLink item={item} collapsed={collapsed} />
            </li>
          ))}
        </ul>
      </nav>
      <JobsIndicator
        jobs={props.jobs}
        jobHref={props.jobHref}
        jobsHref={props.jobsHref}
        collapsed={collapsed}
      />
      <AccountMenu
        viewer={props.viewer}
        accountHref={props.accountHref}
        jobsHref={props.jobsHref}
        theme={props.theme}
        onSignOut={props.onSignOut}
        trigger={
          <button
            type="button"
            aria-label={collapsed ? `${props.viewer.name}: account menu` : undefined}
            className="flex h-11 w-full items-center gap-2 rounded-md px-1.5 text-left text-[13px] hover:bg-surface-2"
          >
            <Initial name={props.viewer.name} />
            {collapsed ? null : (
              <>
                <span className="min-w-0 flex-1">
                  <span className="block truncate font-medium">{props.viewer.name}</span>
                  <span className="block truncate text-xs text-muted">
                    {props.viewer.workspaceName}
                  </span>
                </span>
                <span className="sr-only">Account menu</span>
                <ChevronsUpDown aria-hidden className="size-4 text-muted" />
              </>
            )}
          </button>
        }
      />
    </aside>
  );
}

function PaletteButton(props: { collapsed: boolean; onOpen: () => void }) {
  return (
    <button
      type="button"
      onClick={props.onOpen}
      aria-label={props.collapsed ? "Go to a page or command" : undefined}
      title="Search and commands (Ctrl K)"
      className={`mt-1 flex h-8 items-center gap-2 rounded-md border border-line text-[13px] text-muted hover:bg-surface-2 ${props.collapsed ? "justify-center" : "px-2"}`}
    >
      <Search aria-hidden className="size-4" />
      {props.collapsed ? null : (
        <>
          <span className="flex-1 text-left">Go to…</span>
          <kbd className="rounded border border-line px-1 font-sans text-[11px]">Ctrl K</kbd>
        </>
      )}
    </button>
  );
}

function RailLink(props: { item: NavItem; collapsed: boolean }) {
  const { item, collapsed } = props;
  return (
    <UiLink
      href={item.href}
      aria-current={item.active ? "page" : undefined}
      aria-label={collapsed ? item.label : undefined}
      title={collapsed ? item.label : undefined}
      className={`flex h-8 items-center gap-2.5 rounded-md px-2.5 text-[13px] font-medium -outline-offset-2 [&_svg]:size-4 [&_svg]:shrink-0 ${item.active ? "bg-surface-2 text-text" : "text-muted hover:bg-surface-2 hover:text-text"}`}
    >
      {item.icon}
      {collapsed ? null : item.label}
    </UiLink>
  );
}

function Initial(props: { name: string }) {
  return (
    <span
      aria-hidden
      className="flex size-6 shrink-0 items-center justify-center rounded-full bg-accent-soft text-xs font-semibold text-accent"
    >
      {props.name.trim().charAt(0).toUpperCase() || "?"}
    </span>
  );
}

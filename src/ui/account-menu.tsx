"use client";

import { lazy } from "react";
import type { Viewer } from "#contracts/account.ts";
import type { NavItem } from "./nav-item.ts";
import { OnFirstOpen, type OnFirstOpenProps } from "./on-first-open.tsx";
import type { Theme } from "./theme.ts";

export type AccountMenuProps = {
  viewer: Viewer;
  accountHref: string;
  jobsHref: string;
  theme: Theme | null;
  onSignOut: () => void;
  /** Pages that the bottom bar has no room for. */
  pages?: readonly NavItem[] | undefined;
  trigger: OnFirstOpenProps["trigger"];
  side?: "top" | "bottom" | "right" | undefined;
};

const load = async () => ({ default: (await import("./account-menu-popup.tsx")).AccountMenuPopup });
const Popup = lazy(load);

export function AccountMenu(props: AccountMenuProps) {
  return (
    <OnFirstOpen trigger={props.trigger} popup="menu" load={load}>
      <Popup {...props} />
    </OnFirstOpen>
  );
}

"use client";

import type { ReactNode } from "react";
import type { Viewer } from "#contracts/account.ts";
import type { JobView } from "#contracts/job.ts";
import type { Theme } from "./theme.ts";

export type NavItem = {
  href: string;
  label: string;
  icon: ReactNode;
  active: boolean;
  /** Stands in the bottom bar of small screens; the rest is behind "More". */
  primary?: boolean | undefined;
};

export type AppShellProps = {
  nav: readonly NavItem[];
  viewer: Viewer;
  /** Jobs under way and just finished, newest first. */
  jobs: readonly JobView[];
  jobHref: (job: JobView) => string;
  jobsHref: string;
  accountHref: string;
  homeHref: string;
  theme: Theme | null;
  onSignOut: () => void;
  onOpenPalette: () => void;
  /** Guest or synthetic notice above the page. */
  notice?: ReactNode;
  children: ReactNode;
};

export function AppShell(props: AppShellProps) {
  return <div>{props.children}</div>;
}

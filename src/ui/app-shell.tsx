"use client";

import type { ReactNode } from "react";
import type { Viewer } from "#contracts/account.ts";
import type { JobView } from "#contracts/job.ts";
import { AppBottomBar } from "./app-bottom-bar.tsx";
import { AppRail } from "./app-rail.tsx";
import type { NavItem } from "./nav-item.ts";
import type { Theme } from "./theme.ts";

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
  /** From the cookie RAIL_COOKIE, so that the rail has its width at the first paint. */
  railCollapsed?: boolean | undefined;
  /** Guest or synthetic notice above the page. */
  notice?: ReactNode;
  children: ReactNode;
};

/** The frame of every page behind the sign-in. */
export function AppShell(props: AppShellProps) {
  return (
    <div className="flex min-h-dvh">
      <a
        href="#main"
        className="sr-only z-50 rounded-md bg-accent px-3 py-2 text-sm text-accent-text focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        Skip to the content
      </a>
      <AppRail {...props} />
      <div className="flex min-w-0 flex-1 flex-col">
        {props.notice === undefined || props.notice === null ? null : (
          <section aria-label="Notice">{props.notice}</section>
        )}
        <main
          id="main"
          tabIndex={-1}
          className="mx-auto w-full max-w-[1440px] flex-1 px-4 pt-5 pb-24 outline-none sm:px-6 sm:pb-10 lg:px-8"
        >
          {props.children}
        </main>
      </div>
      <AppBottomBar {...props} />
    </div>
  );
}

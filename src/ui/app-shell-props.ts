import type { ReactNode } from "react";
import type { Viewer } from "#contracts/account.ts";
import type { JobView } from "#contracts/job.ts";
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

"use client";

import { usePathname } from "next/navigation";
import { type ReactNode, useState } from "react";
import type { Viewer } from "#contracts/account.ts";
import { AppShell } from "#ui/app-shell.tsx";
import type { Theme } from "#ui/theme.ts";
import { jobHref } from "../job-links.ts";
import { LiveEvents } from "../live-events.tsx";
import { signOut } from "../sign-out.ts";
import { useRecentJobs } from "../use-recent-jobs.ts";
import { GuestNotice } from "./guest-notice.tsx";
import { isWithin, NAV_PAGES } from "./nav-pages.ts";
import { PageCommands } from "./page-commands.tsx";
import { useJobToasts } from "./use-job-toasts.ts";

type SignedInShellProps = {
  viewer: Viewer;
  theme: Theme | null;
  isRailCollapsed: boolean;
  children: ReactNode;
};

export function SignedInShell({ viewer, theme, isRailCollapsed, children }: SignedInShellProps) {
  const pathname = usePathname();
  const [isPaletteOpen, setIsPaletteOpen] = useState(false);
  const jobs = useRecentJobs();
  useJobToasts(jobs);
  return (
    <AppShell
      nav={NAV_PAGES.map((page) => ({
        href: page.href,
        label: page.label,
        icon: <page.Icon aria-hidden />,
        active: isWithin(page, pathname),
        primary: page.isPrimary,
      }))}
      viewer={viewer}
      jobs={jobs}
      jobHref={jobHref}
      jobsHref="/jobs"
      accountHref="/account"
      homeHref="/home"
      theme={theme}
      railCollapsed={isRailCollapsed}
      onSignOut={() => void signOut()}
      onOpenPalette={() => setIsPaletteOpen(true)}
      notice={viewer.isGuest ? <GuestNotice expiresAtMs={viewer.expiresAtMs} /> : null}
    >
      <LiveEvents>{children}</LiveEvents>
      <PageCommands open={isPaletteOpen} onOpenChange={setIsPaletteOpen} />
    </AppShell>
  );
}

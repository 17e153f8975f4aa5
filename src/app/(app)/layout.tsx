import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { RAIL_COOKIE } from "#ui/rail-cookie.ts";
import { parseTheme, THEME_COOKIE } from "#ui/theme.ts";
import { requireViewer } from "../require-viewer.ts";
import { HydrateClient, prefetch, trpc } from "../trpc-server.ts";
import { SignedInShell } from "./signed-in-shell.tsx";

/** Spares a visitor an empty shell; what they may read is decided by every procedure on its own. */
export default async function AppLayout({ children }: { children: ReactNode }) {
  const viewer = await requireViewer();
  prefetch(trpc.jobs.active.queryOptions());
  const choices = await cookies();
  return (
    <HydrateClient>
      <SignedInShell
        viewer={viewer}
        theme={parseTheme(choices.get(THEME_COOKIE)?.value)}
        isRailCollapsed={choices.get(RAIL_COOKIE)?.value === "collapsed"}
      >
        {children}
      </SignedInShell>
    </HydrateClient>
  );
}

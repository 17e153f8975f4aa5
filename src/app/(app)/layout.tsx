import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { RAIL_COOKIE } from "#ui/rail-cookie.ts";
import { parseTheme, THEME_COOKIE } from "#ui/theme.ts";
import { createQueryClient } from "../query-client.ts";
import { requireViewer } from "../require-viewer.ts";
import { trpc } from "../trpc-server.ts";
import { SignedInShell } from "./signed-in-shell.tsx";

/** Spares a visitor an empty shell; what they may read is decided by every procedure on its own. */
export default async function AppLayout({ children }: { children: ReactNode }) {
  const viewer = await requireViewer();
  // Waited for, and apart from the page's queries: the rail shows jobs without suspending, so what
  // the server draws must be what the browser starts with.
  const queryClient = createQueryClient();
  await queryClient.prefetchQuery(trpc.jobs.active.queryOptions());
  const choices = await cookies();
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <SignedInShell
        viewer={viewer}
        theme={parseTheme(choices.get(THEME_COOKIE)?.value)}
        isRailCollapsed={choices.get(RAIL_COOKIE)?.value === "collapsed"}
      >
        {children}
      </SignedInShell>
    </HydrationBoundary>
  );
}

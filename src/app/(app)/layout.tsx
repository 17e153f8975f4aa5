import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { RAIL_COOKIE } from "#ui/rail-cookie.ts";
import { parseTheme, THEME_COOKIE } from "#ui/theme.ts";
import { currentViewer } from "../current-viewer.ts";
import { HydrateClient, prefetch, trpc } from "../trpc-server.ts";
import { SignedInShell } from "./signed-in-shell.tsx";

/** Spares a visitor an empty shell; what they may read is decided by every procedure on its own. */
export default async function AppLayout({ children }: { children: ReactNode }) {
  const viewer = await currentViewer();
  if (viewer === null) redirect("/sign-in");
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

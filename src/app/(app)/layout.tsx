import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { parseTheme, THEME_COOKIE } from "#ui/theme.ts";
import { currentViewer } from "../current-viewer.ts";
import { HydrateClient, prefetch, trpc } from "../trpc-server.ts";
import { SignedInShell } from "./signed-in-shell.tsx";

/** Spares a visitor an empty shell; what they may read is decided by every procedure on its own. */
export default async function AppLayout({ children }: { children: ReactNode }) {
  const viewer = await currentViewer();
  if (viewer === null) redirect("/sign-in");
  prefetch(trpc.jobs.active.queryOptions());
  const theme = parseTheme((await cookies()).get(THEME_COOKIE)?.value);
  return (
    <HydrateClient>
      <SignedInShell viewer={viewer} theme={theme}>
        {children}
      </SignedInShell>
    </HydrateClient>
  );
}

import type { Metadata } from "next";
import { requireViewer } from "../../require-viewer.ts";
import { HydrateClient, prefetch, trpc } from "../../trpc-server.ts";
import { AccountView } from "./account-view.tsx";

export const metadata: Metadata = { title: "Account" };

export default async function AccountPage() {
  await requireViewer();
  prefetch(trpc.account.me.queryOptions());
  prefetch(trpc.account.sessions.queryOptions());
  return (
    <HydrateClient>
      <AccountView />
    </HydrateClient>
  );
}

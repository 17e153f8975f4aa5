import type { Metadata } from "next";
import { HydrateClient, prefetch, trpc } from "../../trpc-server.ts";
import { AccountView } from "./account-view.tsx";

export const metadata: Metadata = { title: "Account" };

export default function AccountPage() {
  prefetch(trpc.account.me.queryOptions());
  prefetch(trpc.account.sessions.queryOptions());
  return (
    <HydrateClient>
      <AccountView />
    </HydrateClient>
  );
}

import type { Metadata } from "next";
import { HydrateClient, prefetch, trpc } from "../../trpc-server.ts";
import { SharesView } from "./shares-view.tsx";

export const metadata: Metadata = { title: "Links" };

export default function SharesPage() {
  prefetch(trpc.shares.list.queryOptions());
  return (
    <HydrateClient>
      <SharesView />
    </HydrateClient>
  );
}

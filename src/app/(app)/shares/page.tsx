import type { Metadata } from "next";
import { requireViewer } from "../../require-viewer.ts";
import { HydrateClient, prefetch, trpc } from "../../trpc-server.ts";
import { SharesView } from "./shares-view.tsx";

export const metadata: Metadata = { title: "Links" };

export default async function SharesPage() {
  await requireViewer();
  prefetch(trpc.shares.list.queryOptions());
  return (
    <HydrateClient>
      <SharesView />
    </HydrateClient>
  );
}

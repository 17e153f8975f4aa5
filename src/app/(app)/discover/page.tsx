import type { Metadata } from "next";
import { requireViewer } from "../../require-viewer.ts";
import { HydrateClient, prefetch, trpc } from "../../trpc-server.ts";
import { DiscoverView } from "./discover-view.tsx";

export const metadata: Metadata = { title: "Discover" };

export default async function DiscoverPage() {
  await requireViewer();
  prefetch(trpc.scans.list.queryOptions());
  prefetch(trpc.universes.list.queryOptions());
  return (
    <HydrateClient>
      <DiscoverView />
    </HydrateClient>
  );
}

import type { Metadata } from "next";
import { requireViewer } from "../../require-viewer.ts";
import { HydrateClient, prefetch, trpc } from "../../trpc-server.ts";
import { WatchlistView } from "./watchlist-view.tsx";

export const metadata: Metadata = { title: "Live" };

export default async function LivePage() {
  await requireViewer();
  prefetch(trpc.watch.list.queryOptions());
  return (
    <HydrateClient>
      <WatchlistView />
    </HydrateClient>
  );
}

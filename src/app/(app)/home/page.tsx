import type { Metadata } from "next";
import { requireViewer } from "../../require-viewer.ts";
import { HydrateClient, prefetch, trpc } from "../../trpc-server.ts";
import { HomeView } from "./home-view.tsx";

export const metadata: Metadata = { title: "Home" };

export default async function HomePage() {
  await requireViewer();
  prefetch(trpc.backtests.list.queryOptions({}));
  prefetch(trpc.scans.list.queryOptions());
  prefetch(trpc.strategies.list.queryOptions());
  prefetch(trpc.universes.list.queryOptions());
  prefetch(trpc.instruments.list.queryOptions({ venue: "upload" }));
  prefetch(trpc.shares.list.queryOptions());
  prefetch(trpc.watch.list.queryOptions());
  prefetch(trpc.alerts.unacknowledgedCount.queryOptions());
  prefetch(trpc.feed.status.queryOptions());
  return (
    <HydrateClient>
      <HomeView />
    </HydrateClient>
  );
}

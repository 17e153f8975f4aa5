import type { Metadata } from "next";
import { requireViewer } from "../../require-viewer.ts";
import { HydrateClient, prefetch, trpc } from "../../trpc-server.ts";
import { FeedView } from "./feed-view.tsx";

export const metadata: Metadata = { title: "Feed" };

export default async function FeedPage() {
  const { role, isGuest } = await requireViewer();
  prefetch(trpc.feed.status.queryOptions());
  return (
    <HydrateClient>
      <FeedView mayAskAgain={role === "owner" && !isGuest} />
    </HydrateClient>
  );
}

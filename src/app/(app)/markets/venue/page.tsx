import type { Metadata } from "next";
import { requireViewer } from "../../../require-viewer.ts";
import { HydrateClient, prefetch, trpc } from "../../../trpc-server.ts";
import { VenueView } from "./venue-view.tsx";

export const metadata: Metadata = { title: "Venue" };

export default async function VenuePage() {
  await requireViewer();
  prefetch(trpc.markets.list.queryOptions({}));
  return (
    <HydrateClient>
      <VenueView />
    </HydrateClient>
  );
}

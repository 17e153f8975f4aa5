import type { Metadata } from "next";
import { requireViewer } from "../../../require-viewer.ts";
import { HydrateClient, prefetch, trpc } from "../../../trpc-server.ts";
import { WatchPair } from "./watch-pair.tsx";

export const metadata: Metadata = { title: "Watch a pair" };

export default async function WatchPairPage() {
  await requireViewer();
  prefetch(trpc.markets.list.queryOptions({}));
  return (
    <HydrateClient>
      <WatchPair />
    </HydrateClient>
  );
}

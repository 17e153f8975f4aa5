import type { Metadata } from "next";
import { requireViewer } from "../../../require-viewer.ts";
import { HydrateClient, prefetch, trpc } from "../../../trpc-server.ts";
import { loadOrNotFound } from "../../discover/load-or-not-found.ts";
import { WatchPair } from "./watch-pair.tsx";

export const metadata: Metadata = { title: "Watch a pair" };

export default async function WatchPairPage({
  searchParams,
}: {
  searchParams: Promise<{ from?: string | string[] }>;
}) {
  await requireViewer();
  const { from } = await searchParams;
  if (typeof from === "string") await loadOrNotFound(trpc.watch.get.queryOptions({ id: from }));
  prefetch(trpc.markets.list.queryOptions({}));
  return (
    <HydrateClient>
      <WatchPair />
    </HydrateClient>
  );
}

import type { Metadata } from "next";
import { requireViewer } from "../../../require-viewer.ts";
import { HydrateClient, prefetch, trpc } from "../../../trpc-server.ts";
import { LivePairView } from "./live-pair-view.tsx";

export const metadata: Metadata = { title: "Live pair" };

export default async function LivePairPage({ params }: { params: Promise<{ id: string }> }) {
  await requireViewer();
  const { id } = await params;
  prefetch(trpc.watch.get.queryOptions({ id }));
  return (
    <HydrateClient>
      <LivePairView id={id} />
    </HydrateClient>
  );
}

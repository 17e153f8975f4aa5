import type { Metadata } from "next";
import { requireViewer } from "../../../require-viewer.ts";
import { HydrateClient, trpc } from "../../../trpc-server.ts";
import { loadOrNotFound } from "../../discover/load-or-not-found.ts";
import { LivePairView } from "./live-pair-view.tsx";

export const metadata: Metadata = { title: "Live pair" };

export default async function LivePairPage({ params }: { params: Promise<{ id: string }> }) {
  await requireViewer();
  const { id } = await params;
  await loadOrNotFound(trpc.watch.get.queryOptions({ id }));
  return (
    <HydrateClient>
      <LivePairView id={id} />
    </HydrateClient>
  );
}

import type { Metadata } from "next";
import { requireViewer } from "../../require-viewer.ts";
import { HydrateClient, prefetch, trpc } from "../../trpc-server.ts";
import { CoverageView } from "./coverage-view.tsx";

export const metadata: Metadata = { title: "Markets" };

export default async function MarketsPage() {
  await requireViewer();
  prefetch(trpc.instruments.list.queryOptions({}));
  return (
    <HydrateClient>
      <CoverageView />
    </HydrateClient>
  );
}

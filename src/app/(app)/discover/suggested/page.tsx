import type { Metadata } from "next";
import { requireViewer } from "../../../require-viewer.ts";
import { HydrateClient, prefetch, trpc } from "../../../trpc-server.ts";
import { SuggestedView } from "./suggested-view.tsx";

export const metadata: Metadata = { title: "Suggested pairs" };

export default async function SuggestedPage() {
  await requireViewer();
  prefetch(trpc.suggestions.list.queryOptions());
  return (
    <HydrateClient>
      <SuggestedView />
    </HydrateClient>
  );
}

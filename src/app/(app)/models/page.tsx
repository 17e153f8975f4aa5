import type { Metadata } from "next";
import { requireViewer } from "../../require-viewer.ts";
import { HydrateClient, prefetch, trpc } from "../../trpc-server.ts";
import { ModelsView } from "./models-view.tsx";

export const metadata: Metadata = { title: "Models" };

export default async function ModelsPage() {
  await requireViewer();
  prefetch(trpc.models.list.queryOptions());
  prefetch(trpc.learningRuns.list.queryOptions({}));
  prefetch(trpc.datasets.list.queryOptions());
  return (
    <HydrateClient>
      <ModelsView />
    </HydrateClient>
  );
}

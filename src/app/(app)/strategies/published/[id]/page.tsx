import type { Metadata } from "next";
import { requireViewer } from "../../../../require-viewer.ts";
import { HydrateClient, trpc } from "../../../../trpc-server.ts";
import { loadOrNotFound } from "../../../discover/load-or-not-found.ts";
import { PublishedStudyPageView } from "./published-study-page-view.tsx";

export const metadata: Metadata = { title: "Published strategies: a study" };

export default async function PublishedStudyPage({ params }: { params: Promise<{ id: string }> }) {
  await requireViewer();
  const { id } = await params;
  await loadOrNotFound(trpc.publishedStudies.get.queryOptions({ id }));
  return (
    <HydrateClient>
      <PublishedStudyPageView id={id} />
    </HydrateClient>
  );
}

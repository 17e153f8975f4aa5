import type { Metadata } from "next";
import { requireViewer } from "../../../require-viewer.ts";
import { HydrateClient, prefetch, trpc } from "../../../trpc-server.ts";
import { PublishedStudiesView } from "./published-studies-view.tsx";

export const metadata: Metadata = { title: "Published strategies" };

export default async function PublishedStudiesPage() {
  await requireViewer();
  prefetch(trpc.publishedStudies.list.queryOptions());
  prefetch(trpc.scans.list.queryOptions());
  return (
    <HydrateClient>
      <PublishedStudiesView />
    </HydrateClient>
  );
}

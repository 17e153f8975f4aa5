import type { Metadata } from "next";
import { requireViewer } from "../../require-viewer.ts";
import { HydrateClient, prefetch, trpc } from "../../trpc-server.ts";
import { JobsView } from "./jobs-view.tsx";

export const metadata: Metadata = { title: "Jobs" };

export default async function JobsPage() {
  await requireViewer();
  prefetch(trpc.jobs.list.queryOptions());
  return (
    <HydrateClient>
      <JobsView />
    </HydrateClient>
  );
}

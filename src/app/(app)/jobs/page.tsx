import type { Metadata } from "next";
import { HydrateClient, prefetch, trpc } from "../../trpc-server.ts";
import { JobsView } from "./jobs-view.tsx";

export const metadata: Metadata = { title: "Jobs" };

export default function JobsPage() {
  prefetch(trpc.jobs.list.queryOptions());
  return (
    <HydrateClient>
      <JobsView />
    </HydrateClient>
  );
}

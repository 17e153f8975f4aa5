import type { Metadata } from "next";
import { PageHeader } from "#ui/page-header.tsx";
import { requireViewer } from "../../../require-viewer.ts";
import { HydrateClient, prefetch, trpc } from "../../../trpc-server.ts";
import { NewOptimisation } from "./new-optimisation.tsx";

export const metadata: Metadata = { title: "New optimisation" };

export default async function NewOptimisationPage() {
  await requireViewer();
  prefetch(trpc.strategies.list.queryOptions());
  return (
    <HydrateClient>
      <PageHeader
        title="Start an optimisation"
        lead="Choose what to vary and how far. Each combination is run on the data of the strategy, after all costs, and counted."
        breadcrumbs={[{ label: "Optimisations", href: "/optimisations" }]}
      />
      <NewOptimisation />
    </HydrateClient>
  );
}

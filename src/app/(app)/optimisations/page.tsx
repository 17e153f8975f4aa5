import type { Metadata } from "next";
import { PageHeader } from "#ui/page-header.tsx";
import { ButtonLink } from "../../button-link.tsx";
import { requireViewer } from "../../require-viewer.ts";
import { HydrateClient, prefetch, trpc } from "../../trpc-server.ts";
import { OptimisationTable } from "./optimisation-table.tsx";

export const metadata: Metadata = { title: "Optimisations" };

export default async function OptimisationsPage() {
  await requireViewer();
  prefetch(trpc.optimisations.list.queryOptions({}));
  return (
    <HydrateClient>
      <PageHeader
        title="Optimisations"
        lead="Searches over the parameters of a strategy. Every trial is kept and counted, because the best of many looks good by chance."
        actions={
          <ButtonLink href="/optimisations/new" variant="primary">
            Start an optimisation
          </ButtonLink>
        }
      />
      <OptimisationTable />
    </HydrateClient>
  );
}

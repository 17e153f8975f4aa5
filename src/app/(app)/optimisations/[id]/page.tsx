import type { Metadata } from "next";
import { requireViewer } from "../../../require-viewer.ts";
import { HydrateClient, trpc } from "../../../trpc-server.ts";
import { loadOrNotFound } from "../../discover/load-or-not-found.ts";
import { OptimisationPageView } from "./optimisation-page-view.tsx";

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { id } = await params;
  const view = await loadOrNotFound(trpc.optimisations.get.queryOptions({ id }));
  return { title: `Optimisation of ${view.strategyName} v${view.strategyVersion.version}` };
}

export default async function OptimisationPage({ params }: Props) {
  await requireViewer();
  const { id } = await params;
  await loadOrNotFound(trpc.optimisations.get.queryOptions({ id }));
  return (
    <HydrateClient>
      <OptimisationPageView id={id} />
    </HydrateClient>
  );
}

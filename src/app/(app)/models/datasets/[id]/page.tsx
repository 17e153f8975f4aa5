import type { Metadata } from "next";
import { requireViewer } from "../../../../require-viewer.ts";
import { HydrateClient, prefetch, trpc } from "../../../../trpc-server.ts";
import { loadOrNotFound } from "../../../discover/load-or-not-found.ts";
import { DatasetPageView } from "./dataset-page-view.tsx";

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { id } = await params;
  const dataset = await loadOrNotFound(trpc.datasets.get.queryOptions({ id }));
  return { title: dataset.name };
}

export default async function DatasetPage({ params }: Props) {
  await requireViewer();
  const { id } = await params;
  await loadOrNotFound(trpc.datasets.get.queryOptions({ id }));
  prefetch(trpc.learningRuns.list.queryOptions({ datasetId: id }));
  return (
    <HydrateClient>
      <DatasetPageView id={id} />
    </HydrateClient>
  );
}

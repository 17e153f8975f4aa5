import type { Metadata } from "next";
import { requireViewer } from "../../../../../require-viewer.ts";
import { HydrateClient, prefetch, trpc } from "../../../../../trpc-server.ts";
import { loadOrNotFound } from "../../../../discover/load-or-not-found.ts";
import { EditDataset } from "./edit-dataset.tsx";

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { id } = await params;
  const dataset = await loadOrNotFound(trpc.datasets.get.queryOptions({ id }));
  return { title: `New version of ${dataset.name}` };
}

export default async function EditDatasetPage({ params }: Props) {
  await requireViewer();
  const { id } = await params;
  await loadOrNotFound(trpc.datasets.get.queryOptions({ id }));
  prefetch(trpc.instruments.list.queryOptions({}));
  return (
    <HydrateClient>
      <EditDataset id={id} />
    </HydrateClient>
  );
}

import type { Metadata } from "next";
import { requireViewer } from "../../../../require-viewer.ts";
import { HydrateClient, prefetch, trpc } from "../../../../trpc-server.ts";
import { loadOrNotFound } from "../../../discover/load-or-not-found.ts";
import { searchReader } from "../../../strategies/new/search-reader.ts";
import { NewDataset } from "./new-dataset.tsx";

export const metadata: Metadata = { title: "New dataset" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function NewDatasetPage({ searchParams }: Props) {
  await requireViewer();
  const from = searchReader(await searchParams)("from");
  if (from !== null) await loadOrNotFound(trpc.datasets.get.queryOptions({ id: from }));
  prefetch(trpc.instruments.list.queryOptions({}));
  return (
    <HydrateClient>
      <NewDataset from={from} />
    </HydrateClient>
  );
}

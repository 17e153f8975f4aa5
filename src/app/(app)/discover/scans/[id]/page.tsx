import type { Metadata } from "next";
import { requireViewer } from "../../../../require-viewer.ts";
import { HydrateClient, prefetch, trpc } from "../../../../trpc-server.ts";
import { loadOrNotFound } from "../../load-or-not-found.ts";
import { refusedPairsOf } from "./refused-pairs-of.ts";
import { ScanPageView } from "./scan-page-view.tsx";

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<{ view?: string | string[] }>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { id } = await params;
  const scan = await loadOrNotFound(trpc.scans.get.queryOptions({ id }));
  return { title: `Scan of ${scan.universeName}` };
}

export default async function ScanPage({ params, searchParams }: Props) {
  await requireViewer();
  const { id } = await params;
  const scan = await loadOrNotFound(trpc.scans.get.queryOptions({ id }));
  const { view } = await searchParams;
  if (scan.summary !== null) {
    prefetch(trpc.scans.pairs.queryOptions({ scanId: id }));
    // What another tab shows is asked for when the address opens it.
    if (view === "map") prefetch(trpc.scans.heatMap.queryOptions({ scanId: id }));
    if (view === "refused") prefetch(trpc.scans.pairs.queryOptions(refusedPairsOf(id)));
  }
  return (
    <HydrateClient>
      <ScanPageView id={id} />
    </HydrateClient>
  );
}

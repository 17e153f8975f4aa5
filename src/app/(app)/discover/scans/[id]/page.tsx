import type { Metadata } from "next";
import { requireViewer } from "../../../../require-viewer.ts";
import { HydrateClient, prefetch, trpc } from "../../../../trpc-server.ts";
import { loadOrNotFound } from "../../load-or-not-found.ts";
import { ScanPageView } from "./scan-page-view.tsx";

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { id } = await params;
  const scan = await loadOrNotFound(trpc.scans.get.queryOptions({ id }));
  return { title: `Scan of ${scan.universeName}` };
}

export default async function ScanPage({ params }: Props) {
  await requireViewer();
  const { id } = await params;
  const scan = await loadOrNotFound(trpc.scans.get.queryOptions({ id }));
  if (scan.summary !== null) prefetch(trpc.scans.pairs.queryOptions({ scanId: id }));
  return (
    <HydrateClient>
      <ScanPageView id={id} />
    </HydrateClient>
  );
}

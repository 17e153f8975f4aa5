import type { Metadata } from "next";
import { requireViewer } from "../../../../require-viewer.ts";
import { HydrateClient, prefetch, trpc } from "../../../../trpc-server.ts";
import { NewScan } from "./new-scan.tsx";

export const metadata: Metadata = { title: "New scan" };

export default async function NewScanPage() {
  await requireViewer();
  prefetch(trpc.universes.list.queryOptions());
  return (
    <HydrateClient>
      <NewScan />
    </HydrateClient>
  );
}

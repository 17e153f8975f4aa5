import type { Metadata } from "next";
import { HydrateClient, prefetch, trpc } from "../../../../trpc-server.ts";
import { NewScan } from "./new-scan.tsx";

export const metadata: Metadata = { title: "New scan" };

export default function NewScanPage() {
  prefetch(trpc.universes.list.queryOptions());
  return (
    <HydrateClient>
      <NewScan />
    </HydrateClient>
  );
}

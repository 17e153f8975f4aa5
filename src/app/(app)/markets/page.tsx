import type { Metadata } from "next";
import { HydrateClient, prefetch, trpc } from "../../trpc-server.ts";
import { CoverageView } from "./coverage-view.tsx";

export const metadata: Metadata = { title: "Markets" };

export default function MarketsPage() {
  prefetch(trpc.instruments.list.queryOptions({}));
  return (
    <HydrateClient>
      <CoverageView />
    </HydrateClient>
  );
}

import type { Metadata } from "next";
import { requireViewer } from "../../require-viewer.ts";
import { HydrateClient, prefetch, trpc } from "../../trpc-server.ts";
import { StrategiesView } from "./strategies-view.tsx";

export const metadata: Metadata = { title: "Strategies" };

export default async function StrategiesPage() {
  await requireViewer();
  prefetch(trpc.strategies.list.queryOptions());
  return (
    <HydrateClient>
      <StrategiesView />
    </HydrateClient>
  );
}

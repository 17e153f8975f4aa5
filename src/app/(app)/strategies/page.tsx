import type { Metadata } from "next";
import { HydrateClient, prefetch, trpc } from "../../trpc-server.ts";
import { StrategiesView } from "./strategies-view.tsx";

export const metadata: Metadata = { title: "Strategies" };

export default function StrategiesPage() {
  prefetch(trpc.strategies.list.queryOptions());
  return (
    <HydrateClient>
      <StrategiesView />
    </HydrateClient>
  );
}

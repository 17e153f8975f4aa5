import type { Metadata } from "next";
import { requireViewer } from "../../require-viewer.ts";
import { HydrateClient, requestQueryClient, trpc } from "../../trpc-server.ts";
import { KindGallery } from "./kind-gallery.tsx";
import { StrategiesView } from "./strategies-view.tsx";

export const metadata: Metadata = { title: "Strategies" };

export default async function StrategiesPage() {
  await requireViewer();
  const strategies = await requestQueryClient().fetchQuery(trpc.strategies.list.queryOptions());
  return (
    <HydrateClient>
      <StrategiesView gallery={strategies.length === 0 ? <KindGallery /> : null} />
    </HydrateClient>
  );
}

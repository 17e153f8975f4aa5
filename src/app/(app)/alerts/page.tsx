import type { Metadata } from "next";
import { requireViewer } from "../../require-viewer.ts";
import { HydrateClient, prefetch, trpc } from "../../trpc-server.ts";
import { AlertsView } from "./alerts-view.tsx";

export const metadata: Metadata = { title: "Alerts" };

export default async function AlertsPage() {
  await requireViewer();
  prefetch(trpc.alerts.rules.queryOptions());
  prefetch(trpc.alerts.channels.queryOptions());
  return (
    <HydrateClient>
      <AlertsView />
    </HydrateClient>
  );
}

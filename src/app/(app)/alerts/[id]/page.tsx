import type { Metadata } from "next";
import { requireViewer } from "../../../require-viewer.ts";
import { HydrateClient, prefetch, trpc } from "../../../trpc-server.ts";
import { EditRule } from "./edit-rule.tsx";

export const metadata: Metadata = { title: "Alert rule" };

export default async function EditRulePage({ params }: { params: Promise<{ id: string }> }) {
  await requireViewer();
  const { id } = await params;
  prefetch(trpc.alerts.rules.queryOptions());
  prefetch(trpc.watch.list.queryOptions());
  prefetch(trpc.markets.list.queryOptions({}));
  prefetch(trpc.alerts.channels.queryOptions());
  return (
    <HydrateClient>
      <EditRule id={id} />
    </HydrateClient>
  );
}

import type { Metadata } from "next";
import { requireViewer } from "../../../require-viewer.ts";
import { HydrateClient, prefetch, trpc } from "../../../trpc-server.ts";
import { NewRule } from "./new-rule.tsx";

export const metadata: Metadata = { title: "New alert rule" };

export default async function NewRulePage() {
  await requireViewer();
  prefetch(trpc.watch.list.queryOptions());
  prefetch(trpc.markets.list.queryOptions({}));
  prefetch(trpc.alerts.channels.queryOptions());
  return (
    <HydrateClient>
      <NewRule />
    </HydrateClient>
  );
}

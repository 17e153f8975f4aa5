import type { Metadata } from "next";
import { requireViewer } from "../../../require-viewer.ts";
import { HydrateClient, prefetch, trpc } from "../../../trpc-server.ts";
import { NewBacktests } from "./new-backtests.tsx";

export const metadata: Metadata = { title: "Start backtests" };

export default async function NewBacktestsPage() {
  await requireViewer();
  prefetch(trpc.strategies.list.queryOptions());
  prefetch(trpc.universes.list.queryOptions());
  return (
    <HydrateClient>
      <NewBacktests />
    </HydrateClient>
  );
}

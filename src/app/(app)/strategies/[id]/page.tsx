import type { Metadata } from "next";
import { requireViewer } from "../../../require-viewer.ts";
import { HydrateClient, prefetch, trpc } from "../../../trpc-server.ts";
import { loadOrNotFound } from "../../discover/load-or-not-found.ts";
import { StrategyPageView } from "./strategy-page-view.tsx";

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { id } = await params;
  const strategy = await loadOrNotFound(trpc.strategies.get.queryOptions({ id }));
  return { title: strategy.name };
}

export default async function StrategyPage({ params }: Props) {
  await requireViewer();
  const { id } = await params;
  await loadOrNotFound(trpc.strategies.get.queryOptions({ id }));
  prefetch(trpc.backtests.list.queryOptions({ strategyId: id }));
  return (
    <HydrateClient>
      <StrategyPageView id={id} />
    </HydrateClient>
  );
}

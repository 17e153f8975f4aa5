import type { Metadata } from "next";
import { requireViewer } from "../../../require-viewer.ts";
import { HydrateClient, prefetch, trpc } from "../../../trpc-server.ts";
import { NewStrategy } from "./new-strategy.tsx";
import { pairOfSearch } from "./pair-of-search.ts";

export const metadata: Metadata = { title: "New strategy" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function NewStrategyPage({ searchParams }: Props) {
  await requireViewer();
  const search = await searchParams;
  const pair = pairOfSearch((key) => {
    const value = search[key];
    return typeof value === "string" ? value : null;
  });
  prefetch(trpc.instruments.list.queryOptions({}));
  if (pair !== null) prefetch(trpc.scans.pair.queryOptions(pair));
  return (
    <HydrateClient>
      <NewStrategy />
    </HydrateClient>
  );
}

import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { InstrumentId } from "#contracts/instrument-id.ts";
import { requireViewer } from "../../../../require-viewer.ts";
import { HydrateClient, trpc } from "../../../../trpc-server.ts";
import { loadOrNotFound } from "../../../discover/load-or-not-found.ts";
import { TickerView } from "./ticker-view.tsx";

export const metadata: Metadata = { title: "Ticker" };

export default async function TickerPage({
  params,
}: {
  params: Promise<{ instrumentId: string }>;
}) {
  await requireViewer();
  const { data: instrumentId } = InstrumentId.safeParse(Number((await params).instrumentId));
  if (instrumentId === undefined) notFound();
  await loadOrNotFound(trpc.markets.get.queryOptions({ instrumentId }));
  return (
    <HydrateClient>
      <TickerView instrumentId={instrumentId} />
    </HydrateClient>
  );
}

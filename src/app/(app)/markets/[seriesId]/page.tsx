import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { requireViewer } from "../../../require-viewer.ts";
import { HydrateClient, prefetch, trpc } from "../../../trpc-server.ts";
import { loadOrNotFound } from "../../discover/load-or-not-found.ts";
import { CHART_POINTS } from "./chart-points.ts";
import { SeriesView } from "./series-view.tsx";

export const metadata: Metadata = { title: "Prices" };

export default async function SeriesPage({ params }: { params: Promise<{ seriesId: string }> }) {
  await requireViewer();
  const seriesId = Number((await params).seriesId);
  if (!Number.isSafeInteger(seriesId)) notFound();
  prefetch(trpc.instruments.bars.queryOptions({ seriesId, points: CHART_POINTS }));
  await loadOrNotFound(trpc.instruments.series.queryOptions({ seriesId }));
  return (
    <HydrateClient>
      <SeriesView seriesId={seriesId} />
    </HydrateClient>
  );
}

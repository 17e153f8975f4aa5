import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { requireViewer } from "../../../require-viewer.ts";
import { HydrateClient, requestQueryClient, trpc } from "../../../trpc-server.ts";
import { loadOrNotFound } from "../../discover/load-or-not-found.ts";
import { CHART_POINTS } from "./chart-points.ts";
import { SeriesView } from "./series-view.tsx";

export const metadata: Metadata = { title: "Prices" };

export default async function SeriesPage({ params }: { params: Promise<{ seriesId: string }> }) {
  await requireViewer();
  const seriesId = Number((await params).seriesId);
  if (!Number.isSafeInteger(seriesId)) notFound();
  await Promise.all([
    loadOrNotFound(trpc.instruments.series.queryOptions({ seriesId })),
    // Waited for, because the chart does not suspend: at a zoom it keeps what it shows.
    requestQueryClient().prefetchQuery(
      trpc.instruments.bars.queryOptions({ seriesId, points: CHART_POINTS }),
    ),
  ]);
  return (
    <HydrateClient>
      <SeriesView seriesId={seriesId} />
    </HydrateClient>
  );
}

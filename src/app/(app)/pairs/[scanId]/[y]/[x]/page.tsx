import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { requireViewer } from "../../../../../require-viewer.ts";
import { HydrateClient, prefetch, requestQueryClient, trpc } from "../../../../../trpc-server.ts";
import { loadOrNotFound } from "../../../../discover/load-or-not-found.ts";
import { PAIR_CHART_POINTS, pairSettingsOf } from "../../../pair-settings.ts";
import { PairPageView } from "./pair-page-view.tsx";

type Props = {
  params: Promise<{ scanId: string; y: string; x: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

async function pairOf(params: Props["params"]) {
  const { scanId, y, x } = await params;
  if (!(/^\d{1,9}$/.test(y) && /^\d{1,9}$/.test(x))) notFound();
  return { scanId, instrumentY: Number(y), instrumentX: Number(x) };
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const pair = await pairOf(params);
  const { row } = await loadOrNotFound(trpc.scans.pair.queryOptions(pair));
  return { title: `${row.symbolY} / ${row.symbolX}` };
}

export default async function PairPage({ params, searchParams }: Props) {
  await requireViewer();
  const pair = await pairOf(params);
  const search = await searchParams;
  prefetch(trpc.instruments.list.queryOptions({}));
  const { row } = await loadOrNotFound(trpc.scans.pair.queryOptions(pair));
  const { zScoreWindowBars } = pairSettingsOf((key) => {
    const value = search[key];
    return typeof value === "string" ? value : null;
  });
  if (row.refusal === null) {
    // Waited for, because the charts do not suspend: at a new setting they keep what they show.
    await requestQueryClient().prefetchQuery(
      trpc.scans.pairSeries.queryOptions({ ...pair, zScoreWindowBars, points: PAIR_CHART_POINTS }),
    );
  }
  return (
    <HydrateClient>
      <PairPageView {...pair} />
    </HydrateClient>
  );
}

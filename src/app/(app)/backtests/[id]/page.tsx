import type { Metadata } from "next";
import { requireViewer } from "../../../require-viewer.ts";
import { HydrateClient, trpc } from "../../../trpc-server.ts";
import { loadOrNotFound } from "../../discover/load-or-not-found.ts";
import { prefetchReportSeries, type SearchParams } from "../report/prefetch-report-series.ts";
import { BacktestPageView } from "./backtest-page-view.tsx";

type Props = { params: Promise<{ id: string }>; searchParams: SearchParams };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { id } = await params;
  const view = await loadOrNotFound(trpc.backtests.get.queryOptions({ id }));
  return { title: `Backtest of ${view.strategyName} v${view.strategyVersion.version}` };
}

export default async function BacktestPage({ params, searchParams }: Props) {
  await requireViewer();
  const { id } = await params;
  const { report } = await loadOrNotFound(trpc.backtests.get.queryOptions({ id }));
  if (report !== null) await prefetchReportSeries({ kind: "own", id }, report, searchParams);
  return (
    <HydrateClient>
      <BacktestPageView id={id} />
    </HydrateClient>
  );
}

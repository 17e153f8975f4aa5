import type { Metadata } from "next";
import { unpackedReport } from "#contracts/packed-report.ts";
import { requireViewer } from "../../../require-viewer.ts";
import { HydrateClient, trpc } from "../../../trpc-server.ts";
import { loadOrNotFound } from "../../discover/load-or-not-found.ts";
import { prefetchReportSeries, type SearchParams } from "../report/prefetch-report-series.ts";
import { reportSettings } from "../report/report-settings.ts";
import { BacktestPageView } from "./backtest-page-view.tsx";

type Props = { params: Promise<{ id: string }>; searchParams: SearchParams };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { id } = await params;
  const view = await loadOrNotFound(trpc.backtests.report.queryOptions({ id }));
  return { title: `Backtest of ${view.strategyName} v${view.strategyVersion.version}` };
}

export default async function BacktestPage({ params, searchParams }: Props) {
  await requireViewer();
  const { id } = await params;
  const view = await loadOrNotFound(trpc.backtests.report.queryOptions({ id }));
  if (view.report !== null) {
    await prefetchReportSeries({ kind: "own", id }, unpackedReport(view.report), searchParams);
  }
  return (
    <HydrateClient>
      <BacktestPageView id={id} settings={reportSettings(view, view.books)} />
    </HydrateClient>
  );
}

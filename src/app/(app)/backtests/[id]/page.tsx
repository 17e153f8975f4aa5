import type { Metadata } from "next";
import { headers } from "next/headers";
import { Suspense } from "react";
import { unpackedReport } from "#contracts/packed-report.ts";
import { requireViewer } from "../../../require-viewer.ts";
import { HydrateClient, trpc } from "../../../trpc-server.ts";
import { loadOrNotFound } from "../../discover/load-or-not-found.ts";
import { prefetchReportSeries, type SearchParams } from "../report/prefetch-report-series.ts";
import { reportSettings } from "../report/report-settings.ts";
import { BacktestPageView } from "./backtest-page-view.tsx";
import { ReportSkeleton } from "./report-skeleton.tsx";

type Props = { params: Promise<{ id: string }>; searchParams: SearchParams };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { id } = await params;
  const view = await loadOrNotFound(trpc.backtests.report.queryOptions({ id }));
  return { title: `Backtest of ${view.strategyName} v${view.strategyVersion.version}` };
}

export default async function BacktestPage(props: Props) {
  await requireViewer();
  const isVisit = (await headers()).get("sec-fetch-dest") === "document";
  // A visit gets the report in one piece: a skeleton before it would be drawn, and wait for the next, first. Who
  // comes from another page sees at once that something happens.
  if (isVisit) return <Report {...props} />;
  return (
    <Suspense fallback={<ReportSkeleton />}>
      <Report {...props} />
    </Suspense>
  );
}

async function Report({ params, searchParams }: Props) {
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

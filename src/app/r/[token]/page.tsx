import { TRPCError } from "@trpc/server";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { packedReport, unpackedReport } from "#contracts/packed-report.ts";
import type { SharedReport } from "#contracts/report-view.ts";
import { createCaller } from "#server/root.ts";
import {
  prefetchReportSeries,
  type SearchParams,
} from "../../(app)/backtests/report/prefetch-report-series.ts";
import { reportSettings } from "../../(app)/backtests/report/report-settings.ts";
import { currentViewer } from "../../current-viewer.ts";
import { serverContext } from "../../server-context.ts";
import { HydrateClient } from "../../trpc-server.ts";
import { SharedReportPage } from "./shared-report-page.tsx";

type Props = { params: Promise<{ token: string }>; searchParams: SearchParams };

/**
 * The report behind a link. Unknown, expired and revoked links are told apart by nothing: each is the
 * same page with status 404. There is no loading state here, because it would send status 200 first.
 * Read once a request, because every opening is counted.
 */
const openLink = cache(async (token: string): Promise<SharedReport> => {
  try {
    return await createCaller(await serverContext()).shares.open({ token });
  } catch (error) {
    const code = error instanceof TRPCError ? error.code : null;
    if (code === "NOT_FOUND" || code === "BAD_REQUEST") notFound();
    throw error;
  }
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { token } = await params;
  const view = await openLink(token);
  return {
    title: `Report of ${view.strategyName}`,
    robots: { index: false, follow: false, noarchive: true },
    referrer: "no-referrer",
  };
}

export default async function LinkPage({ params, searchParams }: Props) {
  const { token } = await params;
  const view = await openLink(token);
  const isSignedIn = (await currentViewer()) !== null;
  const { books, instruments } = view.report;
  const report = packedReport(view.report);
  await prefetchReportSeries({ kind: "link", token }, unpackedReport(report), searchParams);
  const settings = reportSettings(
    view,
    books.map((book) => book.instruments.flatMap((place) => instruments[place] ?? [])),
  );
  return (
    <HydrateClient>
      <SharedReportPage
        view={{ ...view, report }}
        settings={settings}
        token={token}
        isSignedIn={isSignedIn}
      />
    </HydrateClient>
  );
}

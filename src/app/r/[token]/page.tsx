import { TRPCError } from "@trpc/server";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { SharedReport } from "#contracts/report-view.ts";
import { currentViewer } from "../../current-viewer.ts";
import { requestQueryClient, trpc } from "../../trpc-server.ts";
import { SharedReportPage } from "./shared-report-page.tsx";

type Props = { params: Promise<{ token: string }> };

/**
 * The report behind a link. Unknown, expired and revoked links are told apart by nothing: each is the
 * same page with status 404. There is no loading state here, because it would send status 200 first.
 */
async function openLink(token: string): Promise<SharedReport> {
  try {
    return await requestQueryClient().fetchQuery({
      ...trpc.shares.open.queryOptions({ token }),
      retry: false,
    });
  } catch (error) {
    const code = error instanceof TRPCError ? error.code : null;
    if (code === "NOT_FOUND" || code === "BAD_REQUEST") notFound();
    throw error;
  }
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { token } = await params;
  const view = await openLink(token);
  return {
    title: `Report of ${view.strategyName}`,
    robots: { index: false, follow: false, noarchive: true },
    referrer: "no-referrer",
  };
}

export default async function LinkPage({ params }: Props) {
  const { token } = await params;
  const view = await openLink(token);
  const isSignedIn = (await currentViewer()) !== null;
  return <SharedReportPage view={view} token={token} isSignedIn={isSignedIn} />;
}

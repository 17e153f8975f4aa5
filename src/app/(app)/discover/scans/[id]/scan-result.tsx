"use client";

import Link from "next/link";
import { lazy, type ReactNode, Suspense } from "react";
import type { ScanSummary, ScanView } from "#contracts/scan.ts";
import { Notice } from "#ui/notice.tsx";
import { Skeleton, TableSkeleton } from "#ui/skeleton.tsx";
import { Tabs } from "#ui/tabs.tsx";
import { funnelSentence, scanSummarySentence } from "../../scan-words.ts";
import { useUrlState } from "../../use-url-state.ts";
import { FunnelTab } from "./funnel-tab.tsx";
import { PairTable } from "./pair-table.tsx";
import { RefusedPairs } from "./refused-pairs.tsx";
import { ScanHeatMapPanel } from "./scan-heat-map-panel.tsx";

/** The map and its charts come when they are looked at. */
const ClustersView = lazy(async () => ({
  default: (await import("./clusters-view.tsx")).ClustersView,
}));

export function ScanResult({ scan, summary }: { scan: ScanView; summary: ScanSummary }) {
  return (
    <div className="flex flex-col gap-6">
      <Notice tone={summary.discoveredCount > 0 ? "accent" : "neutral"}>
        <p>
          {summary.funnel === undefined
            ? scanSummarySentence(summary, scan.config.significance)
            : funnelSentence(summary, summary.funnel, scan.config)}
        </p>
        {scan.config.funnel?.test.kind === "naive" ? (
          <p>
            The test of this scan is naive and takes too many pairs for cointegrated:{" "}
            <Link href="/discover/why-calibrated" className="underline">
              what that costs
            </Link>
            .
          </p>
        ) : null}
        {summary.refusedCount > 0 ? (
          <p>
            {summary.refusedCount} of {summary.pairCount} pairs could not be tested; they are listed
            with the reason.
          </p>
        ) : null}
      </Notice>
      {summary.warnings === undefined || summary.warnings.length === 0 ? null : (
        <Notice tone="warn" title="Of the data">
          <ul className="list-disc pl-4">
            {summary.warnings.map((warning) => (
              <li key={warning}>{warning}</li>
            ))}
          </ul>
        </Notice>
      )}
      <PairTabs scan={scan} summary={summary} />
    </div>
  );
}

/** Groups that were given have no map, and without clusters there is none to show. */
function hasClusters({ config }: ScanView): boolean {
  const kind = config.funnel?.clustering.kind;
  return kind === "optics" || kind === "dbscan";
}

function Clusters({ scan }: { scan: ScanView }) {
  return (
    <Suspense fallback={<Skeleton className="h-96 w-full" />}>
      <ClustersView scan={scan} />
    </Suspense>
  );
}

function PairTabs({ scan, summary }: { scan: ScanView; summary: ScanSummary }) {
  const { params, set } = useUrlState();
  const view = params.get("view") ?? "pairs";
  const table = (content: ReactNode) => (
    <Suspense fallback={<TableSkeleton rows={12} columns={8} />}>{content}</Suspense>
  );
  return (
    <Tabs
      ariaLabel="Views of the scan"
      value={view}
      onValueChange={(id) => set({ view: id === "pairs" ? null : id })}
      tabs={[
        {
          id: "pairs",
          label: "Pairs",
          count: summary.testedCount,
          content: table(<PairTable scan={scan} summary={summary} />),
        },
        ...(summary.funnel === undefined
          ? []
          : [
              {
                id: "funnel",
                label: "Funnel",
                content: (
                  <FunnelTab
                    scanId={scan.id}
                    funnel={summary.funnel}
                    csvName={`${scan.universeName} funnel`}
                  />
                ),
              },
            ]),
        ...(hasClusters(scan)
          ? [{ id: "clusters", label: "Clusters", content: <Clusters scan={scan} /> }]
          : []),
        {
          id: "map",
          label: "Heat map",
          content: (
            <Suspense fallback={<Skeleton className="h-96 w-full" />}>
              <ScanHeatMapPanel scan={scan} />
            </Suspense>
          ),
        },
        ...(summary.refusedCount === 0
          ? []
          : [
              {
                id: "refused",
                label: "Refused",
                count: summary.refusedCount,
                content: table(<RefusedPairs scan={scan} />),
              },
            ]),
      ]}
    />
  );
}

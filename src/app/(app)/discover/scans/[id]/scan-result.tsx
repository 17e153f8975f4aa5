"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { lazy, Suspense, useCallback, useMemo } from "react";
import type { ScanPairRow, ScanSummary, ScanView } from "#contracts/scan.ts";
import { PairHeatMap } from "#ui/charts/pair-heat-map.tsx";
import { Notice } from "#ui/notice.tsx";
import { Panel } from "#ui/panel.tsx";
import { Skeleton, TableSkeleton } from "#ui/skeleton.tsx";
import { Tabs } from "#ui/tabs.tsx";
import { useTRPC } from "../../../../trpc-client.tsx";
import { funnelSentence, listedSentence, scanSummarySentence } from "../../scan-words.ts";
import { useUrlState } from "../../use-url-state.ts";
import { FunnelTab } from "./funnel-tab.tsx";
import { pairHref, symbolsOf } from "./pair-rows.ts";
import { PairTable } from "./pair-table.tsx";
import { RefusedPairs } from "./refused-pairs.tsx";

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
      <Suspense fallback={<TableSkeleton rows={12} columns={8} />}>
        <PairTabs scan={scan} summary={summary} />
      </Suspense>
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
  const trpc = useTRPC();
  const router = useRouter();
  const { params, set } = useUrlState();
  const { data: rows } = useSuspenseQuery(trpc.scans.pairs.queryOptions({ scanId: scan.id }));
  // Thousands of pairs: the table and the map start anew when their rows are another array.
  const { tested, refused, symbols } = useMemo(() => {
    const isTested = ({ refusal }: ScanPairRow) => refusal === null;
    return {
      tested: rows.filter(isTested),
      refused: rows.filter((row) => !isTested(row)),
      symbols: symbolsOf(rows),
    };
  }, [rows]);
  // Stable, because the map listens anew when it changes.
  const open = useCallback(
    (row: ScanPairRow) => router.push(pairHref(scan.id, row)),
    [router, scan.id],
  );
  const view = params.get("view") ?? "pairs";
  return (
    <>
      {rows.length < summary.pairCount ? (
        <p className="text-[13px] text-muted">
          {listedSentence(tested.length, refused.length, summary)}
        </p>
      ) : null}
      <Tabs
        ariaLabel="Views of the scan"
        value={view}
        onValueChange={(id) => set({ view: id === "pairs" ? null : id })}
        tabs={[
          {
            id: "pairs",
            label: "Pairs",
            count: summary.testedCount,
            content: <PairTable scan={scan} rows={tested} />,
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
              <Panel title="The universe at a glance" flush>
                <PairHeatMap rows={rows} symbols={symbols} onOpen={open} />
              </Panel>
            ),
          },
          ...(refused.length === 0
            ? []
            : [
                {
                  id: "refused",
                  label: "Refused",
                  count: summary.refusedCount,
                  content: (
                    <RefusedPairs rows={refused} csvName={`${scan.universeName} refused pairs`} />
                  ),
                },
              ]),
        ]}
      />
    </>
  );
}

"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { Suspense, useCallback, useMemo } from "react";
import type { ScanPairRow, ScanSummary, ScanView } from "#contracts/scan.ts";
import { PairHeatMap } from "#ui/charts/pair-heat-map.tsx";
import { Notice } from "#ui/notice.tsx";
import { Panel } from "#ui/panel.tsx";
import { TableSkeleton } from "#ui/skeleton.tsx";
import { Tabs } from "#ui/tabs.tsx";
import { useTRPC } from "../../../../trpc-client.tsx";
import { listedSentence, scanSummarySentence } from "../../scan-words.ts";
import { useUrlState } from "../../use-url-state.ts";
import { pairHref, symbolsOf } from "./pair-rows.ts";
import { PairTable } from "./pair-table.tsx";
import { RefusedPairs } from "./refused-pairs.tsx";

export function ScanResult({ scan, summary }: { scan: ScanView; summary: ScanSummary }) {
  return (
    <div className="flex flex-col gap-6">
      <Notice tone={summary.discoveredCount > 0 ? "accent" : "neutral"}>
        <p>{scanSummarySentence(summary, scan.config.significance)}</p>
        {summary.refusedCount > 0 ? (
          <p>
            {summary.refusedCount} of {summary.pairCount} pairs could not be tested; they are listed
            with the reason.
          </p>
        ) : null}
      </Notice>
      <Suspense fallback={<TableSkeleton rows={12} columns={8} />}>
        <PairTabs scan={scan} summary={summary} />
      </Suspense>
    </div>
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
                  content: <RefusedPairs rows={refused} />,
                },
              ]),
        ]}
      />
    </>
  );
}

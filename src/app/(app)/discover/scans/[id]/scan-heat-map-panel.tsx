"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useCallback } from "react";
import type { ScanView } from "#contracts/scan.ts";
import type { HeatMapPair } from "#contracts/scan-pair-list.ts";
import { PairHeatMap } from "#ui/charts/pair-heat-map.tsx";
import { Panel } from "#ui/panel.tsx";
import { useTRPC } from "../../../../trpc-client.tsx";
import { heatMapSentence } from "../../scan-words.ts";
import { pairHref } from "./pair-rows.ts";

/** The universe at a glance, or of a large one the symbols of its best pairs. */
export function ScanHeatMapPanel({ scan }: { scan: ScanView }) {
  const trpc = useTRPC();
  const router = useRouter();
  const { data } = useSuspenseQuery(trpc.scans.heatMap.queryOptions({ scanId: scan.id }));
  // Stable, because the map listens anew when it changes.
  const open = useCallback(
    (row: HeatMapPair) => router.push(pairHref(scan.id, row)),
    [router, scan.id],
  );
  return (
    <Panel title="The universe at a glance" lead={heatMapSentence(data)} flush>
      <PairHeatMap rows={data.pairs} symbols={data.symbols} onOpen={open} />
    </Panel>
  );
}

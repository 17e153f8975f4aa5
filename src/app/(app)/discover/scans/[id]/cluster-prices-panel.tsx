"use client";

import { useQueries, useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import type { ScanView } from "#contracts/scan.ts";
import { PRICE_LINES_MAX } from "#ui/charts/cluster-price-panes.ts";
import { ClusterPrices } from "#ui/charts/cluster-prices.tsx";
import { clusterName } from "#ui/charts/cluster-style.ts";
import { ErrorState } from "#ui/error-state.tsx";
import { Panel } from "#ui/panel.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { toMessage } from "#ui/to-message.ts";
import { useTRPC } from "../../../../trpc-client.tsx";
import type { ScanCluster } from "./clusters-of-scan.ts";

/** About one a pixel; a cluster's lines are looked at together, not bar by bar. */
const POINTS = 600;

/** Prices of one cluster over the formation window; give it the cluster's number as its key. */
export function ClusterPricesPanel({ scan, cluster }: { scan: ScanView; cluster: ScanCluster }) {
  const [drawn, setDrawn] = useState<ReadonlySet<number>>(
    () => new Set(cluster.points.slice(0, PRICE_LINES_MAX).map(({ instrumentId }) => instrumentId)),
  );
  const { series, error, isPending } = useClosesOf(scan, cluster, drawn);
  const name = clusterName(cluster.cluster);
  const toggle = (id: number) => {
    const next = new Set(drawn);
    if (!next.delete(id)) next.add(id);
    setDrawn(next);
  };
  return (
    <Panel
      title={`Prices of ${name.toLowerCase()}`}
      lead={`Each divided by its first, over the formation window. ${
        cluster.points.length > PRICE_LINES_MAX
          ? `${PRICE_LINES_MAX} of ${cluster.points.length} are drawn at a time: leave one out to draw another.`
          : ""
      }`}
      flush
    >
      <fieldset className="flex flex-wrap gap-1 px-4 pt-3">
        <legend className="sr-only">Instruments that are drawn</legend>
        {cluster.points.map(({ instrumentId, symbol }) => {
          const isDrawn = drawn.has(instrumentId);
          return (
            <button
              key={instrumentId}
              type="button"
              aria-pressed={isDrawn}
              disabled={!isDrawn && drawn.size >= PRICE_LINES_MAX}
              onClick={() => toggle(instrumentId)}
              className="rounded border border-line px-2 py-1 text-xs text-muted hover:text-text disabled:cursor-not-allowed aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:text-text"
            >
              {symbol}
            </button>
          );
        })}
      </fieldset>
      {error === null ? null : (
        <ErrorState title="The prices could not be read" message={toMessage(error)} />
      )}
      {error === null && isPending ? <Skeleton className="m-4 h-[340px]" /> : null}
      {series.length === 0 ? null : (
        <ClusterPrices
          series={series}
          window={scan.config.formation}
          intervalMs={scan.intervalMs}
          ariaLabel={`Normalised prices of ${name.toLowerCase()}`}
          csvName={`${scan.universeName} ${name}`}
        />
      )}
    </Panel>
  );
}

function useClosesOf(scan: ScanView, cluster: ScanCluster, drawn: ReadonlySet<number>) {
  const trpc = useTRPC();
  const coverage = useQuery(trpc.instruments.list.queryOptions({}));
  const shown = cluster.points.flatMap(({ instrumentId, symbol }) => {
    const found = coverage.data?.find(
      (one) => one.instrumentId === instrumentId && one.intervalMs === scan.intervalMs,
    );
    return drawn.has(instrumentId) && found !== undefined
      ? [{ symbol, seriesId: found.seriesId }]
      : [];
  });
  const closes = useQueries({
    queries: shown.map(({ seriesId }) =>
      trpc.instruments.bars.queryOptions({
        seriesId,
        window: scan.config.formation,
        points: POINTS,
      }),
    ),
  });
  // All of them or none: lines that come one by one would change their colours as they come.
  const loaded = closes.flatMap(({ data }, index) => {
    const symbol = shown[index]?.symbol;
    return data === undefined || symbol === undefined ? [] : [{ symbol, series: data }];
  });
  const isComplete = loaded.length === shown.length;
  const key = loaded.map(({ symbol }) => symbol).join(" ");
  // biome-ignore lint/correctness/useExhaustiveDependencies: the answers of useQueries are new arrays each time; the chart draws everything again when its lines are another array
  const series = useMemo(() => (isComplete ? loaded : []), [isComplete, key]);
  return {
    series,
    error: coverage.error ?? closes.find(({ error }) => error !== null)?.error ?? null,
    isPending: coverage.isPending || !isComplete,
  };
}

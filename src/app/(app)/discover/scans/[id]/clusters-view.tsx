"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { ScanView } from "#contracts/scan.ts";
import { ClusterMap } from "#ui/charts/cluster-map.tsx";
import { clusterName } from "#ui/charts/cluster-style.ts";
import { ExplainedVarianceChart } from "#ui/charts/explained-variance-chart.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { ErrorState } from "#ui/error-state.tsx";
import { formatInteger } from "#ui/format.ts";
import { Panel } from "#ui/panel.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { toMessage } from "#ui/to-message.ts";
import { useTRPC } from "../../../../trpc-client.tsx";
import { useUrlState } from "../../use-url-state.ts";
import { ClusterPricesPanel } from "./cluster-prices-panel.tsx";
import { clustersOfScan, type ScanCluster, silhouetteSentence } from "./clusters-of-scan.ts";

/** Which instruments move alike: a map, what the components explain, and the prices of a cluster. */
export function ClustersView({ scan }: { scan: ScanView }) {
  const trpc = useTRPC();
  const { params, set } = useUrlState();
  const query = useQuery(trpc.scans.clusters.queryOptions({ scanId: scan.id }));
  const { data } = query;
  const clusters = useMemo(() => clustersOfScan(data?.points ?? []), [data]);
  if (query.error !== null && data === undefined) {
    return (
      <ErrorState
        title="The clusters could not be read"
        message={toMessage(query.error)}
        onRetry={() => void query.refetch()}
      />
    );
  }
  if (data === undefined) return <Skeleton className="h-96 w-full" />;
  if (data === null || clusters.length === 0) return <NoMap />;
  const wanted = params.get("cluster");
  const chosen = clusters.find(({ cluster }) => String(cluster) === wanted);
  const shown = chosen ?? clusters[0];
  const choose = (cluster: number | null) =>
    set({ cluster: cluster === null ? null : String(cluster) });
  const assigned = data.points.filter(({ cluster }) => cluster >= 0).length;
  return (
    <div className="flex flex-col gap-6">
      <div className="grid gap-6 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <Panel
          title="Map of the universe"
          lead={`${formatInteger(assigned)} of ${formatInteger(data.points.length)} instruments are in ${formatInteger(data.clusterCount)} clusters; the hollow ones are in none and make no pairs. ${silhouetteSentence(data.silhouette)}`.trim()}
          flush
        >
          <ClusterMap
            points={data.points}
            chosen={chosen?.cluster ?? null}
            onChoose={choose}
            csvName={`${scan.universeName} clusters`}
          />
        </Panel>
        <div className="flex min-w-0 flex-col gap-6">
          <Panel title="What the components explain" flush>
            <ExplainedVarianceChart
              ratios={data.explainedVarianceRatio}
              csvName={`${scan.universeName} explained variance`}
            />
          </Panel>
          <ClusterList clusters={clusters} shown={shown} onChoose={choose} />
        </div>
      </div>
      {shown === undefined ? null : (
        <ClusterPricesPanel key={shown.cluster} scan={scan} cluster={shown} />
      )}
    </div>
  );
}

function ClusterList(props: {
  clusters: readonly ScanCluster[];
  shown: ScanCluster | undefined;
  onChoose: (cluster: number) => void;
}) {
  return (
    <Panel title="Clusters" lead="Instruments and mean silhouette, −1 to 1, of each." flush>
      <ul className="max-h-64 overflow-y-auto">
        {props.clusters.map(({ cluster, points, silhouette }) => (
          <li key={cluster} className="border-b border-line last:border-b-0">
            <button
              type="button"
              aria-pressed={cluster === props.shown?.cluster}
              onClick={() => props.onChoose(cluster)}
              className="flex w-full flex-wrap gap-x-3 px-4 py-2 text-left text-[13px] -outline-offset-2 hover:bg-surface-2 aria-pressed:bg-accent-soft"
            >
              <span className="w-20 font-medium">{clusterName(cluster)}</span>
              <span className="w-8 text-right text-muted tabular-nums">{points.length}</span>
              <span
                className="w-10 text-right text-muted tabular-nums"
                title="Mean silhouette: how much nearer its instruments lie to each other than to the next cluster"
              >
                {silhouette === null ? "–" : silhouette.toFixed(2)}
              </span>
              <span className="min-w-0 flex-1 truncate text-muted">
                {points.map(({ symbol }) => symbol).join(", ")}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function NoMap() {
  return (
    <Panel>
      <EmptyState title="No map of this scan">
        Its universe was too small, or its prices too short, to compare how the instruments move.
      </EmptyState>
    </Panel>
  );
}

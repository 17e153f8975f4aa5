import type { ClusterPoint } from "#contracts/scan-clusters.ts";

/** The instruments of one cluster, in alphabetical order. */
export type ScanCluster = { readonly cluster: number; readonly points: readonly ClusterPoint[] };

/** Clusters from the largest, those of one size by number; noise, which makes no pairs, last. */
export function clustersOfScan(points: readonly ClusterPoint[]): ScanCluster[] {
  const byCluster = new Map<number, ClusterPoint[]>();
  for (const point of points) {
    byCluster.set(point.cluster, [...(byCluster.get(point.cluster) ?? []), point]);
  }
  return [...byCluster]
    .map(([cluster, members]) => ({
      cluster,
      points: members.sort((a, b) => (a.symbol < b.symbol ? -1 : 1)),
    }))
    .sort(
      (a, b) =>
        Number(a.cluster < 0) - Number(b.cluster < 0) ||
        b.points.length - a.points.length ||
        a.cluster - b.cluster,
    );
}

import type { ClusterPoint } from "#contracts/scan-clusters.ts";

/** The instruments of one cluster, in alphabetical order. */
export type ScanCluster = {
  readonly cluster: number;
  readonly points: readonly ClusterPoint[];
  /** Mean of its instruments, in [−1, 1]; null for noise and where it was not kept. */
  readonly silhouette: number | null;
};

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
      silhouette: meanOf(members.flatMap(({ silhouette = null }) => silhouette ?? [])),
    }))
    .sort(
      (a, b) =>
        Number(a.cluster < 0) - Number(b.cluster < 0) ||
        b.points.length - a.points.length ||
        a.cluster - b.cluster,
    );
}

function meanOf(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** What a mean silhouette says of a division, as a sentence; nothing where there is none. */
export function silhouetteSentence(score: number | null | undefined): string {
  if (score === null || score === undefined) return "";
  const said = `Mean silhouette ${score.toFixed(2)}`;
  if (score < 0.25) return `${said}: the clusters are hardly apart.`;
  return score < 0.5 ? `${said}: the clusters touch.` : `${said}: the clusters are well apart.`;
}

import type { ScanClusters } from "#contracts/scan-clusters.ts";
import type { ScanFunnelConfig, ScanReason } from "#contracts/scan-funnel.ts";
import type { SeriesRef } from "#db/instruments.ts";
import type { ScanPairs, ScanPairsFunnel } from "#db/scan-pair-copy.ts";
import type { ClusteredUniverse } from "#quant/pairs/cluster-universe.ts";
import type { Candidates, Judgements } from "#quant/pairs/judge-candidates.ts";
import { PAIR_VERDICTS } from "#quant/pairs/pair-verdict.ts";
import { isBaseline } from "./scan-baselines.ts";

/** A universe of which it is known who was kept and who belongs together. */
export type JudgedUniverse = {
  readonly series: readonly SeriesRef[];
  /** By series; null for those that were kept. */
  readonly qualityReasons: readonly (ScanReason | null)[];
  /** Rows of the series that were kept. */
  readonly kept: readonly number[];
  /** Of the kept ones, in their order. */
  readonly clustered: ClusteredUniverse;
  readonly funnel: ScanFunnelConfig;
};

/** Candidates as they are stored. */
export function funnelPairs(
  universe: JudgedUniverse,
  { pairs, columns }: Candidates,
  { verdict, qValue, rank }: Judgements,
): ScanPairs & { readonly funnel: ScanPairsFunnel } {
  const { series } = universe;
  const { combinedPValue, johansenPValue, hurst, meanCrossings } = columns;
  const pValues = columns.pValue.slice();
  // A pair whose legs are no walks was not judged by its p-value, small as it may be.
  for (let k = 0; k < pValues.length; k++) {
    if (PAIR_VERDICTS[verdict[k] ?? 0]?.stage === "unit-roots") pValues[k] = Number.NaN;
  }
  const instrumentIds = Int32Array.from(series, ({ instrumentId }) => instrumentId);
  const cluster = clustersOfPairs(universe, pairs);
  const figures = { combinedPValue, johansenPValue, hurst, meanCrossings };
  const funnel = { verdict, rank, cluster, ...figures };
  return { instrumentIds, pairs, figures: columns, pValues, qValues: qValue, funnel };
}

/** Cluster of both legs of each pair, −1 where the universe is not divided. */
function clustersOfPairs(
  { series, kept, clustered, funnel }: JudgedUniverse,
  pairs: Uint32Array,
): Int32Array {
  const clusters = new Int32Array(pairs.length / 2).fill(-1);
  if (funnel.clustering.kind === "none" || isBaseline(funnel.clustering)) return clusters;
  const labelOfRow = new Int32Array(series.length).fill(-1);
  for (const [i, row] of kept.entries()) labelOfRow[row] = clustered.labels[i] ?? -1;
  for (let k = 0; k < clusters.length; k++) clusters[k] = labelOfRow[pairs[2 * k] ?? 0] ?? -1;
  return clusters;
}

/** The map of the universe as it is stored; null where there is none. */
export function clustersOf({ series, kept, clustered }: JudgedUniverse): ScanClusters | null {
  const { labels, clusterCount, map } = clustered;
  if (map === null) return null;
  const place = (coordinates: Float64Array, i: number): [number, number] => [
    coordinates[2 * i] ?? 0,
    coordinates[2 * i + 1] ?? 0,
  ];
  return {
    clusterCount,
    explainedVarianceRatio: [...map.explainedVarianceRatio],
    silhouette: map.silhouette?.score ?? null,
    points: kept.flatMap((row, i) => {
      const one = series[row];
      if (one === undefined) return [];
      return [
        {
          instrumentId: one.instrumentId,
          symbol: one.symbol,
          cluster: labels[i] ?? -1,
          pca: place(map.pca, i),
          tsne: map.tsne === null ? null : place(map.tsne, i),
          silhouette: finiteOrNull(map.silhouette?.samples[i]),
        },
      ];
    }),
  };
}

function finiteOrNull(value = Number.NaN): number | null {
  return Number.isFinite(value) ? value : null;
}

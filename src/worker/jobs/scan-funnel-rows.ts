import type { ScanClusters } from "#contracts/scan-clusters.ts";
import type { ScanFunnelConfig, ScanReason } from "#contracts/scan-funnel.ts";
import type { SeriesRef } from "#db/instruments.ts";
import type { ScanCandidate } from "#db/scan-funnel-results.ts";
import type { CandidateFigures } from "#quant/pairs/candidate-figures.ts";
import type { ClusteredUniverse } from "#quant/pairs/cluster-universe.ts";
import type { JudgedCandidate } from "#quant/pairs/judge-candidates.ts";
import type { FunnelCandidates } from "./scan-candidates.ts";

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
export function candidateRows(
  { series, kept, clustered, funnel }: JudgedUniverse,
  { pairs, figures }: FunnelCandidates,
  judged: readonly JudgedCandidate[],
): ScanCandidate[] {
  const labelOf = new Map(kept.map((row, i) => [row, clustered.labels[i] ?? -1]));
  const isDivided = funnel.clustering.kind !== "none";
  return figures.flatMap((one, k) => {
    const judgement = judged[k];
    const y = series[pairs[2 * k] ?? -1];
    const x = series[pairs[2 * k + 1] ?? -1];
    if (judgement === undefined || y === undefined || x === undefined) return [];
    const cluster = isDivided ? (labelOf.get(pairs[2 * k] ?? -1) ?? null) : null;
    return [
      {
        instrumentY: y.instrumentId,
        instrumentX: x.instrumentId,
        ...figureColumns(one),
        qValue: judgement.qValue,
        funnel: {
          ...judgement.verdict,
          rank: judgement.rank,
          cluster,
          // A pair whose legs are no walks was not judged by its p-value, small as it may be.
          pValue: judgement.verdict.stage === "unit-roots" ? null : one.pValue,
          combinedPValue: one.combinedPValue,
          johansenPValue: one.johansenPValue,
          hurst: one.hurst,
          meanCrossings: one.meanCrossings,
        },
      },
    ];
  });
}

function figureColumns(figures: CandidateFigures) {
  const { refusal, observations, yOnX, xOnY } = figures;
  return {
    refusal: refusal !== null && observations === 0 ? "no-common-bars" : refusal,
    observations,
    hedgeRatio: figures.hedgeRatio,
    intercept: figures.intercept,
    statisticYx: yOnX?.statistic ?? null,
    pValueYx: yOnX?.pValue ?? null,
    lagsYx: yOnX?.lags ?? null,
    statisticXy: xOnY?.statistic ?? null,
    pValueXy: xOnY?.pValue ?? null,
    lagsXy: xOnY?.lags ?? null,
    halfLifeBars: figures.halfLifeBars,
    correlation: figures.correlation,
  };
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
        },
      ];
    }),
  };
}

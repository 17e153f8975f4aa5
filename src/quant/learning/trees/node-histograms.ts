import type { BinnedTable } from "./binned-table.ts";
import { FEATURE_STRIDE, fillHistogram } from "./gradient-histogram.ts";

/**
 * Histograms of the nodes of a tree: counted, kept for the children, used again.
 *
 * Where no more may be kept, a node that is split is counted anew: sums are exact, so that the tree is
 * the same.
 */
export type NodeHistograms = {
  /** Codes of each feature, and how many bins it has. */
  readonly columns: readonly Uint8Array[];
  readonly binCounts: Int32Array;
  /** Numbers of a histogram. */
  readonly size: number;
  /** Histograms that are done with. */
  readonly free: Float64Array[];
  /** How many wait for their node, and how many may. */
  kept: number;
  readonly keptMax: number;
};

/** Rows of a node with the pairs of all rows. */
export type NodePairs = {
  readonly rows: Int32Array;
  readonly start: number;
  readonly end: number;
  /** Two numbers a row of the table. */
  readonly pairs: Float64Array;
  /** Room for those of the node. */
  readonly ordered: Float64Array;
};

/**
 * Histograms of some features.
 *
 * @param binned codes of all features
 * @param features indices of those that may be split
 * @param memory.free histograms of as many features that are done with
 * @param memory.bytesMax what may be kept
 * @returns none yet
 */
export function createNodeHistograms(
  binned: BinnedTable,
  features: Int32Array,
  memory: { readonly free: Float64Array[]; readonly bytesMax: number },
): NodeHistograms {
  const size = features.length * FEATURE_STRIDE;
  return {
    columns: Array.from(features, (feature) => binned.codes[feature]!),
    binCounts: Int32Array.from(features, (feature) => binned.edges[feature]!.length + 1),
    size,
    free: memory.free,
    kept: 0,
    keptMax: Math.floor(memory.bytesMax / (8 * size)),
  };
}

/**
 * Counts the rows of a node.
 *
 * @param histograms gives the memory
 * @param node its rows
 * @returns its histogram, to be kept or released
 *
 * Cost: as fillHistogram.
 */
export function countNode(histograms: NodeHistograms, node: NodePairs): Float64Array {
  const histogram = histograms.free.pop() ?? new Float64Array(histograms.size);
  const { rows, start, end, pairs, ordered } = node;
  // One behind the other, so that each feature reads them in a row.
  for (let i = start, p = 0; i < end; i++, p += 2) {
    const from = 2 * rows[i]!;
    ordered[p] = pairs[from]!;
    ordered[p + 1] = pairs[from + 1]!;
  }
  fillHistogram(histogram, histograms.columns, { rows, start, end, pairs: ordered });
  return histogram;
}

/**
 * Gives a histogram back.
 *
 * @param histograms takes it
 * @param histogram null is none
 */
export function releaseHistogram(histograms: NodeHistograms, histogram: Float64Array | null): void {
  if (histogram !== null) histograms.free.push(histogram);
}

/**
 * Keeps a histogram if there is room, else gives it back.
 *
 * @param histograms counts it
 * @param histogram any
 * @returns it, or null
 */
export function keepHistogram(
  histograms: NodeHistograms,
  histogram: Float64Array,
): Float64Array | null {
  if (histograms.kept >= histograms.keptMax) {
    histograms.free.push(histogram);
    return null;
  }
  histograms.kept++;
  return histogram;
}

/**
 * Takes a histogram back that was kept.
 *
 * @param histograms no longer counts it
 * @param node where it stands; null after that
 * @returns it, or null where there is none
 */
export function takeHistogram(
  histograms: NodeHistograms,
  node: { histogram: Float64Array | null },
): Float64Array | null {
  const { histogram } = node;
  if (histogram !== null) histograms.kept--;
  node.histogram = null;
  return histogram;
}

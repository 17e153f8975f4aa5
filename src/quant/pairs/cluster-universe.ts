import { dbscan } from "../clustering/dbscan.ts";
import { optics } from "../clustering/optics.ts";
import { principalComponents } from "../clustering/principal-components.ts";
import { type Silhouette, silhouette } from "../clustering/silhouette.ts";
import { standardise } from "../clustering/standardise.ts";
import { tsne } from "../clustering/tsne.ts";
import { InvalidInputError } from "../invalid-input-error.ts";
import type { Matrix } from "../linalg/matrix.ts";
import { completeReturns } from "./complete-returns.ts";

/** How a universe is divided. Loadings: of the principal components of the returns. */
export type UniverseClustering =
  | { readonly kind: "none" }
  /** Label by series, given by the caller; −1 for none. */
  | { readonly kind: "labels"; readonly labels: Int32Array }
  | {
      readonly kind: "optics";
      readonly components: number;
      readonly minSamples: number;
      readonly epsMax: number | null;
      readonly xi: number;
    }
  | {
      readonly kind: "dbscan";
      readonly components: number;
      readonly minSamples: number;
      readonly eps: number;
    };

/** Places of the series in the plane, two numbers each; near means alike. */
export type UniverseMap = {
  /** On the two widest directions of the standardised loadings. */
  readonly pca: Float64Array;
  /** Neighbours stay neighbours; null beyond the size for which it is drawn. */
  readonly tsne: Float64Array | null;
  /** Share of the variance of returns by component, descending. */
  readonly explainedVarianceRatio: Float64Array;
  /** How well each series lies in its cluster; null where no clusters were looked for. */
  readonly silhouette: Silhouette | null;
};

/** A universe divided, and its map. */
export type ClusteredUniverse = {
  /** By series: 0, 1, …; −1 for noise. All 0 without clustering. */
  readonly labels: Int32Array;
  readonly clusterCount: number;
  /**
   * null where the series have too few bars in common, or are too few, for a map; or, without
   * clustering, too many for one that nobody asked for.
   */
  readonly map: UniverseMap | null;
};

const MAP_COMPONENTS = 5;

/** Each step of t-SNE costs n²: beyond this a map takes longer than the scan. */
const TSNE_SERIES_MAX = 400;

/** Nor is a map drawn of more series that nobody asked to divide: the components cost n³. */
const UNASKED_MAP_SERIES_MAX = 400;

/** Fewest points of the plane that t-SNE takes. */
const TSNE_SERIES_MIN = 4;

/**
 * Clusters of a universe: which series are driven by the same things.
 *
 * Principal components of the simple returns; each series is the point of its loadings, standardised;
 * OPTICS or DBSCAN finds the dense regions.
 *
 * @param prices p ≥ 2 series of prices (levels) on a common axis, NaN where there is none
 * @param clustering how to divide
 * @param options.seed of t-SNE
 * @returns labels and map; see ClusteredUniverse
 * @throws {InvalidInputError} when clustering is asked for: too few common bars or series, nothing
 *   varies, or a setting is out of range
 *
 * Cost: O(n p² + p³), and 500 p² for the map. Source: Sarmento and Horta (2020), "Enhancing a Pairs
 * Trading strategy with the application of Machine Learning", for the construction.
 * Checked: 214 funds in the test.
 */
export function clusterUniverse(
  prices: readonly Float64Array[],
  clustering: UniverseClustering,
  options: { readonly seed: number },
): ClusteredUniverse {
  if (clustering.kind === "none" || clustering.kind === "labels") {
    const labels = clustering.kind === "labels" ? clustering.labels : new Int32Array(prices.length);
    return { labels, clusterCount: countOf(labels), map: mapIfAny(prices, options.seed) };
  }
  const { points, explainedVarianceRatio } = loadings(prices, clustering.components);
  const labels = denseRegions(points, clustering);
  const map = {
    ...placesOf(points, options.seed),
    explainedVarianceRatio,
    silhouette: silhouette(points, labels),
  };
  return { labels, clusterCount: countOf(labels), map };
}

/**
 * Clusters of a universe without its map, for who divides it again and again.
 *
 * @param prices as of clusterUniverse
 * @param clustering how to divide
 * @returns labels, the same as those of clusterUniverse
 * @throws {InvalidInputError} as clusterUniverse
 *
 * Cost: O(n p² + p³).
 */
export function universeLabels(
  prices: readonly Float64Array[],
  clustering: UniverseClustering,
): Int32Array {
  if (clustering.kind === "none") return new Int32Array(prices.length);
  if (clustering.kind === "labels") return clustering.labels;
  return denseRegions(loadings(prices, clustering.components).points, clustering);
}

function denseRegions(
  points: Matrix,
  clustering: Extract<UniverseClustering, { kind: "optics" | "dbscan" }>,
): Int32Array {
  if (clustering.kind === "dbscan") return dbscan(points, clustering).labels;
  return optics(points, {
    minSamples: clustering.minSamples,
    epsMax: clustering.epsMax ?? Number.POSITIVE_INFINITY,
    extraction: { method: "xi", xi: clustering.xi },
  }).labels;
}

/** Standardised loadings: series × components. */
function loadings(
  prices: readonly Float64Array[],
  count: number,
): { readonly points: Matrix; readonly explainedVarianceRatio: Float64Array } {
  const { components, explainedVarianceRatio } = principalComponents(completeReturns(prices), {
    components: count,
  });
  const { rows, columns } = components;
  const values = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) values[j * rows + i] = components.values[i * columns + j]!;
  }
  return {
    points: standardise({ rows: columns, columns: rows, values }).matrix,
    explainedVarianceRatio,
  };
}

function placesOf(points: Matrix, seed: number): Pick<UniverseMap, "pca" | "tsne"> {
  const isDrawable = points.rows >= TSNE_SERIES_MIN && points.rows <= TSNE_SERIES_MAX;
  return {
    pca: widestPlane(points),
    tsne: isDrawable ? tsne(points, { seed }).values : null,
  };
}

function widestPlane(points: Matrix): Float64Array {
  const { rows } = points;
  const components = Math.min(2, points.columns, rows);
  const { scores } = principalComponents(points, { components });
  const plane = new Float64Array(2 * rows);
  for (let i = 0; i < rows; i++) {
    for (let d = 0; d < components; d++) plane[2 * i + d] = scores.values[i * components + d]!;
  }
  return plane;
}

/** A universe that nobody asked to divide is not refused for want of a map. */
function mapIfAny(prices: readonly Float64Array[], seed: number): UniverseMap | null {
  if (prices.length > UNASKED_MAP_SERIES_MAX) return null;
  try {
    const { points, explainedVarianceRatio } = loadings(
      prices,
      Math.min(MAP_COMPONENTS, prices.length),
    );
    return { ...placesOf(points, seed), explainedVarianceRatio, silhouette: null };
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    return null;
  }
}

function countOf(labels: Int32Array): number {
  return labels.reduce((largest, label) => Math.max(largest, label), -1) + 1;
}

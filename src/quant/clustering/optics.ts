import { InvalidInputError } from "../invalid-input-error.ts";
import { type Matrix, requireMatrix } from "../linalg/matrix.ts";
import { type ReachabilityPlot, reachabilityPlot } from "./reachability-plot.ts";
import { type PlotInterval, xiClusters } from "./xi-clusters.ts";

/** How clusters are taken from the reachability plot. */
export type OpticsExtraction =
  | {
      readonly method: "xi";
      /** Steepness in (0, 1); 0.05 unless told. */
      readonly xi?: number;
      /** Fewest points of a cluster, a count ≥ 2 or a share of the points; minSamples unless told. */
      readonly minClusterSize?: number;
      /** Whether points reached from outside are cut off a cluster's end; true unless told. */
      readonly predecessorCorrection?: boolean;
      /** Repeats the fault of scikit-learn before 1.3, which takes a point for a position. */
      readonly compat?: "sklearn-1.2";
    }
  | {
      readonly method: "dbscan";
      /** Radius of the DBSCAN that the labels approximate, ≤ epsMax. */
      readonly eps: number;
    };

/** See optics; the extraction is xi unless told. */
export type OpticsOptions = {
  /** Points that make a neighbourhood dense, a count ≥ 2 or a share of the points; 5 unless told. */
  readonly minSamples?: number;
  /** Largest distance that counts, unit of the features; all unless told. */
  readonly epsMax?: number;
  readonly extraction?: OpticsExtraction;
};

/** The plot with the clusters found in it. */
export type Optics = ReachabilityPlot & {
  /** By point: 0, 1, … or −1 for noise, which belongs to no cluster and makes no pairs. */
  readonly labels: Int32Array;
  /** All nested clusters as intervals of the ordering, smaller before larger; empty for dbscan. */
  readonly clusterHierarchy: readonly PlotInterval[];
};

/**
 * OPTICS: clusters of differing density, from the order in which points can be reached.
 *
 * The xi method labels the innermost clusters, in the order of the plot; the dbscan method those
 * that DBSCAN of the given radius would find, up to points at the border.
 *
 * @param matrix n ≥ 2 points × p features on a common scale, finite
 * @param options density, extraction; see OpticsOptions
 * @returns reachability plot, labels and hierarchy; see Optics
 * @throws {InvalidInputError} "too-short": fewer points than minSamples or minClusterSize;
 *   "length-mismatch", "not-finite"; "out-of-range": an option
 *
 * Cost: O(n² p). Convention: matches sklearn.cluster.OPTICS since 1.3 with exact distances, labels
 * and ordering exact. Source: Ankerst et al. (1999). Checked: golden/clustering.json.
 */
export function optics(matrix: Matrix, options: OpticsOptions = {}): Optics {
  requireMatrix(matrix, 2);
  const { epsMax = Number.POSITIVE_INFINITY, extraction = { method: "xi" } } = options;
  const minSamples = sizeOf(options.minSamples ?? 5, matrix.rows, "minSamples");
  if (!(epsMax > 0)) throw new InvalidInputError("out-of-range", "epsMax must be positive");
  requireExtraction(extraction, epsMax);
  const plot = reachabilityPlot(matrix, minSamples, epsMax);
  if (extraction.method === "dbscan") {
    return { ...plot, labels: dbscanLabels(plot, extraction.eps), clusterHierarchy: [] };
  }
  const { xi = 0.05, minClusterSize, predecessorCorrection = true, compat } = extraction;
  const clusterHierarchy = xiClusters(
    {
      reachability: Float64Array.from(plot.ordering, (point) => plot.reachability[point]!),
      predecessorPosition: predecessorPositions(plot, compat),
    },
    {
      xi,
      minSamples,
      minClusterSize: sizeOf(minClusterSize ?? minSamples, matrix.rows, "minClusterSize"),
      predecessorCorrection,
    },
  );
  return { ...plot, labels: innermostLabels(plot.ordering, clusterHierarchy), clusterHierarchy };
}

/** A count as it is; a share of the points as a count, at least 2. */
function sizeOf(value: number, n: number, name: string): number {
  const isShare = value > 0 && value <= 1;
  if (!isShare && !(Number.isInteger(value) && value >= 2)) {
    throw new InvalidInputError(
      "out-of-range",
      `${name} must be a whole number of at least 2, or a share of the points`,
    );
  }
  const size = isShare ? Math.max(2, Math.floor(value * n)) : value;
  if (size > n) throw new InvalidInputError("too-short", `${name} is more than there are points`);
  return size;
}

function requireExtraction(extraction: OpticsExtraction, epsMax: number): void {
  if (extraction.method === "dbscan") {
    if (!(extraction.eps > 0 && extraction.eps <= epsMax)) {
      throw new InvalidInputError("out-of-range", "eps must be positive and not above epsMax");
    }
    return;
  }
  const { xi = 0.05 } = extraction;
  if (!(xi > 0 && xi < 1)) throw new InvalidInputError("out-of-range", "xi must be in (0, 1)");
}

function predecessorPositions(plot: ReachabilityPlot, compat: "sklearn-1.2" | undefined) {
  const n = plot.ordering.length;
  const positionOf = new Int32Array(n);
  plot.ordering.forEach((point, position) => {
    positionOf[point] = position;
  });
  return plot.ordering.map((point) => {
    const from = plot.predecessor[point]!;
    // The faulty release reads the number of the point as a position, and −1 as the last one.
    if (compat === "sklearn-1.2") return from < 0 ? n - 1 : from;
    return from < 0 ? -1 : positionOf[from]!;
  });
}

/** A cluster gets a label when none of its points has one: the innermost come first. */
function innermostLabels(ordering: Int32Array, clusters: readonly PlotInterval[]): Int32Array {
  const labels = new Int32Array(ordering.length).fill(-1);
  let label = 0;
  for (const [start, end] of clusters) {
    const points = ordering.subarray(start, end + 1);
    if (points.some((point) => labels[point] !== -1)) continue;
    for (const point of points) labels[point] = label;
    label++;
  }
  return labels;
}

/** A core point that cannot be reached within eps begins a cluster; others that cannot are noise. */
function dbscanLabels(plot: ReachabilityPlot, eps: number): Int32Array {
  const labels = new Int32Array(plot.ordering.length).fill(-1);
  let label = -1;
  for (const point of plot.ordering) {
    const isFar = plot.reachability[point]! > eps;
    if (isFar && plot.coreDistances[point]! > eps) continue;
    if (isFar) label++;
    labels[point] = label;
  }
  return labels;
}

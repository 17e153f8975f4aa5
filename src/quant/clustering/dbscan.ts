import { InvalidInputError } from "../invalid-input-error.ts";
import { type Matrix, requireMatrix } from "../linalg/matrix.ts";
import { squaredDistances } from "./squared-distances.ts";

/** Clusters of density: labels 0, 1, … or −1 for noise, which belongs to no cluster. */
export type Dbscan = {
  readonly labels: Int32Array;
  /** Points with minSamples neighbours, ascending. */
  readonly coreIndices: Int32Array;
};

/**
 * DBSCAN: clusters as regions where points lie close, of any shape and number.
 *
 * A core point has at least minSamples points (itself included) within eps; core points within eps
 * of each other share a cluster; another point within eps of a core point joins the first such
 * cluster; the rest is noise. Clusters are numbered by their first core point.
 *
 * @param matrix n ≥ 1 points × p features on a common scale, finite
 * @param options.eps radius, > 0, unit of the features; 0.5 unless told
 * @param options.minSamples whole number ≥ 1; 5 unless told
 * @returns labels and core points
 * @throws {InvalidInputError} "too-short", "length-mismatch", "not-finite"; "out-of-range": an
 *   option
 *
 * Cost: O(n² p). Convention: matches sklearn.cluster.DBSCAN, labels exact.
 * Source: Ester, Kriegel, Sander, Xu (1996). Checked: golden/clustering.json.
 */
export function dbscan(
  matrix: Matrix,
  options: { readonly eps?: number; readonly minSamples?: number } = {},
): Dbscan {
  const { eps = 0.5, minSamples = 5 } = options;
  requireMatrix(matrix, 1);
  if (!(eps > 0)) throw new InvalidInputError("out-of-range", "eps must be positive");
  if (!(Number.isInteger(minSamples) && minSamples >= 1)) {
    throw new InvalidInputError("out-of-range", "minSamples must be a whole number, at least 1");
  }
  const n = matrix.rows;
  const neighbours = neighbourLists(squaredDistances(matrix), n, eps * eps);
  const isCore = neighbours.map((list) => list.length >= minSamples);
  const labels = new Int32Array(n).fill(-1);
  let label = 0;
  for (let i = 0; i < n; i++) {
    if (labels[i] !== -1 || !isCore[i]) continue;
    spread(i, label, { labels, isCore, neighbours });
    label++;
  }
  const coreIndices = Int32Array.from(isCore.flatMap((core, i) => (core ? [i] : [])));
  return { labels, coreIndices };
}

function neighbourLists(
  squared: Float64Array,
  n: number,
  radiusSquared: number,
): readonly (readonly number[])[] {
  return Array.from({ length: n }, (_, i) => {
    const list: number[] = [];
    for (let j = 0; j < n; j++) if (squared[i * n + j]! <= radiusSquared) list.push(j);
    return list;
  });
}

function spread(
  seed: number,
  label: number,
  graph: {
    readonly labels: Int32Array;
    readonly isCore: readonly boolean[];
    readonly neighbours: readonly (readonly number[])[];
  },
): void {
  const { labels, isCore, neighbours } = graph;
  labels[seed] = label;
  const waiting = [seed];
  for (let point = waiting.pop(); point !== undefined; point = waiting.pop()) {
    if (!isCore[point]) continue;
    for (const neighbour of neighbours[point]!) {
      if (labels[neighbour] !== -1) continue;
      labels[neighbour] = label;
      waiting.push(neighbour);
    }
  }
}

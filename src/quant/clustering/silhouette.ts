import { InvalidInputError } from "../invalid-input-error.ts";
import { type Matrix, requireMatrix } from "../linalg/matrix.ts";

/** How well each point lies in its cluster; null where there are fewer than two clusters. */
export type Silhouette = {
  /** Mean over the points that belong to a cluster, in [−1, 1]. */
  readonly score: number | null;
  /** By point, in [−1, 1]; NaN marks noise, and every point when score is null. */
  readonly samples: Float64Array;
};

/**
 * Silhouette: whether points lie nearer to their own cluster than to the next.
 *
 * (b − a) / max(a, b): a the mean distance to the other points of the cluster, b the smallest mean
 * distance to those of another cluster; 0 for the only point of a cluster. Noise (label −1) is left
 * out of everything.
 *
 * @param matrix n ≥ 1 points × p features, finite
 * @param labels n whole numbers, 0, 1, … or −1 for noise
 * @returns score and samples; see Silhouette
 * @throws {InvalidInputError} "too-short", "length-mismatch", "not-finite"; "out-of-range": a label
 *
 * Cost: O(n² p). Convention: matches sklearn.metrics.silhouette_samples without the noise.
 * Source: Rousseeuw (1987). Checked: golden/extra-py.json.
 */
export function silhouette(matrix: Matrix, labels: Int32Array): Silhouette {
  requireMatrix(matrix, 1);
  const { rows } = matrix;
  if (labels.length !== rows) {
    throw new InvalidInputError("length-mismatch", "there must be one label for each point");
  }
  if (labels.some((label) => label < -1 || label >= rows)) {
    throw new InvalidInputError("out-of-range", "a label is below −1 or above the points");
  }
  const samples = new Float64Array(rows).fill(Number.NaN);
  const sizes = new Int32Array(rows);
  for (const label of labels) if (label >= 0) sizes[label]!++;
  if (sizes.filter((size) => size > 0).length < 2) return { score: null, samples };
  let sum = 0;
  let count = 0;
  for (let i = 0; i < rows; i++) {
    if (labels[i]! < 0) continue;
    const value = sampleOf(i, { matrix, labels, sizes });
    samples[i] = value;
    sum += value;
    count++;
  }
  return { score: sum / count, samples };
}

type Clustering = {
  readonly matrix: Matrix;
  readonly labels: Int32Array;
  readonly sizes: Int32Array;
};

function sampleOf(point: number, { matrix, labels, sizes }: Clustering): number {
  const own = labels[point]!;
  if (sizes[own] === 1) return 0;
  const sums = new Float64Array(sizes.length);
  for (let j = 0; j < matrix.rows; j++) {
    const label = labels[j]!;
    if (label >= 0) sums[label]! += distance(matrix, point, j);
  }
  const within = sums[own]! / (sizes[own]! - 1);
  let nearest = Number.POSITIVE_INFINITY;
  for (let label = 0; label < sizes.length; label++) {
    if (label === own || sizes[label] === 0) continue;
    nearest = Math.min(nearest, sums[label]! / sizes[label]!);
  }
  const largest = Math.max(within, nearest);
  // All points in one place: neither nearer nor farther.
  return largest === 0 ? 0 : (nearest - within) / largest;
}

function distance({ columns, values }: Matrix, i: number, j: number): number {
  let sum = 0;
  for (let k = 0; k < columns; k++) {
    const difference = values[i * columns + k]! - values[j * columns + k]!;
    sum += difference * difference;
  }
  return Math.sqrt(sum);
}

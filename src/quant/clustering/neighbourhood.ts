import { InvalidInputError } from "../invalid-input-error.ts";
import { type Matrix, requireMatrix } from "../linalg/matrix.ts";
import { squaredDistances } from "./squared-distances.ts";

/** How well a map keeps who is whose neighbour, each in [0, 1], 1 the best. */
export type NeighbourhoodQuality = {
  /** 1 less the penalty for neighbours on the map that are far in truth. */
  readonly trustworthiness: number;
  /** Mean share of the k nearest that are among the k nearest on the map. */
  readonly overlap: number;
};

/**
 * Quality of a map of points: whether those that lie together on it belong together.
 *
 * Trustworthiness 1 − 2 / (n k (2n − 3k − 1)) Σᵢ Σⱼ max(0, r(i, j) − k) over the k nearest j of i on
 * the map, r the rank of j among the neighbours of i in truth.
 *
 * @param matrix n points × p features, finite
 * @param map n points × d coordinates, finite
 * @param neighbours k, 1 ≤ k < n / 2; 5 unless told
 * @returns trustworthiness and overlap
 * @throws {InvalidInputError} "length-mismatch", "not-finite", "too-short"; "out-of-range": k
 *
 * Cost: O(n² log n). Convention: matches sklearn.manifold.trustworthiness.
 * Source: Venna and Kaski (2001).
 */
export function neighbourhoodQuality(
  matrix: Matrix,
  map: Matrix,
  neighbours = 5,
): NeighbourhoodQuality {
  requireMatrix(matrix, 3);
  requireMatrix(map, 3);
  const n = matrix.rows;
  if (map.rows !== n) throw new InvalidInputError("length-mismatch", "the map has other points");
  if (!(Number.isInteger(neighbours) && neighbours >= 1 && neighbours < n / 2)) {
    throw new InvalidInputError("out-of-range", "neighbours must be at least 1 and below n / 2");
  }
  const inTruth = squaredDistances(matrix);
  const onMap = squaredDistances(map);
  let penalty = 0;
  let shared = 0;
  const ranks = new Int32Array(n);
  for (let i = 0; i < n; i++) {
    nearestFirst(inTruth, i, n).forEach((point, position) => {
      ranks[point] = position + 1;
    });
    for (const point of nearestFirst(onMap, i, n).slice(0, neighbours)) {
      const rank = ranks[point]!;
      if (rank > neighbours) penalty += rank - neighbours;
      else shared++;
    }
  }
  const worst = (n * neighbours * (2 * n - 3 * neighbours - 1)) / 2;
  return { trustworthiness: 1 - penalty / worst, overlap: shared / (n * neighbours) };
}

/** All other points by their distance from point i, the lowest index first among equals. */
function nearestFirst(squared: Float64Array, i: number, n: number): readonly number[] {
  const others = Array.from({ length: n }, (_, j) => j).filter((j) => j !== i);
  return others.sort((a, b) => squared[i * n + a]! - squared[i * n + b]! || a - b);
}

import type { Matrix } from "../linalg/matrix.ts";
import { squaredDistancesFrom } from "./squared-distances.ts";

/** The order in which OPTICS visits points, and how far each lay from what was visited before. */
export type ReachabilityPlot = {
  /** Points in the order of their visit. */
  readonly ordering: Int32Array;
  /** By point, not by position: smallest distance at which it was reached; +∞ where it was not. */
  readonly reachability: Float64Array;
  /** By point: distance of its minSamples-th neighbour, itself the first; +∞ beyond epsMax. */
  readonly coreDistances: Float64Array;
  /** By point: from which it was reached; −1 where it was not. */
  readonly predecessor: Int32Array;
};

/**
 * Reachability plot: the density structure of points at all radii at once.
 *
 * Always visits the unvisited point of smallest reachability, the lowest index among equals; a
 * visited point p with a core distance reaches q at max(core distance of p, distance of p and q).
 *
 * Core distances and reachabilities are rounded to 15 decimals before they are compared, as the
 * reference does: without it ties of symmetric distances break by rounding and the order is another.
 *
 * @param matrix n points × p features, finite, checked by the caller
 * @param minSamples whole number, 2 … n
 * @param epsMax largest distance that counts, > 0; Infinity for all
 * @returns ordering, reachability, core distances and predecessors
 *
 * Cost: O(n² p). Convention: matches sklearn.cluster.compute_optics_graph, order exact.
 * Source: Ankerst, Breunig, Kriegel, Sander (1999). Checked: golden/clustering.json.
 */
export function reachabilityPlot(
  matrix: Matrix,
  minSamples: number,
  epsMax: number,
): ReachabilityPlot {
  const n = matrix.rows;
  // One row at a time: the whole table of distances would cost more to store than to compute twice.
  const squared = new Float64Array(n);
  const coreDistances = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    squaredDistancesFrom(i, matrix, squared);
    const distance = Math.sqrt(nthSmallest(squared, minSamples));
    coreDistances[i] = distance > epsMax ? Number.POSITIVE_INFINITY : rounded(distance);
  }
  const ordering = new Int32Array(n);
  const reachability = new Float64Array(n).fill(Number.POSITIVE_INFINITY);
  const predecessor = new Int32Array(n).fill(-1);
  // The unvisited points, ascending, so that the first smallest has the lowest index.
  const waiting = Int32Array.from({ length: n }, (_, i) => i);
  const epsMaxSquared = epsMax * epsMax;
  let next = 0;
  for (let visited = 0; visited < n; visited++) {
    const point = waiting[next]!;
    const waitingCount = n - visited - 1;
    waiting.copyWithin(next, next + 1, waitingCount + 1);
    ordering[visited] = point;
    const core = coreDistances[point]!;
    // Nothing is reached below it, so what was reached that closely need not be looked at.
    const bound = rounded(core);
    squaredDistancesFrom(point, matrix, squared);
    next = 0;
    let smallest = Number.POSITIVE_INFINITY;
    for (let i = 0; i < waitingCount; i++) {
      const other = waiting[i]!;
      let value = reachability[other]!;
      const square = squared[other]!;
      if (value > bound && square <= epsMaxSquared) {
        const reached = rounded(Math.max(core, Math.sqrt(square)));
        if (reached < value) {
          value = reached;
          reachability[other] = reached;
          predecessor[other] = point;
        }
      }
      if (value < smallest) {
        smallest = value;
        next = i;
      }
    }
  }
  return { ordering, reachability, coreDistances, predecessor };
}

/** The count-th smallest of the values, by a short sorted list of the smallest. */
function nthSmallest(values: Float64Array, count: number): number {
  const smallest = new Float64Array(count).fill(Number.POSITIVE_INFINITY);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value >= smallest[count - 1]!) continue;
    let at = count - 1;
    while (at > 0 && smallest[at - 1]! > value) {
      smallest[at] = smallest[at - 1]!;
      at--;
    }
    smallest[at] = value;
  }
  return smallest[count - 1]!;
}

const DECIMALS = 1e15;
/** Adding and taking away 2⁵² rounds to a whole number, halves to even. */
const ROUNDER = 2 ** 52;

/** Rounds x ≥ 0 to 15 decimals as numpy.around does: multiplied, rounded half to even, divided. */
function rounded(x: number): number {
  const scaled = x * DECIMALS;
  return (scaled < ROUNDER ? scaled + ROUNDER - ROUNDER : scaled) / DECIMALS;
}

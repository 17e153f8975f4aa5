import { quantileOfSorted } from "../rolling/quantile-of-sorted.ts";
import type { ParameterAxis } from "./parameter-axis.ts";
import { type ParameterSpace, placesOfPoint } from "./parameter-space.ts";

/** Which trials count as neighbours of one. */
export type NeighbourRule =
  /** One step or none on every ordered axis, the same value on the others. */
  | { readonly kind: "grid" }
  /** The nearest ones, axes scaled to length 1; another choice is as far as the ends of an axis. */
  | { readonly kind: "nearest"; readonly count: number };

/** How a trial compares with what was tried around it. */
export type TrialNeighbourhood = {
  readonly row: number;
  /** Its objective; null where undefined, as below. */
  readonly own: number | null;
  /** Neighbours that were tried. */
  readonly neighbours: number;
  /** Of their objectives; null without neighbours, or where it falls on trials without a figure. */
  readonly median: number | null;
  readonly worst: number | null;
  /** median / own: near 1 on a plateau, near 0 or below on a peak; null where own is not above 0. */
  readonly stability: number | null;
};

/** Neighbours of a trial that was not tried on a grid. */
export const NEAREST_TRIALS = 8;

/** Trials to look at. */
export type NeighbourhoodInput = {
  readonly space: ParameterSpace;
  /** Points of all trials that were run. */
  readonly point: Float64Array;
  /** Their objectives, −∞ where undefined. */
  readonly objective: Float64Array;
  /** The trials whose neighbourhoods are wanted. */
  readonly rows: Int32Array;
  readonly rule: NeighbourRule;
};

/**
 * Neighbourhood stability: whether what is good about a trial is good around it as well.
 *
 * @param input trials, their objectives, and who is a neighbour
 * @returns one entry a wanted row
 *
 * Cost: O(rows · trials · axes).
 */
export function neighbourhoodStability(input: NeighbourhoodInput): readonly TrialNeighbourhood[] {
  const { space, point, objective, rows } = input;
  const places = new Int32Array(point.length * space.axes.length);
  point.forEach((value, row) => {
    places.set(placesOfPoint(space, value), row * space.axes.length);
  });
  return Array.from(rows, (row) => {
    const values = neighboursOf(input, places, row).map((other) => objective[other]!);
    const ascending = Float64Array.from(values).sort();
    const own = finiteOrNull(objective[row]!);
    const median = ascending.length === 0 ? null : finiteOrNull(quantileOfSorted(ascending, 0.5));
    return {
      row,
      own,
      neighbours: ascending.length,
      median,
      worst: ascending.length === 0 ? null : finiteOrNull(ascending[0]!),
      stability: own === null || median === null || own <= 0 ? null : median / own,
    };
  });
}

function neighboursOf(
  { space, point, rule }: NeighbourhoodInput,
  places: Int32Array,
  row: number,
): readonly number[] {
  const { axes } = space;
  const measure = rule.kind === "grid" ? beyondOneStep : scaledSquare;
  const nearest: number[] = [];
  const distances: number[] = [];
  const count = rule.kind === "grid" ? point.length : rule.count;
  for (let other = 0; other < point.length; other++) {
    if (other === row) continue;
    let distance = 0;
    for (let i = 0; i < axes.length; i++) {
      const apart = Math.abs(places[row * axes.length + i]! - places[other * axes.length + i]!);
      if (apart > 0) distance += measure(apart, axes[i]!);
    }
    if (rule.kind === "grid" && distance > 0) continue;
    // Equally far ones in the order in which they were tried.
    if (nearest.length === count && distance >= distances[count - 1]!) continue;
    let at = distances.length;
    while (at > 0 && distances[at - 1]! > distance) at--;
    nearest.splice(at, 0, other);
    distances.splice(at, 0, distance);
    if (nearest.length > count) {
      nearest.pop();
      distances.pop();
    }
  }
  return nearest;
}

function beyondOneStep(apart: number, { isOrdered }: ParameterAxis): number {
  return isOrdered ? apart - 1 : apart;
}

function scaledSquare(apart: number, { isOrdered, values }: ParameterAxis): number {
  return isOrdered ? (apart / (values.length - 1)) ** 2 : 1;
}

/** Neither −∞, an undefined figure, nor what is interpolated with one. */
function finiteOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

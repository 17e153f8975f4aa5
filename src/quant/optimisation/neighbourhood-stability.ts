import { quantileOfSorted } from "../rolling/quantile-of-sorted.ts";
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
  const others = Array.from(point.keys()).filter((other) => other !== row);
  const distance = (other: number, measure: Measure): number => {
    let sum = 0;
    space.axes.forEach((axis, i) => {
      const { length } = space.axes;
      const apart = Math.abs(places[row * length + i]! - places[other * length + i]!);
      sum += measure(apart, axis.isOrdered, axis.values.length);
    });
    return sum;
  };
  if (rule.kind === "grid") return others.filter((other) => distance(other, beyondOneStep) === 0);
  const squares = new Float64Array(point.length);
  for (const other of others) squares[other] = distance(other, scaledSquare);
  return others.toSorted((a, b) => squares[a]! - squares[b]! || a - b).slice(0, rule.count);
}

type Measure = (apart: number, isOrdered: boolean, values: number) => number;

const beyondOneStep: Measure = (apart, isOrdered) => Math.max(0, apart - (isOrdered ? 1 : 0));

const scaledSquare: Measure = (apart, isOrdered, values) => {
  if (apart === 0) return 0;
  return isOrdered ? (apart / (values - 1)) ** 2 : 1;
};

/** Neither −∞, an undefined figure, nor what is interpolated with one. */
function finiteOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

import { normalCdf } from "../stats/normal-distribution.ts";
import type { Random } from "../synthetic/random.ts";
import type { ParameterAxis } from "./parameter-axis.ts";

/** A distribution over the points of a space, by their places on its axes. */
export type ParzenDensity = {
  readonly draw: (random: Random) => Int32Array;
  /** Probability of a point, > 0. */
  readonly mass: (places: Int32Array) => number;
};

/** Width of a kernel in lengths of its axis, of one observation on one axis; Optuna's. */
const WIDTH_SHARE = 0.2;
/** A kernel is no narrower than this part of a step. */
const WIDTH_STEPS_MIN = 0.1;

/** Masses of the kernels of one axis: of the place at a distance from the centre, and all that is on it. */
type AxisKernels = {
  readonly length: number;
  readonly isOrdered: boolean;
  readonly width: number;
  /** Ordered: by distance; not ordered: of the same value, and of another one. */
  readonly byDistance: Float64Array;
  readonly onAxis: Float64Array;
  /** Of the prior, by place. */
  readonly prior: Float64Array;
};

/**
 * Parzen windows over the points of a space: one kernel an observation and one for the prior, all of the
 * same weight; a kernel is the product of its axes.
 *
 * Ordered axis of m places: a normal about the observed place with deviation 0.2 · n^(−1/(d + 4)) · m (d axes),
 * given to the places by the mass within half a step and cut off half a step beyond the ends; the prior
 * is about the middle with deviation m. Not ordered: (1 + 1/k) / (1 + m/k) for the observed one of m
 * values, (1/k) / (1 + m/k) for the others, k = n + 1 kernels; the prior gives each 1/m.
 *
 * @param axes of the space
 * @param observed places of the observations, possibly none
 *
 * Cost: O(Σ m) once; a draw O(axes), a mass O(n · axes). Source: Bergstra, Bardenet, Bengio, Kégl (2011),
 * section 4; kernels over all axes together, widths and choices as in Optuna's multivariate TPESampler.
 */
export function parzenDensity(
  axes: readonly ParameterAxis[],
  observed: readonly Int32Array[],
): ParzenDensity {
  const kernels = axes.map((axis) => axisKernels(axis, observed.length, axes.length));
  // By axis and not by observation: the loop over thousands of them reads memory in order.
  const columns = axes.map((_, axis) => Int32Array.from(observed, (places) => places[axis]!));
  const products = new Float64Array(observed.length);
  const mass = (places: Int32Array): number => {
    const sum = priorMass(kernels, places) + kernelMasses(kernels, columns, places, products);
    return sum / (observed.length + 1);
  };
  const draw = (random: Random): Int32Array => {
    const centres = observed[Math.floor(random.uniform() * (observed.length + 1))];
    return Int32Array.from(kernels, (axis, i) => drawPlace(axis, centres?.[i] ?? null, random));
  };
  return { draw, mass };
}

function axisKernels(axis: ParameterAxis, n: number, axes: number): AxisKernels {
  const { isOrdered } = axis;
  const { length } = axis.values;
  if (!isOrdered) {
    const share = 1 / (n + 1);
    const whole = 1 + length * share;
    return {
      length,
      isOrdered,
      width: 0,
      byDistance: Float64Array.of((1 + share) / whole, share / whole),
      onAxis: new Float64Array(length).fill(1),
      prior: new Float64Array(length).fill(1 / length),
    };
  }
  const width = Math.max(WIDTH_SHARE * n ** (-1 / (axes + 4)) * length, WIDTH_STEPS_MIN);
  const middle = (length - 1) / 2;
  const priorOnAxis = massBetween(-length / 2, length / 2, length);
  return {
    length,
    isOrdered,
    width,
    byDistance: places(length, (distance) => massBetween(distance - 0.5, distance + 0.5, width)),
    onAxis: places(length, (centre) => massBetween(-0.5 - centre, length - 0.5 - centre, width)),
    prior: places(
      length,
      (place) => massBetween(place - 0.5 - middle, place + 0.5 - middle, length) / priorOnAxis,
    ),
  };
}

function places(length: number, of: (place: number) => number): Float64Array {
  return Float64Array.from({ length }, (_, place) => of(place));
}

/** Of a normal about 0. */
function massBetween(from: number, to: number, width: number): number {
  return normalCdf(to / width) - normalCdf(from / width);
}

/** The sum of the masses of all kernels at a point; `products` is scratch of one number an observation. */
function kernelMasses(
  kernels: readonly AxisKernels[],
  columns: readonly Int32Array[],
  point: Int32Array,
  products: Float64Array,
): number {
  products.fill(1);
  for (let axis = 0; axis < kernels.length; axis++) {
    const { isOrdered, byDistance, onAxis } = kernels[axis]!;
    const centres = columns[axis]!;
    const place = point[axis]!;
    const distanceMax = isOrdered ? byDistance.length : 1;
    for (let i = 0; i < centres.length; i++) {
      const centre = centres[i]!;
      const distance = Math.min(Math.abs(place - centre), distanceMax);
      products[i]! *= byDistance[distance]! / onAxis[centre]!;
    }
  }
  let sum = 0;
  for (let i = 0; i < products.length; i++) sum += products[i]!;
  return sum;
}

function priorMass(kernels: readonly AxisKernels[], point: Int32Array): number {
  return kernels.reduce((product, { prior }, i) => product * prior[point[i]!]!, 1);
}

/** Without a centre from the prior. */
function drawPlace(axis: AxisKernels, centre: number | null, random: Random): number {
  const { length, isOrdered, width, byDistance } = axis;
  if (isOrdered) {
    return drawNormal(centre ?? (length - 1) / 2, centre === null ? length : width, length, random);
  }
  const other = Math.floor(random.uniform() * length);
  // Every value has the share of the others, and the observed one the rest.
  const isObserved = random.uniform() < 1 - length * byDistance[1]!;
  return centre !== null && isObserved ? centre : other;
}

/** Again while it falls off the axis, on which at least a third of every kernel lies. */
function drawNormal(centre: number, width: number, length: number, random: Random): number {
  for (;;) {
    const place = Math.round(centre + width * random.gaussian());
    if (place >= 0 && place < length) return place;
  }
}

import { normalCdf } from "../stats/normal-distribution.ts";
import type { Random } from "../synthetic/random.ts";
import type { ParameterAxis } from "./parameter-axis.ts";

/** A distribution over the places of one axis. */
export type ParzenAxis = {
  /** A place, drawn. */
  readonly draw: (random: Random) => number;
  /** Probability of a place, > 0. */
  readonly mass: (place: number) => number;
};

/** A kernel never gets narrower than this share of the axis, nor than a tenth of a step. */
const NARROWEST_SHARE = 0.01;
const NARROWEST_STEPS = 0.1;

/**
 * Parzen windows over the places of an axis, one kernel an observation and one for the prior.
 *
 * Ordered: normals about the observed places, each cut off half a step beyond the ends of the axis and
 * given to the places by the mass within half a step; their deviation is the larger distance to the
 * neighbouring observations (or the end, for the outermost), between a hundredth of the axis and all of
 * it. The prior is one more, about the middle, as wide as the axis. Not ordered: shares (observations +
 * 1/m) / (n + 1) of m values. All kernels weigh the same.
 *
 * @param axis what the places mean
 * @param observed places, in any order, possibly equal, possibly none
 *
 * Cost: O(n log n); a mass O(distinct places), once a place. Source: Bergstra, Bardenet, Bengio, Kégl
 * (2011), section 4; the prior kernel and the widths as in hyperopt.
 */
export function parzenAxis(axis: ParameterAxis, observed: readonly number[]): ParzenAxis {
  const { length } = axis.values;
  return axis.isOrdered ? orderedParzen(length, observed) : unorderedParzen(length, observed);
}

type Kernel = { readonly centre: number; readonly width: number; readonly weight: number };

function orderedParzen(length: number, observed: readonly number[]): ParzenAxis {
  const kernels = kernelsOf(length, observed);
  const total = observed.length + 1;
  const known = new Map<number, number>();
  const mass = (place: number): number => {
    const before = known.get(place);
    if (before !== undefined) return before;
    let sum = 0;
    for (const kernel of kernels) sum += kernel.weight * massAt(kernel, place, length);
    known.set(place, sum / total);
    return sum / total;
  };
  const draw = (random: Random): number => {
    let rest = random.uniform() * total;
    const kernel = kernels.find(({ weight }) => {
      rest -= weight;
      return rest < 0;
    });
    return drawOf(kernel ?? kernels[0]!, length, random);
  };
  return { draw, mass };
}

function kernelsOf(length: number, observed: readonly number[]): readonly Kernel[] {
  const counts = new Map<number, number>();
  for (const place of observed) counts.set(place, (counts.get(place) ?? 0) + 1);
  const centres = [...counts.keys()].sort((a, b) => a - b);
  const narrowest = Math.max(NARROWEST_SHARE * length, NARROWEST_STEPS);
  const prior: Kernel = { centre: (length - 1) / 2, width: length, weight: 1 };
  return [
    prior,
    ...centres.map((centre, i) => {
      const left = centre - (centres[i - 1] ?? -0.5);
      const right = (centres[i + 1] ?? length - 0.5) - centre;
      const width = Math.min(Math.max(left, right, narrowest), length);
      return { centre, width, weight: counts.get(centre) ?? 0 };
    }),
  ];
}

function massAt({ centre, width }: Kernel, place: number, length: number): number {
  const below = (edge: number): number => normalCdf((edge - centre) / width);
  return (below(place + 0.5) - below(place - 0.5)) / (below(length - 0.5) - below(-0.5));
}

/** From the normal, again while it falls off the axis: at least two fifths of every kernel lie on it. */
function drawOf({ centre, width }: Kernel, length: number, random: Random): number {
  for (;;) {
    const place = Math.round(centre + width * random.gaussian());
    if (place >= 0 && place < length) return place;
  }
}

function unorderedParzen(length: number, observed: readonly number[]): ParzenAxis {
  const shares = new Float64Array(length).fill(1 / length / (observed.length + 1));
  for (const place of observed) shares[place]! += 1 / (observed.length + 1);
  const draw = ({ uniform }: Random): number => {
    let rest = uniform();
    const place = shares.findIndex((share) => {
      rest -= share;
      return rest < 0;
    });
    return place < 0 ? length - 1 : place;
  };
  return { draw, mass: (place) => shares[place]! };
}

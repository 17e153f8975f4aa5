import { createRandom, type Random } from "../synthetic/random.ts";
import {
  isValidPoint,
  type ParameterSpace,
  placesOfPoint,
  pointOfPlaces,
} from "./parameter-space.ts";
import { type ParzenDensity, parzenDensity } from "./parzen-density.ts";
import { createRandomSampler } from "./random-sampler.ts";
import type { Sampler } from "./sampler.ts";

/** Random points before the model is believed. */
const STARTUP_TRIALS = 20;

/** The good ones: a tenth of all that were told, 25 at most. */
const GOOD_SHARE = 0.1;
const GOOD_MAX = 25;

/** Points that are drawn from the good ones' density for each that is asked for. */
const CANDIDATES = 24;

/** Draws after which there are no more candidates: the good region is used up, or against the rules. */
const DRAWS_MAX = 500;

type Told = { readonly places: Int32Array; readonly objective: number };

type Model = { readonly good: ParzenDensity; readonly bad: ParzenDensity };

/**
 * Tree-structured Parzen estimator: tries where good trials have been more often than bad ones.
 *
 * The first 20 points are random. Then, once for every batch that is asked for, the told trials are
 * split: the best tenth (rounded up, 25 at most) is good, the rest bad, and so are points that were asked
 * for before and not told yet. Two densities are made of them (see parzenDensity), l of the good and g of
 * the bad, and of 24 points drawn from l the one with the largest l/g is tried. No point is tried twice, and
 * none that breaks a rule; where l has nothing new left, the point is a random one.
 *
 * @param space what is searched
 * @param seed whole number in [0, 2³²)
 *
 * Cost: a batch O(trials · log trials), a point of it O(24 · trials · axes). Source: Bergstra, Bardenet,
 * Bengio, Kégl (2011), section 4; the numbers 24, a tenth and 25, and kernels over all axes together, as
 * in Optuna's TPESampler.
 */
export function createTpeSampler(space: ParameterSpace, seed: number): Sampler {
  const random = createRandom(seed, 1);
  const fallback = createRandomSampler(space, seed);
  const asked = new Set<number>();
  const pending = new Set<number>();
  const told: Told[] = [];
  let skipped = 0;

  const randomPoint = (): number | null => {
    for (;;) {
      const [point] = fallback.ask(1);
      if (point === undefined || !asked.has(point)) return point ?? null;
    }
  };
  const isNew = (point: number): boolean => {
    if (asked.has(point)) return false;
    if (isValidPoint(space, point)) return true;
    skipped++;
    return false;
  };
  return {
    ask: (count) => {
      const model = told.length < STARTUP_TRIALS ? null : modelOf(space, told, pending);
      const points: number[] = [];
      while (points.length < count) {
        const point =
          (model === null ? null : bestNewPoint(space, model, { random, isNew })) ?? randomPoint();
        if (point === null) break;
        asked.add(point);
        points.push(point);
      }
      for (const point of points) pending.add(point);
      return points;
    },
    tell: (points, objectives) => {
      points.forEach((point, i) => {
        pending.delete(point);
        const value = objectives[i] ?? Number.NaN;
        const objective = Number.isNaN(value) ? Number.NEGATIVE_INFINITY : value;
        told.push({ places: placesOfPoint(space, point), objective });
      });
    },
    skipped: () => skipped + fallback.skipped(),
  };
}

function modelOf(
  space: ParameterSpace,
  told: readonly Told[],
  pending: ReadonlySet<number>,
): Model {
  const goodCount = Math.min(Math.ceil(GOOD_SHARE * told.length), GOOD_MAX);
  // Equal objectives keep the order in which they were told.
  const ranked = told
    .toSorted((a, b) => (a.objective === b.objective ? 0 : b.objective - a.objective))
    .map(({ places }) => places);
  const waiting = Array.from(pending, (point) => placesOfPoint(space, point));
  return {
    good: parzenDensity(space.axes, ranked.slice(0, goodCount)),
    bad: parzenDensity(space.axes, [...ranked.slice(goodCount), ...waiting]),
  };
}

/** Of some points that are drawn from the good density, the one that is good rather than bad. */
function bestNewPoint(
  space: ParameterSpace,
  { good, bad }: Model,
  of: { readonly random: Random; readonly isNew: (point: number) => boolean },
): number | null {
  let best: number | null = null;
  let bestRatio = 0;
  let candidates = 0;
  for (let draws = 0; draws < DRAWS_MAX && candidates < CANDIDATES; draws++) {
    const places = good.draw(of.random);
    const point = pointOfPlaces(space, places);
    if (!of.isNew(point)) continue;
    candidates++;
    const ratio = good.mass(places) / bad.mass(places);
    if (ratio <= bestRatio) continue;
    bestRatio = ratio;
    best = point;
  }
  return best;
}

import { createRandom, type Random } from "../synthetic/random.ts";
import {
  isValidPoint,
  type ParameterSpace,
  placesOfPoint,
  pointOfPlaces,
} from "./parameter-space.ts";
import { type ParzenAxis, parzenAxis } from "./parzen-axis.ts";
import { createRandomSampler } from "./random-sampler.ts";
import type { Sampler } from "./sampler.ts";

/** Random points before the model is believed. */
const STARTUP_TRIALS = 20;

/** The good ones: a tenth of all that were told, 25 at most. */
const GOOD_SHARE = 0.1;
const GOOD_MAX = 25;

/** Points that are drawn from the good ones' density for each that is asked for. */
const CANDIDATES = 24;

/** Candidates in vain after which a point is taken at random: the good region is used up. */
const CANDIDATE_DRAWS_MAX = 500;

type Told = { readonly point: number; readonly objective: number };

type Model = { readonly good: readonly ParzenAxis[]; readonly bad: readonly ParzenAxis[] };

/**
 * Tree-structured Parzen estimator: tries where good trials have been more often than bad ones.
 *
 * The first 20 points are random. Then the told trials are split: the best tenth (rounded up, 25 at
 * most) is good, the rest bad, and so are points that were asked for and not told yet, lest a batch asks
 * for one region only. For each axis two densities are made of them (see parzenAxis), l of the good and
 * g of the bad; of 24 points drawn from l the one with the largest Σ ln l − ln g is tried. No point is
 * tried twice; where l has nothing new left, a random one is.
 *
 * @param space what is searched
 * @param seed whole number in [0, 2³²)
 *
 * Cost: a point O(24 · axes · distinct values that were tried). Source: Bergstra, Bardenet, Bengio, Kégl
 * (2011), section 4; the split and the numbers 24 and 25 as in Optuna's TPESampler; axes independent of
 * each other as in hyperopt.
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
  const nextPoint = (): number | null => {
    if (told.length < STARTUP_TRIALS) return randomPoint();
    const model = modelOf(space, told, pending);
    return bestCandidate(space, model, { random, isNew }) ?? randomPoint();
  };

  return {
    ask: (count) => {
      const points: number[] = [];
      while (points.length < count) {
        const point = nextPoint();
        if (point === null) break;
        asked.add(point);
        pending.add(point);
        points.push(point);
      }
      return points;
    },
    tell: (points, objectives) => {
      points.forEach((point, i) => {
        pending.delete(point);
        const objective = objectives[i] ?? Number.NaN;
        told.push({
          point,
          objective: Number.isNaN(objective) ? Number.NEGATIVE_INFINITY : objective,
        });
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
  const ranked = told.toSorted((a, b) =>
    a.objective === b.objective ? 0 : b.objective - a.objective,
  );
  const placesOf = (points: readonly number[]): readonly Int32Array[] =>
    points.map((point) => placesOfPoint(space, point));
  const good = placesOf(ranked.slice(0, goodCount).map(({ point }) => point));
  const bad = placesOf([...ranked.slice(goodCount).map(({ point }) => point), ...pending]);
  const densities = (places: readonly Int32Array[]): readonly ParzenAxis[] =>
    space.axes.map((axis, i) =>
      parzenAxis(
        axis,
        places.map((place) => place[i]!),
      ),
    );
  return { good: densities(good), bad: densities(bad) };
}

function bestCandidate(
  space: ParameterSpace,
  { good, bad }: Model,
  of: { readonly random: Random; readonly isNew: (point: number) => boolean },
): number | null {
  let best: { readonly point: number; readonly score: number } | null = null;
  let candidates = 0;
  for (let draws = 0; draws < CANDIDATE_DRAWS_MAX && candidates < CANDIDATES; draws++) {
    const places = Int32Array.from(good, (density) => density.draw(of.random));
    const point = pointOfPlaces(space, places);
    if (!of.isNew(point)) continue;
    candidates++;
    let score = 0;
    places.forEach((place, i) => {
      score += Math.log(good[i]!.mass(place)) - Math.log(bad[i]!.mass(place));
    });
    if (best === null || score > best.score) best = { point, score };
  }
  return best?.point ?? null;
}

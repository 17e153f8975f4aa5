import { describe, expect, test } from "vitest";
import { defaultConfig } from "../strategies/parameter-values.ts";
import { zScoreStrategy } from "../strategies/z-score-strategy.ts";
import { createRandom } from "../synthetic/random.ts";
import { createSampler } from "./create-sampler.ts";
import type { ParameterAxis, VariedValues } from "./parameter-axis.ts";
import {
  isValidPoint,
  type ParameterSpace,
  placesOfPoint,
  readParameterSpace,
  SPACE_POINTS_MAX,
  valuesOfPoint,
} from "./parameter-space.ts";
import { parzenDensity } from "./parzen-density.ts";
import { SAMPLER_KINDS, type Sampler } from "./sampler.ts";
import { shuffledPoints } from "./shuffled-points.ts";

function spaceOf(varied: Readonly<Record<string, VariedValues>>): ParameterSpace {
  const base = { ...defaultConfig(zScoreStrategy) };
  const request = { base, varied, pointsMax: SPACE_POINTS_MAX };
  const result = readParameterSpace(zScoreStrategy, request);
  if (result.kind !== "space") throw new Error(`no space: ${result.kind}`);
  return result.space;
}

/** 9 × 8, of which those with exit ≥ entry or stop ≤ entry are broken. */
const SMALL = spaceOf({
  entryZScore: { from: 1, to: 3, step: 0.25 },
  exitZScore: { from: 0, to: 1.75, step: 0.25 },
});
const LARGE = spaceOf({
  zScoreWindowBars: { from: 10, to: 500, step: 5 },
  entryZScore: { from: 1, to: 3, step: 0.02 },
  exitZScore: { from: 0, to: 0.98, step: 0.02 },
  hedgeMethod: ["formation", "rolling", "kalman"],
});

/** Best at window 200, entry 2, exit 0.2 and one of the three methods. */
function hill(space: ParameterSpace, point: number): number {
  const { zScoreWindowBars, entryZScore, exitZScore, hedgeMethod } = valuesOfPoint(space, point);
  const windowGap = (Number(zScoreWindowBars) - 200) / 490;
  const entryGap = (Number(entryZScore) - 2) / 2;
  const exitGap = Number(exitZScore) - 0.2;
  const method = hedgeMethod === "rolling" ? 0.1 : 0;
  return method - windowGap ** 2 - entryGap ** 2 - exitGap ** 2;
}

/** Asks, tries and tells in batches; the points in order. */
function searched(sampler: Sampler, space: ParameterSpace, trials: number, batch = 10): number[] {
  const points: number[] = [];
  while (points.length < trials) {
    const asked = sampler.ask(Math.min(batch, trials - points.length));
    if (asked.length === 0) break;
    sampler.tell(
      asked,
      asked.map((point) => hill(space, point)),
    );
    points.push(...asked);
  }
  return points;
}

const bestOf = (space: ParameterSpace, points: readonly number[]): number =>
  Math.max(...points.map((point) => hill(space, point)));

describe("every sampler", () => {
  test.each(SAMPLER_KINDS.map((kind) => [kind]))("%s: all that is valid, once", (kind) => {
    const sampler = createSampler(kind, SMALL, 7);
    const points = searched(sampler, SMALL, 1_000);
    const valid = Array.from({ length: SMALL.size }, (_, i) => i).filter((point) =>
      isValidPoint(SMALL, point),
    );
    expect(points.toSorted((a, b) => a - b)).toEqual(valid);
    expect(sampler.skipped()).toBeGreaterThanOrEqual(SMALL.size - valid.length);
    expect(sampler.ask(1)).toEqual([]);
  });

  test.each(SAMPLER_KINDS.map((kind) => [kind]))("%s: the same seed, the same points", (kind) => {
    const run = (seed: number): number[] => searched(createSampler(kind, LARGE, seed), LARGE, 120);
    expect(run(3)).toEqual(run(3));
    if (kind !== "grid") expect(run(3)).not.toEqual(run(4));
  });
});

describe("the grid", () => {
  test("counts its last axis fastest, and what it skipped", () => {
    const sampler = createSampler("grid", SMALL, 0);
    const points = sampler.ask(5);
    expect(points).toEqual([0, 1, 2, 3, 8]);
    expect(sampler.skipped()).toBe(4);
  });
});

describe("random", () => {
  test("draws every point of a small space equally often", () => {
    const counts = new Float64Array(6);
    for (let seed = 0; seed < 6_000; seed++) {
      counts[Number(shuffledPoints(6, createRandom(seed)).draw())]! += 1;
    }
    // χ² with 5 degrees of freedom: 20.5 is exceeded once in a thousand.
    expect(counts.reduce((sum, count) => sum + (count - 1_000) ** 2 / 1_000, 0)).toBeLessThan(20.5);
  });

  test("reaches the far end of a space that is larger than 2³²", () => {
    const points = shuffledPoints(SPACE_POINTS_MAX, createRandom(1));
    const drawn = Array.from({ length: 2_000 }, () => Number(points.draw()));
    expect(new Set(drawn).size).toBe(2_000);
    expect(drawn.every((point) => Number.isSafeInteger(point) && point >= 0)).toBe(true);
    const share = drawn.filter((point) => point > SPACE_POINTS_MAX / 2).length / 2_000;
    expect(share).toBeGreaterThan(0.45);
    expect(share).toBeLessThan(0.55);
  });

  test("ends when each has been drawn", () => {
    const points = shuffledPoints(100, createRandom(1));
    const drawn = Array.from({ length: 100 }, () => Number(points.draw()));
    expect(drawn.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, i) => i));
    expect(points.draw()).toBeNull();
  });

  test("gives up where no combination is valid", () => {
    const broken = { ...LARGE, isValid: () => false };
    const sampler = createSampler("random", broken, 1);
    expect(sampler.ask(3)).toEqual([]);
    expect(sampler.skipped()).toBe(100_000);
  });
});

describe("Parzen windows", () => {
  const whole = (m: number): ParameterAxis => ({
    name: "entryZScore",
    isOrdered: true,
    values: Array.from({ length: m }, (_, i) => i),
  });
  const choices = { name: "hedgeMethod", isOrdered: false, values: ["a", "b", "c", "d"] };
  const at = (...places: readonly (readonly number[])[]): readonly Int32Array[] =>
    places.map((one) => Int32Array.from(one));
  const pointsOf = (axes: readonly ParameterAxis[]): readonly Int32Array[] =>
    axes
      .reduce<readonly (readonly number[])[]>(
        (points, { values }) =>
          points.flatMap((point) => values.map((_, place) => [...point, place])),
        [[]],
      )
      .map((point) => Int32Array.from(point));
  const cases: readonly (readonly [string, readonly ParameterAxis[], readonly Int32Array[]])[] = [
    ["nothing observed", [whole(9), choices], []],
    ["some observed", [whole(9), choices], at([3, 1], [4, 1], [8, 0])],
    ["one value", [whole(1), choices], at([0, 2], [0, 2])],
    ["three axes", [whole(5), whole(3), choices], at([0, 0, 0], [4, 2, 3])],
  ];

  test.each(cases)("are a distribution: %s", (_, axes, observed) => {
    const density = parzenDensity(axes, observed);
    const masses = pointsOf(axes).map(density.mass);
    expect(masses.every((mass) => mass > 0)).toBe(true);
    expect(masses.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
  });

  test.each(cases)("are drawn from as they weigh: %s", (_, axes, observed) => {
    const density = parzenDensity(axes, observed);
    const random = createRandom(9);
    const counts = new Map<string, number>();
    for (let i = 0; i < 20_000; i++) {
      const place = density.draw(random).join();
      counts.set(place, (counts.get(place) ?? 0) + 1);
    }
    for (const point of pointsOf(axes)) {
      const share = density.mass(point);
      const deviation = Math.sqrt((share * (1 - share)) / 20_000);
      const seen = (counts.get(point.join()) ?? 0) / 20_000;
      expect(Math.abs(seen - share)).toBeLessThan(4.5 * deviation);
    }
  });

  test("of a choice are (1 + 1/k) / (1 + m/k) where it was seen", () => {
    const density = parzenDensity([choices], at([1], [1], [3]));
    // k = 4 kernels of m = 4 values: 5/8 and 1/8; the prior gives 1/4.
    expect(pointsOf([choices]).map(density.mass)).toEqual([
      (3 / 8 + 1 / 4) / 4,
      (5 / 8 + 5 / 8 + 1 / 8 + 1 / 4) / 4,
      (3 / 8 + 1 / 4) / 4,
      (1 / 8 + 1 / 8 + 5 / 8 + 1 / 4) / 4,
    ]);
  });
});

describe("TPE", () => {
  test("begins with twenty random points", () => {
    const tpe = createSampler("tpe", LARGE, 5).ask(20);
    expect(tpe).toEqual(createSampler("random", LARGE, 5).ask(20));
  });

  test("finds more than chance does", () => {
    // The hill is 0.1 high. Both have searched 150 of 1.5 million points.
    const left = (kind: "tpe" | "random"): readonly number[] =>
      Array.from({ length: 10 }, (_, seed) => {
        const points = searched(createSampler(kind, LARGE, seed), LARGE, 150);
        return 0.1 - bestOf(LARGE, points);
      });
    const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b);
    const tpe = left("tpe");
    expect(Math.max(...tpe)).toBeLessThan(0.01);
    expect(sum(tpe)).toBeLessThan(sum(left("random")) / 10);
  });

  test("goes where the good choice is", () => {
    const points = searched(createSampler("tpe", LARGE, 2), LARGE, 200).slice(100);
    const rolling = points.filter((point) => placesOfPoint(LARGE, point)[3] === 1);
    expect(rolling.length).toBeGreaterThan(70);
  });

  test("a trial without a figure is the worst, and what is pending is not asked again", () => {
    const sampler = createSampler("tpe", LARGE, 2);
    const first = sampler.ask(30);
    sampler.tell(
      first,
      first.map((_, i) => (i < 15 ? Number.NaN : i)),
    );
    const pending = sampler.ask(50);
    expect(new Set([...first, ...pending]).size).toBe(80);
  });
});

test("a batch of TPE after 2,000 trials takes less than 50 ms of a processor (M3)", () => {
  const sampler = createSampler("tpe", LARGE, 1);
  const tell = (points: readonly number[]) => {
    sampler.tell(
      points,
      points.map((point) => hill(LARGE, point)),
    );
  };
  tell(sampler.ask(2_000));
  const spent = Array.from({ length: 12 }, () => {
    const before = process.cpuUsage();
    const points = sampler.ask(16);
    const { user, system } = process.cpuUsage(before);
    tell(points);
    return (user + system) / 1_000;
  });
  // The least of them: the first ones are compiled, and others run beside it.
  expect(Math.min(...spent)).toBeLessThan(50);
});

import { describe, expect, test } from "vitest";
import { createRandom } from "../../synthetic/random.ts";
import type { FeatureTable } from "../training-data.ts";
import { driftReference } from "./drift-reference.ts";
import { featureDrift } from "./feature-drift.ts";
import { scoreDrift } from "./score-drift.ts";
import { stabilityIndex, stabilityIndexByLuck } from "./stability-index.ts";

function normals(rows: number, seed: number, shift = 0): Float64Array {
  const { gaussian } = createRandom(seed);
  return Float64Array.from({ length: rows }, () => gaussian() + shift);
}

const tableOf = (column: Float64Array): FeatureTable => ({
  names: ["a"],
  columns: [column],
  rowCount: column.length,
});
const referenceOf = (column: Float64Array, losses: Float64Array | null = null) =>
  driftReference(tableOf(column), { losses, horizonBars: 1 });
const driftOf = (then: Float64Array, now: Float64Array) =>
  featureDrift(referenceOf(then), tableOf(now))[0]!;

describe("stabilityIndex", () => {
  test("is the sum over bins, with half a row at least", () => {
    const expected = { counts: [50, 50, 0], rows: 100 };
    // (0.25 − 0.5) ln ½ + (0.75 − 0.5) ln 1.5.
    const byHand = -0.25 * Math.log(0.5) + 0.25 * Math.log(1.5);
    expect(stabilityIndex(expected, { counts: [50, 150, 0], rows: 200 })).toBeCloseTo(byHand, 12);
    expect(stabilityIndex(expected, { counts: [25, 25, 0], rows: 50 })).toBe(0);
    const emptied = stabilityIndex(expected, { counts: [0, 200, 0], rows: 200 });
    expect(emptied).toBeCloseTo((0.0025 - 0.5) * Math.log(0.005) + 0.5 * Math.log(2), 12);
  });

  test("of rows of which nothing changed exceeds its luck in so many cases", () => {
    let above = 0;
    for (let seed = 1; seed <= 400; seed++) {
      const reference = referenceOf(normals(1_000, 2 * seed));
      const [drift] = featureDrift(reference, tableOf(normals(200, 2 * seed + 1)));
      const byLuck = stabilityIndexByLuck(10, { expected: 1_000, actual: 200 }, 0.1);
      if (drift!.stabilityIndex! > byLuck) above += 1;
    }
    // 10 % with a standard error of 1.5 %.
    expect(above / 400).toBeGreaterThan(0.05);
    expect(above / 400).toBeLessThan(0.15);
  });

  test("by luck is the quantile of χ²", () => {
    // χ² with 9 degrees of freedom: 95 % at 16.919, 99 % at 21.666.
    const rows = { expected: 2, actual: 2 };
    expect(stabilityIndexByLuck(10, rows, 0.05)).toBeCloseTo(16.919, 1);
    expect(stabilityIndexByLuck(10, rows, 0.01)).toBeCloseTo(21.666, 1);
    expect(stabilityIndexByLuck(1, rows, 0.01)).toBe(0);
  });
});

describe("featureDrift", () => {
  const then = normals(5_000, 1);

  test.each([
    { name: "the same", now: normals(1_000, 2), status: "stable" },
    { name: "a little higher", now: normals(1_000, 2, 0.4), status: "moderate" },
    { name: "far higher", now: normals(1_000, 2, 1), status: "major" },
    { name: "wider", now: normals(1_000, 2).map((value) => 2.5 * value), status: "major" },
    { name: "too little", now: normals(49, 2, 5), status: "unknown" },
  ])("says of values that are $name that they are $status", ({ now, status }) => {
    const drift = driftOf(then, now);
    expect(drift.status).toBe(status);
    expect(drift.stabilityIndex === null).toBe(status === "unknown");
    expect(drift.expectedShares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
    expect(drift.actualShares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
  });

  test("does not call the luck of few rows a drift", () => {
    const reference = referenceOf(then);
    let called = 0;
    for (let seed = 1; seed <= 300; seed++) {
      const [drift] = featureDrift(reference, tableOf(normals(60, seed + 10)));
      if (drift!.status !== "stable") called += 1;
    }
    expect(called / 300).toBeLessThan(0.03);
  });

  test.each([
    { name: "below", now: -1 },
    { name: "above", now: 1 },
  ])("sees a constant that moved $name what it was", ({ now }) => {
    const constant = new Float64Array(500);
    expect(driftOf(constant, new Float64Array(100)).status).toBe("stable");
    expect(driftOf(constant, new Float64Array(100).fill(now)).status).toBe("major");
  });

  test("sees values that are missing now, and not those that always were", () => {
    const gappy = (values: Float64Array) =>
      values.map((value, i) => (i % 3 === 0 ? Number.NaN : value));
    expect(driftOf(gappy(then), gappy(normals(1_000, 3))).status).toBe("stable");
    expect(driftOf(then, gappy(normals(1_000, 3))).status).toBe("major");
    const never = new Float64Array(500).fill(Number.NaN);
    expect(driftOf(never, never).status).toBe("stable");
    expect(driftOf(never, normals(500, 4)).status).toBe("major");
  });

  test("sees the shares of two values change", () => {
    const flags = (rows: number, every: number) =>
      Float64Array.from({ length: rows }, (_, i) => (i % every === 0 ? 1 : 0));
    expect(driftOf(flags(1_000, 4), flags(400, 4)).status).toBe("stable");
    expect(driftOf(flags(1_000, 4), flags(400, 2)).status).toBe("major");
  });

  test("refuses a table without the feature", () => {
    const live = { names: ["b"], columns: [then], rowCount: then.length };
    expect(() => featureDrift(referenceOf(then), live)).toThrow(
      expect.objectContaining({ code: "length-mismatch" }),
    );
  });
});

describe("driftReference", () => {
  test("is plain data that a file keeps", () => {
    const column = normals(300, 1).map((value, i) => (i === 5 ? Number.NaN : value));
    const reference = referenceOf(column, normals(100, 2));
    expect(JSON.parse(JSON.stringify(reference))).toEqual(reference);
    expect(structuredClone(reference)).toEqual(reference);
  });

  test("bins the rows at their quantiles", () => {
    const { features } = referenceOf(normals(1_000, 1));
    expect(features[0]!.counts.slice(0, 10)).toEqual(new Array(10).fill(100));
    expect(features[0]!.counts.at(-1)).toBe(0);
  });

  test("takes no law from few losses", () => {
    expect(referenceOf(normals(50, 1), normals(29, 1)).loss).toBeNull();
    expect(referenceOf(normals(50, 1), normals(30, 1)).loss).not.toBeNull();
  });

  test.each([
    { name: "no rows", column: new Float64Array(), options: {}, code: "too-short" },
    { name: "one bin", column: normals(9, 1), options: { bins: 1 }, code: "out-of-range" },
    {
      name: "no horizon",
      column: normals(9, 1),
      options: { horizonBars: 0 },
      code: "out-of-range",
    },
    {
      name: "an infinite value",
      column: Float64Array.of(1, Number.POSITIVE_INFINITY),
      options: {},
      code: "not-finite",
    },
  ])("refuses $name", ({ column, options, code }) => {
    expect(() =>
      driftReference(tableOf(column), { losses: null, horizonBars: 1, ...options }),
    ).toThrow(expect.objectContaining({ code }));
  });
});

describe("scoreDrift", () => {
  const remembering = (rows: number, seed: number, shiftFrom = rows, shift = 0) => {
    const { gaussian } = createRandom(seed);
    let value = 0;
    return Float64Array.from({ length: rows }, (_, t) => {
      value = 0.4 * value + gaussian();
      return 3 + value + (t >= shiftFrom ? shift : 0);
    });
  };
  const lossOf = (rows: number, seed: number) =>
    referenceOf(normals(30, 1), remembering(rows, seed)).loss;

  test("warns of a steady loss in 5 % of cases, or a little more", () => {
    let warned = 0;
    for (let seed = 1; seed <= 1_000; seed++) {
      const { status } = scoreDrift(lossOf(500, 2 * seed), remembering(250, 2 * seed + 1));
      if (status !== "stable") warned += 1;
    }
    expect(warned / 1_000).toBeGreaterThan(0.02);
    expect(warned / 1_000).toBeLessThan(0.08);
  });

  test("finds a loss that rose, and says nothing of one that fell", () => {
    let found = 0;
    for (let seed = 1; seed <= 50; seed++) {
      const live = remembering(300, seed + 100, 150, 1.2);
      if (scoreDrift(lossOf(500, seed), live).status === "worse") found += 1;
      const better = scoreDrift(lossOf(500, seed), remembering(300, seed + 100, 0, -1));
      expect(better.status).toBe("stable");
      expect(better.zScore!).toBeLessThan(0);
    }
    expect(found).toBeGreaterThan(45);
  });

  test("is unknown without a reference, without variance and without rows", () => {
    const live = remembering(30, 1);
    const unknown = { status: "unknown", zScore: null, pMean: null, cusum: null, pCusum: null };
    expect(scoreDrift(null, live)).toMatchObject({ ...unknown, referenceLoss: null });
    expect(scoreDrift({ mean: 1, variance: 0, rows: 90 }, live)).toMatchObject(unknown);
    expect(scoreDrift(lossOf(500, 1), live.slice(0, 19))).toMatchObject(unknown);
    expect(scoreDrift(lossOf(500, 1), new Float64Array()).liveLoss).toBeNull();
  });

  test("refuses a loss that is not finite", () => {
    expect(() => scoreDrift(null, Float64Array.of(Number.NaN))).toThrow(
      expect.objectContaining({ code: "not-finite" }),
    );
  });
});

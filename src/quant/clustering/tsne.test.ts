import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { goldenRows } from "../golden/load-golden-matrix.test-support.ts";
import { type Matrix, matrixFromRows } from "../linalg/matrix.ts";
import { neighbourProbabilities } from "./neighbour-probabilities.ts";
import { neighbourhoodQuality } from "./neighbourhood.ts";
import { principalComponents } from "./principal-components.ts";
import { tsne } from "./tsne.ts";

const blobs = matrixFromRows(goldenRows("blobs_120"));
const features = matrixFromRows(goldenRows("pca_features_40x5"));

describe("tsne", () => {
  test.each([
    { name: "blobs", points: blobs },
    { name: "features of instruments", points: features },
  ])("keeps neighbours together better than two principal components: $name", ({ points }) => {
    const map = neighbourhoodQuality(points, tsne(points, { seed: 1 }));
    const plane = neighbourhoodQuality(
      points,
      principalComponents(points, { components: 2 }).scores,
    );
    expect(map.trustworthiness).toBeGreaterThan(0.95);
    expect(map.trustworthiness).toBeGreaterThanOrEqual(Math.min(plane.trustworthiness, 0.97));
    expect(map.overlap).toBeGreaterThan(0.55);
  });

  test("is the same to the bit for the same seed, and another for another", () => {
    const map = (seed: number): Matrix => tsne(features, { seed, iterations: 100 });
    expect(map(3)).toEqual(map(3));
    expect(map(3)).not.toEqual(map(4));
  });

  test("depends on its points and its seed alone, whatever they are", () => {
    const inputs = fc.record({
      seed: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
      rows: fc.array(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 3, maxLength: 3 }), {
        minLength: 8,
        maxLength: 14,
      }),
    });
    fc.assert(
      fc.property(inputs, ({ seed, rows }) => {
        fc.pre(new Set(rows.map(String)).size > 2);
        const options = { seed, perplexity: 2, iterations: 60 };
        const map = tsne(matrixFromRows(rows), options);
        expect(tsne(matrixFromRows(rows.map((row) => [...row])), options)).toEqual(map);
        expect(map.values.every(Number.isFinite)).toBe(true);
      }),
      { numRuns: 15 },
    );
  });

  test("parts points that are equal, and stays finite", () => {
    const doubled = matrixFromRows(goldenRows("pca_features_40x5").flatMap((row) => [row, row]));
    const map = tsne(doubled, { seed: 5, iterations: 100 });
    expect(map.values.every(Number.isFinite)).toBe(true);
    expect(map.values[0]).not.toBe(map.values[2]);
  });

  test("maps points of a single feature", () => {
    const line = matrixFromRows(Array.from({ length: 30 }, (_, i) => [i]));
    expect(tsne(line, { seed: 6, iterations: 60 }).values.every(Number.isFinite)).toBe(true);
  });

  test.each([
    {
      name: "three points",
      points: matrixFromRows([[1], [2], [3]]),
      options: {},
      code: "too-short",
    },
    {
      name: "points in one place",
      points: matrixFromRows([[1], [1], [1], [1]]),
      options: {},
      code: "constant",
    },
    {
      name: "too many neighbours",
      points: features,
      options: { perplexity: 14 },
      code: "out-of-range",
    },
    { name: "ten steps", points: features, options: { iterations: 10 }, code: "out-of-range" },
  ])("refuses $name", ({ points, options, code }) => {
    expect(() => tsne(points, { seed: 1, ...options })).toThrow(expect.objectContaining({ code }));
  });
});

describe("neighbourProbabilities", () => {
  test("sum to one, and each point has the neighbours asked for", () => {
    const n = blobs.rows;
    const probabilities = neighbourProbabilities(blobs, 20);
    expect(probabilities.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
    for (let i = 0; i < n; i++) {
      expect(probabilities[i * n + i]).toBe(0);
      for (let j = 0; j < i; j++) expect(probabilities[i * n + j]).toBe(probabilities[j * n + i]);
    }
  });
});

describe("neighbourhoodQuality", () => {
  test("of the points themselves is perfect", () => {
    expect(neighbourhoodQuality(blobs, blobs)).toEqual({ trustworthiness: 1, overlap: 1 });
  });

  test("of a map by chance is poor", () => {
    const { rows } = blobs;
    const shuffled = matrixFromRows(
      Array.from({ length: rows }, (_, i) => [Math.sin(i * i * 7), Math.cos(i * 3)]),
    );
    const quality = neighbourhoodQuality(blobs, shuffled);
    expect(quality.trustworthiness).toBeLessThan(0.7);
    expect(quality.overlap).toBeLessThan(0.2);
  });

  test.each([
    { name: "a map of other points", map: features, neighbours: 5, code: "length-mismatch" },
    { name: "half of all as neighbours", map: blobs, neighbours: 60, code: "out-of-range" },
  ])("refuses $name", ({ map, neighbours, code }) => {
    expect(() => neighbourhoodQuality(blobs, map, neighbours)).toThrow(
      expect.objectContaining({ code }),
    );
  });
});

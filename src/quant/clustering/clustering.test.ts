import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  expectGolden,
  expectWithin,
  type GoldenCase,
  goldenCases,
} from "../golden/load-golden.test-support.ts";
import { goldenRows } from "../golden/load-golden-matrix.test-support.ts";
import { type Matrix, matrixFromRows } from "../linalg/matrix.ts";
import { createRandom } from "../synthetic/random.ts";
import { dbscan } from "./dbscan.ts";
import { type OpticsExtraction, type OpticsOptions, optics } from "./optics.ts";
import { principalComponents } from "./principal-components.ts";
import { silhouette } from "./silhouette.ts";
import { standardise } from "./standardise.ts";

const inputOf = (golden: GoldenCase): Matrix =>
  matrixFromRows(goldenRows(String(golden.input["X"])));

function expectList(golden: GoldenCase, field: string, actual: ArrayLike<number>): void {
  const expected = golden.expected[field] as readonly unknown[];
  expect(actual.length, field).toBe(expected.length);
  const tolerance = { ...golden.tolerance, ...golden.tolerance.fields?.[field] };
  expected.forEach((value, i) => {
    expectWithin(`${golden.case}: ${field}[${i}]`, actual[i]!, Number(value), tolerance);
  });
}

const rowOf = ({ columns, values }: Matrix, i: number): Float64Array =>
  values.slice(i * columns, (i + 1) * columns);

/** n seeded points in p dimensions around `centres` places. */
function blobs(n: number, p: number, centres: number): Matrix {
  const { gaussian } = createRandom(n * 31 + p);
  const places = Array.from({ length: centres }, () =>
    Array.from({ length: p }, () => 6 * gaussian()),
  );
  return matrixFromRows(
    Array.from({ length: n }, (_, i) => places[i % centres]!.map((place) => place + gaussian())),
  );
}

describe("principalComponents", () => {
  test.each(goldenCases("clustering", "pca/"))("agrees with scikit-learn: $case", (golden) => {
    const k = Number(golden.params?.["n_components"]);
    const found = principalComponents(inputOf(golden), { components: k });
    expectList(golden, "explained_variance", found.explainedVariance);
    expectList(golden, "explained_variance_ratio", found.explainedVarianceRatio);
    expectGolden(golden, "noise_variance", found.noiseVariance);
    if (golden.expected["singular_values"] === undefined) return;
    expectList(golden, "singular_values", found.singularValues);
    expectList(golden, "mean", found.mean);
    const expected = golden.expected["abs_components"] as readonly (readonly number[])[];
    expected.forEach((row, i) => {
      const actual = rowOf(found.components, i).map(Math.abs);
      row.forEach((value, j) => {
        const tolerance = golden.tolerance.fields?.["abs_components"] ?? golden.tolerance;
        expectWithin(`component ${i}, ${j}`, actual[j]!, value, tolerance);
      });
    });
  });

  test("are at right angles, and their scores uncorrelated with the variances said", () => {
    const { components, scores, explainedVariance } = principalComponents(blobs(60, 7, 4), {
      components: 7,
    });
    const close = { rtol: 1e-9, atol: 1e-9 };
    for (let i = 0; i < 7; i++) {
      for (let j = 0; j < 7; j++) {
        const right = rowOf(components, j);
        const product = rowOf(components, i).reduce((sum, v, k) => sum + v * right[k]!, 0);
        expectWithin(`${i} · ${j}`, product, i === j ? 1 : 0, close);
        let covariance = 0;
        for (let t = 0; t < 60; t++) {
          covariance += scores.values[t * 7 + i]! * scores.values[t * 7 + j]!;
        }
        const expected = i === j ? explainedVariance[i]! : 0;
        expectWithin(`scores ${i}, ${j}`, covariance / 59, expected, close);
      }
    }
  });

  test("of more features than observations are those of the covariance", () => {
    const wide = blobs(9, 30, 3);
    const padded = matrixFromRows(
      // Every row twice: the same directions, the covariance by another way.
      Array.from({ length: 36 }, (_, i) => rowOf(wide, i % 9)),
    );
    const one = principalComponents(wide, { components: 5 });
    const other = principalComponents(padded, { components: 5 });
    one.components.values.forEach((value, i) => {
      expectWithin(`element ${i}`, value, other.components.values[i]!, { rtol: 1e-8, atol: 1e-9 });
    });
    one.explainedVarianceRatio.forEach((value, i) => {
      expectWithin(`ratio ${i}`, value, other.explainedVarianceRatio[i]!, { rtol: 1e-9, atol: 0 });
    });
  });

  test.each([
    {
      name: "no component",
      rows: [
        [1, 2],
        [2, 1],
        [0, 1],
      ],
      components: 0,
      code: "out-of-range",
    },
    {
      name: "more than features",
      rows: [
        [1, 2],
        [2, 1],
        [0, 1],
      ],
      components: 3,
      code: "out-of-range",
    },
    {
      name: "all of a wide matrix",
      rows: [
        [1, 2, 4],
        [2, 1, 1],
      ],
      components: 2,
      code: "out-of-range",
    },
    {
      name: "rows that are equal",
      rows: [
        [0.1, 2],
        [0.1, 2],
        [0.1, 2],
      ],
      components: 1,
      code: "constant",
    },
    { name: "one row", rows: [[1, 2]], components: 1, code: "too-short" },
  ])("refuse $name", ({ rows, components, code }) => {
    expect(() => principalComponents(matrixFromRows(rows), { components })).toThrow(
      expect.objectContaining({ code }),
    );
  });
});

describe("standardise", () => {
  test.each(goldenCases("clustering", "scaler/"))("agrees with scikit-learn: $case", (golden) => {
    const isLoadings = golden.case.endsWith("pca_loadings");
    const { components } = principalComponents(inputOf(golden), { components: 5 });
    const loadings = matrixFromRows(
      Array.from({ length: components.columns }, (_, j) =>
        Array.from({ length: 5 }, (_, i) => components.values[i * components.columns + j]!),
      ),
    );
    const { matrix, mean, scale } = standardise(isLoadings ? loadings : inputOf(golden));
    expectList(golden, "scale", scale);
    if (!isLoadings) {
      expectList(golden, "mean", mean);
      expectList(golden, "first_row", rowOf(matrix, 0));
      return;
    }
    expectList(golden, "abs_mean", mean.map(Math.abs));
    expectList(golden, "abs_scaled_first_asset", rowOf(matrix, 0).map(Math.abs));
    expectList(golden, "abs_scaled_last_asset", rowOf(matrix, matrix.rows - 1).map(Math.abs));
  });

  test("leaves a constant column at zero", () => {
    const { matrix, scale } = standardise(
      matrixFromRows([
        [0.1, 1],
        [0.1, 3],
        [0.1, 5],
      ]),
    );
    expect(scale[0]).toBe(1);
    expect([0, 2, 4].map((i) => Math.abs(matrix.values[i]!) < 1e-15)).toEqual([true, true, true]);
  });
});

function optionsOf(golden: GoldenCase, compat?: "sklearn-1.2"): OpticsOptions {
  const { params = {} } = golden;
  const size = params["min_cluster_size"];
  const extraction: OpticsExtraction =
    params["cluster_method"] === "dbscan"
      ? { method: "dbscan", eps: Number(params["eps"]) }
      : {
          method: "xi",
          xi: Number(params["xi"]),
          predecessorCorrection: params["predecessor_correction"] === true,
          ...(typeof size === "number" ? { minClusterSize: size } : {}),
          ...(compat === undefined ? {} : { compat }),
        };
  return {
    minSamples: Number(params["min_samples"]),
    epsMax: Number(params["max_eps"]),
    extraction,
  };
}

describe("optics", () => {
  const cases = goldenCases("clustering", "optics/");

  test.each(cases)("agrees with scikit-learn: $case", (golden) => {
    const found = optics(inputOf(golden), optionsOf(golden));
    expect([...found.ordering]).toEqual(golden.expected["ordering"]);
    expect([...found.predecessor]).toEqual(golden.expected["predecessor"]);
    expect([...found.labels]).toEqual(golden.expected["labels"]);
    expect(new Set(found.labels.filter((label) => label >= 0)).size).toBe(
      golden.expected["n_clusters"],
    );
    expect(found.labels.filter((label) => label < 0)).toHaveLength(
      Number(golden.expected["n_noise"]),
    );
    expectList(golden, "reachability", found.reachability);
    expectList(golden, "core_distances", found.coreDistances);
    const hierarchy = golden.expected["cluster_hierarchy"];
    if (hierarchy !== undefined) expect(found.clusterHierarchy).toEqual(hierarchy);
  });

  test.each(cases.filter((golden) => golden.expected["labels_sklearn_1_2"] !== undefined))(
    "repeats the fault of the older release when asked: $case",
    (golden) => {
      const found = optics(inputOf(golden), optionsOf(golden, "sklearn-1.2"));
      expect([...found.labels]).toEqual(golden.expected["labels_sklearn_1_2"]);
    },
  );

  test("orders every point once, and clusters are intervals of at least minSamples", () => {
    fc.assert(
      fc.property(fc.integer({ min: 6, max: 60 }), fc.integer({ min: 1, max: 4 }), (n, centres) => {
        const found = optics(blobs(n, 2, centres), { minSamples: 3 });
        expect([...found.ordering].sort((a, b) => a - b)).toEqual(
          Array.from({ length: n }, (_, i) => i),
        );
        for (const [start, end] of found.clusterHierarchy) {
          expect(end - start + 1).toBeGreaterThanOrEqual(3);
        }
        const largest = Math.max(...found.labels);
        for (let label = 0; label <= largest; label++) expect(found.labels).toContain(label);
      }),
      { numRuns: 30 },
    );
  });

  test("of points in one place is one order and no distance", () => {
    const found = optics(matrixFromRows(Array.from({ length: 8 }, () => [1, 2])), {
      minSamples: 3,
    });
    expect([...found.ordering]).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect([...found.coreDistances].every((distance) => distance === 0)).toBe(true);
  });

  test("reads a share as a count of points", () => {
    const points = blobs(40, 3, 3);
    expect(optics(points, { minSamples: 0.1 })).toEqual(optics(points, { minSamples: 4 }));
  });

  test.each<{ name: string; options: OpticsOptions; code: string }>([
    { name: "one sample", options: { minSamples: 1.5 }, code: "out-of-range" },
    { name: "more samples than points", options: { minSamples: 11 }, code: "too-short" },
    { name: "no radius", options: { epsMax: 0 }, code: "out-of-range" },
    { name: "xi of one", options: { extraction: { method: "xi", xi: 1 } }, code: "out-of-range" },
    {
      name: "a radius beyond the largest",
      options: { epsMax: 1, extraction: { method: "dbscan", eps: 2 } },
      code: "out-of-range",
    },
  ])("refuses $name", ({ options, code }) => {
    expect(() => optics(blobs(10, 2, 2), options)).toThrow(expect.objectContaining({ code }));
  });
});

describe("dbscan", () => {
  test.each(goldenCases("clustering", "dbscan/"))("agrees with scikit-learn: $case", (golden) => {
    const found = dbscan(inputOf(golden), {
      eps: Number(golden.params?.["eps"]),
      minSamples: Number(golden.params?.["min_samples"]),
    });
    expect([...found.labels]).toEqual(golden.expected["labels"]);
    expect([...found.coreIndices]).toEqual(golden.expected["core_sample_indices"]);
  });

  test("gives core points the same company in any order of the points", () => {
    const points = blobs(50, 2, 3);
    const options = { eps: 1, minSamples: 4 };
    const found = dbscan(points, options);
    const turned = dbscan(
      matrixFromRows(Array.from({ length: 50 }, (_, i) => rowOf(points, 49 - i))),
      options,
    );
    for (const i of found.coreIndices) {
      for (const j of found.coreIndices) {
        const together = found.labels[i] === found.labels[j];
        expect(turned.labels[49 - i] === turned.labels[49 - j]).toBe(together);
      }
    }
  });

  test.each([{ eps: 0 }, { eps: Number.NaN }, { minSamples: 0 }, { minSamples: 2.5 }])(
    "refuses %o",
    (options) => {
      expect(() => dbscan(blobs(10, 2, 2), options)).toThrow(
        expect.objectContaining({ code: "out-of-range" }),
      );
    },
  );
});

describe("silhouette", () => {
  test.each(goldenCases("extra-py", "silhouette/"))("agrees with scikit-learn: $case", (golden) => {
    const labels = Int32Array.from(golden.params?.["labels"] as readonly number[]);
    const found = silhouette(inputOf(golden), labels);
    expectGolden(golden, "score", found.score ?? Number.NaN);
    expectList(
      golden,
      "samples",
      found.samples.filter((value) => !Number.isNaN(value)),
    );
  });

  test.each([
    { name: "one cluster", labels: [0, 0, 0, 0] },
    { name: "one cluster and noise", labels: [0, 0, -1, -1] },
    { name: "noise", labels: [-1, -1, -1, -1] },
  ])("has no score for $name", ({ labels }) => {
    const { score, samples } = silhouette(blobs(4, 2, 2), Int32Array.from(labels));
    expect(score).toBeNull();
    expect([...samples].every(Number.isNaN)).toBe(true);
  });

  test("is zero for a point alone in its cluster", () => {
    const { samples } = silhouette(blobs(5, 2, 2), Int32Array.of(0, 0, 0, 0, 1));
    expect(samples[4]).toBe(0);
  });

  test.each([
    { name: "labels missing", labels: [0, 1], code: "length-mismatch" },
    { name: "a label below noise", labels: [0, 1, -2], code: "out-of-range" },
  ])("refuses $name", ({ labels, code }) => {
    expect(() => silhouette(blobs(3, 2, 2), Int32Array.from(labels))).toThrow(
      expect.objectContaining({ code }),
    );
  });
});

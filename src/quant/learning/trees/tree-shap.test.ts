import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { TrainingData } from "../training-data.ts";
import { DEFAULT_BOOSTING } from "./boosting-parameters.ts";
import { cart, DEFAULT_CART } from "./cart.ts";
import { gaussLegendre } from "./gauss-legendre.ts";
import { gradientBoosting } from "./gradient-boosting.ts";
import { DEFAULT_FOREST, randomForest } from "./random-forest.ts";
import { treeData } from "./tree-data.test-support.ts";
import type { TreeEnsemble, TreeModel } from "./tree-ensemble.ts";
import { treeScores } from "./tree-scores.ts";
import { treeShap } from "./tree-shap.ts";

/** Weight of the training rows below a node. */
function coverOf(trees: TreeEnsemble, node: number): number {
  if (node < 0) return trees.leafCover[-1 - node] ?? Number.NaN;
  return coverOf(trees, trees.left[node] ?? 0) + coverOf(trees, trees.right[node] ?? 0);
}

/** What a tree answers when only some features of a row are known, by its definition. */
function knownValue(
  trees: TreeEnsemble,
  node: number,
  row: Float64Array,
  known: (feature: number) => boolean,
): readonly number[] {
  if (node < 0) {
    const leaf = (-1 - node) * trees.leafWidth;
    return Array.from(trees.leafValue.subarray(leaf, leaf + trees.leafWidth));
  }
  const left = trees.left[node] ?? 0;
  const right = trees.right[node] ?? 0;
  const feature = trees.feature[node] ?? -1;
  if (known(feature)) {
    const value = row[feature] ?? Number.NaN;
    const goesLeft = Number.isNaN(value)
      ? trees.missingLeft[node] === 1
      : value <= (trees.threshold[node] ?? Number.NaN);
    return knownValue(trees, goesLeft ? left : right, row, known);
  }
  const share = coverOf(trees, left) / coverOf(trees, node);
  const ofRight = knownValue(trees, right, row, known);
  return knownValue(trees, left, row, known).map(
    (value, k) => share * value + (1 - share) * (ofRight[k] ?? Number.NaN),
  );
}

function scoresOfKnown(trees: TreeEnsemble, row: Float64Array, mask: number): Float64Array {
  const sums = new Float64Array(trees.outputCount);
  trees.roots.forEach((root, tree) => {
    const values = knownValue(trees, root, row, (feature) => ((mask >> feature) & 1) === 1);
    values.forEach((value, k) => {
      const output = trees.leafWidth === 1 ? tree % trees.outputCount : k;
      sums[output] = (sums[output] ?? 0) + value / trees.divisor;
    });
  });
  return sums.map((sum, k) => sum + (trees.baseline[k] ?? 0));
}

/** Shapley values by all subsets of the features. */
function bruteForce(model: TreeModel, row: Float64Array, output: number): Float64Array {
  const m = model.featureCount;
  const values = Float64Array.from(
    { length: 2 ** m },
    (_, mask) => scoresOfKnown(model.ensemble, row, mask)[output] ?? Number.NaN,
  );
  const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));
  return Float64Array.from({ length: m }, (_, i) => {
    let sum = 0;
    for (let mask = 0; mask < 2 ** m; mask++) {
      if ((mask >> i) & 1) continue;
      const size = mask.toString(2).replaceAll("0", "").length;
      const weight = (factorial(size) * factorial(m - size - 1)) / factorial(m);
      sum += weight * ((values[mask | (1 << i)] ?? Number.NaN) - (values[mask] ?? Number.NaN));
    }
    return sum;
  });
}

const FOREST = { ...DEFAULT_FOREST, treeCount: 4 };
const BOOSTING = { ...DEFAULT_BOOSTING, rounds: 5, leavesMax: 12, leafRowsMin: 2 };
const MODELS = [
  { name: "cart", train: (data: TrainingData) => cart(data, DEFAULT_CART, { seed: 1 }) },
  { name: "forest", train: (data: TrainingData) => randomForest(data, FOREST, { seed: 1 }) },
  {
    name: "boosting",
    train: (data: TrainingData) => gradientBoosting(data, BOOSTING, { seed: 1 }),
  },
];

describe.each(MODELS)("treeShap of $name", ({ train }) => {
  test.each([0, 2, 3])("is the Shapley value, %i classes", (classCount) => {
    const data = treeData({
      rowCount: 80,
      featureCount: 5,
      classCount,
      seed: 4,
      missingShare: 0.1,
    });
    const model = train(data);
    const { values } = treeShap(model, data.table);
    const { outputCount } = model.ensemble;
    for (const i of [0, 11, 12]) {
      const row = Float64Array.from(data.table.columns, (column) => column[i] ?? Number.NaN);
      for (let k = 0; k < outputCount; k++) {
        bruteForce(model, row, k).forEach((expected, j) => {
          expect(values[(i * outputCount + k) * 5 + j]).toBeCloseTo(expected, 11);
        });
      }
    }
  });

  test("adds up to the score", () => {
    const seeds = fc.integer({ min: 0, max: 1000 });
    const law = fc.property(seeds, fc.constantFrom(0, 2, 4), (seed, classCount) => {
      const data = treeData({
        rowCount: 150,
        featureCount: 12,
        classCount,
        seed,
        missingShare: 0.05,
      });
      const model = train(data);
      const { outputCount } = model.ensemble;
      const scores = treeScores(model, data.table);
      const { values, expected } = treeShap(model, data.table);
      for (let s = 0; s < scores.length; s++) {
        const shares = values.subarray(12 * s, 12 * (s + 1));
        const sum = shares.reduce((total, share) => total + share, expected[s % outputCount] ?? 0);
        expect(Math.abs(sum - (scores[s] ?? Number.NaN))).toBeLessThan(1e-11);
      }
    });
    fc.assert(law, { numRuns: 5, seed: 1 });
  });
});

describe("treeShap", () => {
  test("of a model without splits is nothing", () => {
    const data = treeData({ rowCount: 30, featureCount: 2, classCount: 0, seed: 1 });
    const flat = { ...data, target: new Float64Array(30).fill(3) };
    const shap = treeShap(cart(flat, DEFAULT_CART, { seed: 1 }), data.table);
    expect(shap.expected).toEqual(Float64Array.of(3));
    expect(shap.values.every((value) => value === 0)).toBe(true);
  });

  test("another number of features is refused", () => {
    const data = treeData({ rowCount: 30, featureCount: 3, classCount: 2, seed: 1 });
    const other = treeData({ rowCount: 30, featureCount: 2, classCount: 2, seed: 1 });
    const model = cart(data, DEFAULT_CART, { seed: 1 });
    expect(() => treeShap(model, other.table)).toThrowError(
      expect.objectContaining({ code: "length-mismatch" }),
    );
  });
});

test("gaussLegendre integrates powers up to its degree", () => {
  for (let n = 1; n <= 30; n++) {
    const { points, weights } = gaussLegendre(n);
    for (let degree = 0; degree < 2 * n; degree++) {
      const integral = points.reduce((sum, t, q) => sum + (weights[q] ?? 0) * t ** degree, 0);
      expect(Math.abs(integral - 1 / (degree + 1))).toBeLessThan(1e-14);
    }
  }
});

import { describe, expect, test } from "vitest";
import type { TrainingData } from "../training-data.ts";
import { DEFAULT_BOOSTING } from "./boosting-parameters.ts";
import { cart, DEFAULT_CART } from "./cart.ts";
import { gradientBoosting } from "./gradient-boosting.ts";
import { DEFAULT_FOREST, randomForest } from "./random-forest.ts";
import { treeData } from "./tree-data.test-support.ts";
import { treeProbabilities, treeRowProbabilities } from "./tree-probabilities.ts";
import { scoreTreeRow, treeScores } from "./tree-scores.ts";

const SEED = { seed: 1 };
const BOOSTING = { ...DEFAULT_BOOSTING, rounds: 10 };
const FOREST = { ...DEFAULT_FOREST, treeCount: 7 };
const MODELS = [
  { name: "cart", train: (data: TrainingData) => cart(data, DEFAULT_CART, SEED) },
  { name: "forest", train: (data: TrainingData) => randomForest(data, FOREST, SEED) },
  { name: "boosting", train: (data: TrainingData) => gradientBoosting(data, BOOSTING, SEED) },
];

describe.each(MODELS)("$name", ({ train }) => {
  test.each([0, 2, 3])("a row alone has the bits of the batch, %i classes", (classCount) => {
    // More rows than a block, and not a multiple of it.
    const data = treeData({
      rowCount: 300,
      featureCount: 4,
      classCount,
      seed: 2,
      missingShare: 0.1,
    });
    const model = train(data);
    const { outputCount } = model.ensemble;
    const scores = treeScores(model, data.table);
    const ofRow = new Float64Array(outputCount);
    const probabilitiesOfRow = new Float64Array(classCount);
    const probabilities = classCount === 0 ? null : treeProbabilities(model, data.table);
    for (let i = 0; i < 300; i++) {
      const row = Float64Array.from(data.table.columns, (column) => column[i] ?? Number.NaN);
      scoreTreeRow(model.ensemble, row, ofRow);
      expect(ofRow).toEqual(scores.slice(i * outputCount, (i + 1) * outputCount));
      if (probabilities === null) continue;
      treeRowProbabilities(model, row, probabilitiesOfRow);
      expect(probabilitiesOfRow).toEqual(probabilities.slice(i * classCount, (i + 1) * classCount));
      expect(probabilitiesOfRow.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
    }
  });

  test("an infinite feature and another number of features are refused", () => {
    const data = treeData({ rowCount: 50, featureCount: 3, classCount: 2, seed: 1 });
    const model = train(data);
    const infinite = { ...data.table, columns: data.table.columns.map((column) => column.slice()) };
    infinite.columns[1]?.fill(Number.POSITIVE_INFINITY, 4, 5);
    expect(() => treeScores(model, infinite)).toThrowError(
      expect.objectContaining({ code: "not-finite" }),
    );
    const narrow = { ...data.table, columns: data.table.columns.slice(1) };
    expect(() => treeScores(model, narrow)).toThrowError(
      expect.objectContaining({ code: "length-mismatch" }),
    );
  });
});

test("a regression has no class probabilities", () => {
  const data = treeData({ rowCount: 50, featureCount: 3, classCount: 0, seed: 1 });
  const model = cart(data, DEFAULT_CART, SEED);
  expect(() => treeProbabilities(model, data.table)).toThrowError(
    expect.objectContaining({ code: "out-of-range" }),
  );
});

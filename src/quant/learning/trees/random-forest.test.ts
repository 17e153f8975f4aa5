import { describe, expect, test } from "vitest";
import { cart, DEFAULT_CART } from "./cart.ts";
import { DEFAULT_FOREST, type ForestParameters, randomForest } from "./random-forest.ts";
import { treeData, weighted } from "./tree-data.test-support.ts";
import { treeProbabilities } from "./tree-probabilities.ts";
import { treeScores } from "./tree-scores.ts";

const SMALL: ForestParameters = { ...DEFAULT_FOREST, treeCount: 20 };

describe("randomForest", () => {
  test("the same seed grows the same forest, another one another", () => {
    const data = treeData({ rowCount: 200, featureCount: 6, classCount: 3, seed: 1 });
    const first = randomForest(data, SMALL, { seed: 7 });
    expect(randomForest(data, SMALL, { seed: 7 })).toEqual(first);
    expect(randomForest(data, SMALL, { seed: 8 })).not.toEqual(first);
    expect(structuredClone(first)).toEqual(first);
  });

  test("a tree does not depend on how many others there are", () => {
    const data = treeData({ rowCount: 150, featureCount: 4, classCount: 2, seed: 1 });
    const few = randomForest(data, { ...SMALL, treeCount: 3 }, { seed: 5 }).ensemble;
    const many = randomForest(data, SMALL, { seed: 5 }).ensemble;
    expect(many.roots.slice(0, 3)).toEqual(few.roots);
    expect(many.threshold.slice(0, few.threshold.length)).toEqual(few.threshold);
  });

  test("classes that the features tell apart are told apart on rows it has not seen", () => {
    const train = treeData({ rowCount: 1500, featureCount: 6, classCount: 2, seed: 2 });
    const unseen = treeData({ rowCount: 500, featureCount: 6, classCount: 2, seed: 3 });
    const model = randomForest(train, SMALL, { seed: 1 });
    const probabilities = treeProbabilities(model, unseen.table);
    const right = unseen.target.filter((y, i) => (probabilities[2 * i + y] ?? 0) > 0.5).length;
    expect(right / 500).toBeGreaterThan(0.8);
    for (let i = 0; i < 500; i++) {
      expect((probabilities[2 * i] ?? 0) + (probabilities[2 * i + 1] ?? 0)).toBeCloseTo(1, 12);
    }
    expect(Math.min(...model.importance.subarray(0, 3))).toBeGreaterThan(
      Math.max(...model.importance.subarray(3)),
    );
  });

  test("a regression forest beats the mean on rows it has not seen, and ignores the target's level", () => {
    const train = treeData({
      rowCount: 800,
      featureCount: 5,
      classCount: 0,
      seed: 2,
      missingShare: 0.05,
    });
    const unseen = treeData({ rowCount: 300, featureCount: 5, classCount: 0, seed: 4 });
    const parameters: ForestParameters = { ...SMALL, featuresTried: "third", leafRowsMin: 3 };
    const scores = treeScores(randomForest(train, parameters, { seed: 1 }), unseen.table);
    const squares = (values: Float64Array): number => values.reduce((sum, v) => sum + v * v, 0);
    const errors = unseen.target.map((y, i) => y - (scores[i] ?? 0));
    expect(squares(errors)).toBeLessThan(0.6 * squares(unseen.target));
    const lifted = { ...train, target: train.target.map((y) => y + 1e6) };
    const liftedScores = treeScores(randomForest(lifted, parameters, { seed: 1 }), unseen.table);
    liftedScores.forEach((score, i) => {
      expect(score - 1e6).toBeCloseTo(scores[i] ?? Number.NaN, 6);
    });
  });

  test("one tree on all rows and features, a bin for each value, is a decision tree", () => {
    const data = treeData({
      rowCount: 150,
      featureCount: 4,
      classCount: 2,
      seed: 9,
      missingShare: 0.1,
    });
    const whole = {
      ...DEFAULT_FOREST,
      treeCount: 1,
      bootstrap: false,
      featuresTried: "all",
    } as const;
    const tree = cart(data, DEFAULT_CART, { seed: 1 }).ensemble;
    const forest = randomForest(data, whole, { seed: 1 }).ensemble;
    expect(forest.feature).toEqual(tree.feature);
    expect(forest.missingLeft).toEqual(tree.missingLeft);
    expect(forest.leafValue).toEqual(tree.leafValue);
    // Thresholds may differ where a node lacks values between: between the same rows all the same.
    expect(forest.threshold[0]).toBe(tree.threshold[0]);
  });

  test("constant features are passed over for others", () => {
    const data = treeData({ rowCount: 100, featureCount: 3, classCount: 2, seed: 1 });
    const constant = Array.from({ length: 9 }, () => new Float64Array(100).fill(3));
    const columns = [...constant, ...data.table.columns];
    const names = columns.map((_, j) => `f${j}`);
    const wide = { ...data, table: { names, columns, rowCount: 100 } };
    const model = randomForest(wide, { ...SMALL, featuresTried: 1 }, { seed: 1 });
    expect(model.importance.subarray(0, 9)).toEqual(new Float64Array(9));
    expect(model.ensemble.leafCover.length).toBeGreaterThan(100);
  });

  test("a row of weight 0 is as if it were not there; only ratios of weights count", () => {
    const data = treeData({ rowCount: 150, featureCount: 4, classCount: 2, seed: 6 });
    const halves = weighted(data, new Float64Array(150).fill(0.5));
    const ofHalves = randomForest(halves, SMALL, { seed: 1 });
    const ofAll = randomForest(data, SMALL, { seed: 1 });
    expect(treeScores(ofHalves, data.table)).toEqual(treeScores(ofAll, data.table));
    const kept = treeData({ rowCount: 150, featureCount: 4, classCount: 2, seed: 6 });
    const weights = Float64Array.from({ length: 150 }, (_, i) => (i < 100 ? 1 : 0));
    const cut = {
      ...kept,
      table: {
        ...kept.table,
        rowCount: 100,
        columns: kept.table.columns.map((column) => column.slice(0, 100)),
      },
      target: kept.target.slice(0, 100),
    };
    expect(randomForest(weighted(data, weights), SMALL, { seed: 1 })).toEqual(
      randomForest(cut, SMALL, { seed: 1 }),
    );
  });

  test("limits are kept, and training can be cancelled", () => {
    const data = treeData({ rowCount: 300, featureCount: 4, classCount: 2, seed: 1 });
    const model = randomForest(data, { ...SMALL, leavesMax: 8, leafRowsMin: 5 }, { seed: 1 });
    expect(model.ensemble.leafCover.length).toBe(8 * 20);
    const cancel = (): void => {
      throw new Error("cancelled");
    };
    expect(() => randomForest(data, SMALL, { seed: 1, onProgress: cancel })).toThrow("cancelled");
  });

  test.each([
    { name: "no trees", parameters: { treeCount: 0 } },
    { name: "more features than there are", parameters: { featuresTried: 5 } },
    { name: "no features", parameters: { featuresTried: 0 } },
    { name: "one bin", parameters: { binsMax: 1 } },
    { name: "256 bins", parameters: { binsMax: 256 } },
    { name: "depth 0", parameters: { depthMax: 0 } },
  ])("$name is refused", ({ parameters }) => {
    const data = treeData({ rowCount: 20, featureCount: 4, classCount: 2, seed: 1 });
    expect(() => randomForest(data, { ...SMALL, ...parameters }, { seed: 1 })).toThrowError(
      expect.objectContaining({ code: "out-of-range" }),
    );
  });
});

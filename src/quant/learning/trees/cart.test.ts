import { describe, expect, test } from "vitest";
import { goldenColumns } from "../../golden/golden-columns.test-support.ts";
import { expectWithin, goldenCases, goldenInput } from "../../golden/load-golden.test-support.ts";
import { type TrainingData, tableRows, valuesAt } from "../training-data.ts";
import { type CartParameters, cart, DEFAULT_CART } from "./cart.ts";
import { treeData, weighted } from "./tree-data.test-support.ts";
import type { TreeEnsemble } from "./tree-ensemble.ts";
import { treeScores } from "./tree-scores.ts";

const SEED = { seed: 1 };

type GoldenNode = {
  readonly leaf: boolean;
  readonly feature: number | null;
  readonly threshold: number | null;
  readonly n: number;
  readonly gini: number;
  readonly counts: readonly number[];
};

/** Nodes depth first, left before right, with what scikit-learn tells of each. */
function nodesOf(trees: TreeEnsemble, node: number): readonly GoldenNode[] {
  const describeCounts = (counts: readonly number[]): Pick<GoldenNode, "n" | "gini" | "counts"> => {
    const n = counts.reduce((sum, count) => sum + count, 0);
    return { n, counts, gini: 1 - counts.reduce((sum, count) => sum + (count / n) ** 2, 0) };
  };
  if (node < 0) {
    const leaf = -1 - node;
    const cover = trees.leafCover[leaf] ?? 0;
    const counts = [0, 1].map((k) => Math.round(cover * (trees.leafValue[2 * leaf + k] ?? 0)));
    return [{ leaf: true, feature: null, threshold: null, ...describeCounts(counts) }];
  }
  const left = nodesOf(trees, trees.left[node] ?? 0);
  const right = nodesOf(trees, trees.right[node] ?? 0);
  const counts = [0, 1].map((k) => (left[0]?.counts[k] ?? 0) + (right[0]?.counts[k] ?? 0));
  const feature = trees.feature[node] ?? -1;
  const threshold = trees.threshold[node] ?? Number.NaN;
  return [{ leaf: false, feature, threshold, ...describeCounts(counts) }, ...left, ...right];
}

describe.each(goldenCases("classification", "cart/"))("golden $case", (golden) => {
  const columns = goldenColumns(String(golden.input["X"]));
  const target = goldenInput(golden, "y");
  const table = { names: columns.map((_, j) => `x${j}`), columns, rowCount: target.length };
  const depthMax = Number(golden.params?.["max_depth"]);
  const data: TrainingData = { table, target, classCount: 2, weights: null };
  const model = cart(data, { ...DEFAULT_CART, depthMax }, SEED);

  test("every node is that of scikit-learn", () => {
    const expected = golden.expected["nodes"] as readonly GoldenNode[];
    const actual = nodesOf(model.ensemble, model.ensemble.roots[0] ?? 0);
    expect(actual.length).toBe(expected.length);
    actual.forEach((node, i) => {
      const { leaf, feature, threshold, n, gini, counts } = expected[i] ?? node;
      expect(node).toMatchObject({ leaf, feature, threshold, n, counts });
      expectWithin(`gini of node ${i}`, node.gini, gini, golden.tolerance);
    });
  });

  test("probabilities and importances are those of scikit-learn", () => {
    const scores = treeScores(model, table);
    const probabilities = golden.expected["proba1"] as readonly number[];
    probabilities.forEach((p, i) => {
      expectWithin(`row ${i}`, scores[2 * i + 1] ?? Number.NaN, p, golden.tolerance);
    });
    const importances = golden.expected["feature_importances"] as readonly number[];
    importances.forEach((share, j) => {
      expectWithin(`feature ${j}`, model.importance[j] ?? Number.NaN, share, golden.tolerance);
    });
  });
});

describe("cart", () => {
  test("a full tree answers its training rows exactly, missing values and all", () => {
    for (const classCount of [0, 3]) {
      const data = treeData({
        rowCount: 200,
        featureCount: 4,
        classCount,
        seed: 2,
        missingShare: 0.1,
      });
      const model = cart(data, DEFAULT_CART, SEED);
      const scores = treeScores(model, data.table);
      const { outputCount } = model.ensemble;
      data.target.forEach((y, i) => {
        const ofRow = scores.subarray(i * outputCount, (i + 1) * outputCount);
        if (classCount === 0) expect(ofRow[0]).toBeCloseTo(y, 12);
        else expect(ofRow[y]).toBe(1);
      });
    }
  });

  test("an exclusive or is found though its first split gains nothing", () => {
    const columns = [Float64Array.of(0, 0, 1, 1), Float64Array.of(0, 1, 0, 1)];
    const table = { names: ["a", "b"], columns, rowCount: 4 };
    const data = { table, target: Float64Array.of(0, 1, 1, 0), classCount: 2, weights: null };
    expect(cart(data, DEFAULT_CART, SEED).ensemble.leafCover.length).toBe(4);
  });

  test("a missing value goes the way that was learned", () => {
    const missing = Number.NaN;
    const column = Float64Array.of(0, 1, 2, 3, missing, missing);
    const table = { names: ["a"], columns: [column], rowCount: 6 };
    for (const side of [0, 1]) {
      const target = Float64Array.of(0, 0, 1, 1, side, side);
      const { ensemble } = cart(
        { table, target, classCount: 2, weights: null },
        DEFAULT_CART,
        SEED,
      );
      expect(ensemble.threshold).toEqual(Float64Array.of(1.5));
      expect(ensemble.missingLeft).toEqual(Uint8Array.of(side === 0 ? 1 : 0));
    }
    // What is missing is a class of its own: a split apart from all present values.
    const target = Float64Array.of(0, 0, 0, 0, 1, 1);
    const model = cart({ table, target, classCount: 2, weights: null }, DEFAULT_CART, SEED);
    expect(model.ensemble.leafCover).toEqual(Float64Array.of(4, 2));
    expect(treeScores(model, table).filter((_, i) => i % 2 === 1)).toEqual(target);
  });

  test("limits on depth, leaves and rows are kept", () => {
    const data = treeData({ rowCount: 300, featureCount: 5, classCount: 2, seed: 3 });
    const grown = (limits: Partial<CartParameters>): TreeEnsemble =>
      cart(data, { ...DEFAULT_CART, ...limits }, SEED).ensemble;
    expect(grown({ leavesMax: 7 }).leafCover.length).toBe(7);
    expect(grown({ depthMax: 2 }).leafCover.length).toBe(4);
    expect(Math.min(...grown({ leafRowsMin: 20 }).leafCover)).toBeGreaterThanOrEqual(20);
    expect(grown({ leavesMax: 2 })).toEqual(grown({ depthMax: 1 }));
  });

  test("a row of weight 0 is as if it were not there, a weight of 2 as if it were there twice", () => {
    const data = treeData({ rowCount: 120, featureCount: 3, classCount: 2, seed: 4 });
    const times = Float64Array.from({ length: 120 }, (_, i) => i % 3);
    const repeated = Int32Array.from(
      Array.from(times).flatMap((count, i) => Array.from({ length: count }, () => i)),
    );
    const written: TrainingData = {
      ...data,
      table: tableRows(data.table, repeated),
      target: valuesAt(data.target, repeated),
    };
    const byWeight = cart(weighted(data, times), DEFAULT_CART, SEED);
    const byRows = cart(written, DEFAULT_CART, SEED);
    expect(byWeight.ensemble.threshold).toEqual(byRows.ensemble.threshold);
    expect(treeScores(byWeight, data.table)).toEqual(treeScores(byRows, data.table));
  });

  test("constant features are not split", () => {
    const columns = [new Float64Array(6), new Float64Array(6).fill(Number.NaN)];
    const table = { names: ["a", "b"], columns, rowCount: 6 };
    const target = Float64Array.of(0, 0, 0, 0, 1, 1);
    const model = cart({ table, target, classCount: 2, weights: null }, DEFAULT_CART, SEED);
    expect(model.ensemble.leafCover).toEqual(Float64Array.of(6));
    expect(model.importance).toEqual(new Float64Array(2));
  });

  test.each([
    { name: "depth 0", parameters: { depthMax: 0 } },
    { name: "one leaf", parameters: { leavesMax: 1 } },
    { name: "leaves without rows", parameters: { leafRowsMin: 0 } },
    { name: "half a row", parameters: { leafRowsMin: 1.5 } },
  ])("$name is refused", ({ parameters }) => {
    const data = treeData({ rowCount: 20, featureCount: 2, classCount: 2, seed: 1 });
    expect(() => cart(data, { ...DEFAULT_CART, ...parameters }, SEED)).toThrowError(
      expect.objectContaining({ code: "out-of-range" }),
    );
  });

  test("one class among the rows that weigh something is refused", () => {
    const data = treeData({ rowCount: 20, featureCount: 2, classCount: 2, seed: 1 });
    const onlyOnes = weighted(data, data.target.slice());
    expect(() => cart(onlyOnes, DEFAULT_CART, SEED)).toThrowError(
      expect.objectContaining({ code: "constant" }),
    );
  });
});

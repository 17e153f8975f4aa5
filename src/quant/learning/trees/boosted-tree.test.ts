import { expect, test } from "vitest";
import { binnedTable } from "./binned-table.ts";
import { growTree } from "./boosted-tree.ts";
import { treeData } from "./tree-data.test-support.ts";
import type { TreeEnsemble } from "./tree-ensemble.ts";
import { createTreeGrower } from "./tree-grower.ts";
import { createTreeStore, storedTrees } from "./tree-store.ts";

const ROWS = 400;

/** Two trees on the same residuals, of which every fifth row is carried only. */
function grown(histogramBytesMax: number): {
  readonly trees: TreeEnsemble;
  readonly scores: Float64Array;
} {
  const { table, target } = treeData({
    rowCount: ROWS,
    featureCount: 5,
    classCount: 0,
    seed: 3,
    missingShare: 0.1,
  });
  const rows = Int32Array.from({ length: ROWS }, (_, row) => row);
  const store = createTreeStore(1);
  const grower = createTreeGrower({
    binned: binnedTable(table, rows, { binsMax: 255, onWork: () => {} }),
    limits: { leavesMax: 20, depthMax: 6, leafRowsMin: 3, l2: 1, learningRate: 0.5 },
    store,
    weights: new Float64Array(ROWS).fill(1),
    onWork: () => {},
    histogramBytesMax,
  });
  const scores = new Float64Array(ROWS);
  for (let tree = 0; tree < 2; tree++) {
    growTree(grower, {
      features: Int32Array.of(0, 1, 2, 4),
      grownOn: rows.filter((row) => row % 5 !== 0),
      carried: rows.filter((row) => row % 5 === 0),
      gradient: target.map((y, row) => (scores[row] ?? 0) - y),
      hessian: new Float64Array(ROWS).fill(1),
      scores,
    });
  }
  const form = { outputCount: 1, baseline: new Float64Array(1), divisor: 1 };
  return { trees: storedTrees(store, form, 2), scores };
}

test("a tree is the same to the bit whether histograms are kept, a few of them, or none", () => {
  const all = grown(2 ** 26);
  expect(all.trees.leafCover.length).toBe(40);
  expect(grown(2 * 4 * 512 * 8)).toEqual(all);
  expect(grown(0)).toEqual(all);
});

test("features that are not among those of the task are not split", () => {
  expect(grown(2 ** 26).trees.feature.includes(3)).toBe(false);
});

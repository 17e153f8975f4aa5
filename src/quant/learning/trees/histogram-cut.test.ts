import { describe, expect, test } from "vitest";
import type { TrainingData } from "../training-data.ts";
import { type BoostingParameters, DEFAULT_BOOSTING } from "./boosting-parameters.ts";
import { type BoostingModel, gradientBoosting } from "./gradient-boosting.ts";
import { treeData } from "./tree-data.test-support.ts";
import { treeScores } from "./tree-scores.ts";

function trained(data: TrainingData, parameters: Partial<BoostingParameters>): BoostingModel {
  return gradientBoosting(
    data,
    { ...DEFAULT_BOOSTING, rounds: 1, learningRate: 1, ...parameters },
    { seed: 1 },
  );
}

describe("one round of squared loss", () => {
  /** The least sum of squares that one cut leaves, by trying all, missing values on either side. */
  function leastSquaresOfCuts(data: TrainingData, rowsMin: number): number {
    const { target, table } = data;
    const squares = (rows: readonly number[]): number => {
      const mean = rows.reduce((sum, y) => sum + y, 0) / rows.length;
      return rows.reduce((sum, y) => sum + (y - mean) ** 2, 0);
    };
    let least = Number.POSITIVE_INFINITY;
    for (const column of table.columns) {
      for (const cut of column) {
        for (const missingLeft of [true, false]) {
          const isLeft = (_: number, i: number): boolean => {
            const value = column[i] ?? Number.NaN;
            return Number.isNaN(value) ? missingLeft : value <= cut;
          };
          const left = Array.from(target).filter(isLeft);
          const right = Array.from(target).filter((y, i) => !isLeft(y, i));
          if (left.length < rowsMin || right.length < rowsMin) continue;
          least = Math.min(least, squares(left) + squares(right));
        }
      }
    }
    return least;
  }

  test.each([
    { name: "all present", missingShare: 0 },
    { name: "some missing", missingShare: 0.2 },
  ])("makes the best of all cuts, $name", ({ missingShare }) => {
    for (let seed = 1; seed <= 5; seed++) {
      const data = treeData({ rowCount: 60, featureCount: 3, classCount: 0, seed, missingShare });
      const model = trained(data, { leavesMax: 2, leafRowsMin: 7 });
      const scores = treeScores(model, data.table);
      const left = data.target.reduce((sum, y, i) => sum + (y - (scores[i] ?? 0)) ** 2, 0);
      expect(left).toBeCloseTo(leastSquaresOfCuts(data, 7), 8);
    }
  });

  test("answers what it was trained on when trees are large", () => {
    const data = treeData({ rowCount: 150, featureCount: 3, classCount: 0, seed: 3 });
    const model = trained(data, { leavesMax: 150, leafRowsMin: 1 });
    treeScores(model, data.table).forEach((score, i) => {
      expect(score).toBeCloseTo(data.target[i] ?? Number.NaN, 10);
    });
  });
});

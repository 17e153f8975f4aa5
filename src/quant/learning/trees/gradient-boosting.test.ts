import { describe, expect, test } from "vitest";
import { type TrainingData, tableRows, valuesAt } from "../training-data.ts";
import { type BoostingParameters, DEFAULT_BOOSTING } from "./boosting-parameters.ts";
import { type BoostingModel, gradientBoosting } from "./gradient-boosting.ts";
import { treeData, weighted } from "./tree-data.test-support.ts";
import { treeProbabilities } from "./tree-probabilities.ts";
import { treeScores } from "./tree-scores.ts";

const SMALL: BoostingParameters = { ...DEFAULT_BOOSTING, rounds: 20, leavesMax: 8, leafRowsMin: 5 };

function trained(
  data: TrainingData,
  parameters: Partial<BoostingParameters> = {},
  seed = 1,
): BoostingModel {
  return gradientBoosting(data, { ...SMALL, ...parameters }, { seed });
}

/** −ln of the probability of the class that came, mean over the rows. */
function logLoss(model: BoostingModel, data: TrainingData): number {
  const probabilities = treeProbabilities(model, data.table);
  const { classCount } = model;
  const sum = data.target.reduce(
    (total, y, i) => total - Math.log(probabilities[i * classCount + y] ?? Number.NaN),
    0,
  );
  return sum / data.target.length;
}

/** First rows and the rest of some data. */
function parted(data: TrainingData, count: number): readonly [TrainingData, TrainingData] {
  const indices = Int32Array.from(data.target, (_, i) => i);
  const part = (rows: Int32Array): TrainingData => ({
    ...data,
    table: tableRows(data.table, rows),
    target: valuesAt(data.target, rows),
  });
  return [part(indices.subarray(0, count)), part(indices.subarray(count))];
}

describe("gradientBoosting", () => {
  const kinds = [
    { name: "two classes", classCount: 2, parameters: {} },
    { name: "four classes", classCount: 4, parameters: {} },
    { name: "squared loss", classCount: 0, parameters: { loss: "squared" } },
    { name: "Huber loss", classCount: 0, parameters: { loss: "huber" } },
  ] as const;

  test.each(kinds)("$name: the same seed trains the same model", ({ classCount, parameters }) => {
    const data = treeData({
      rowCount: 300,
      featureCount: 5,
      classCount,
      seed: 1,
      missingShare: 0.1,
    });
    const drawn = { ...parameters, rowShare: 0.7, columnShare: 0.6, rounds: 10 };
    const model = trained(data, drawn, 5);
    expect(trained(data, drawn, 5)).toEqual(model);
    expect(trained(data, drawn, 6)).not.toEqual(model);
    expect(structuredClone(model)).toEqual(model);
  });

  test.each(kinds)("$name: the training loss falls every round", ({ classCount, parameters }) => {
    const data = treeData({ rowCount: 400, featureCount: 5, classCount, seed: 2 });
    const { training, validation } = trained(data, parameters).curve;
    expect(training.length).toBe(21);
    for (let i = 1; i < training.length; i++) {
      expect(training[i]).toBeLessThan(training[i - 1] ?? Number.NaN);
    }
    expect(validation).toBeNull();
  });

  test("the learning curve is the loss of the model on both parts", () => {
    for (const classCount of [2, 3]) {
      const data = treeData({
        rowCount: 500,
        featureCount: 5,
        classCount,
        seed: 3,
        missingShare: 0.1,
      });
      const [before, after] = parted(data, 400);
      const model = trained(data, { validationShare: 0.2, rowShare: 0.8, columnShare: 0.8 });
      expect(model.curve.training[model.rounds]).toBeCloseTo(logLoss(model, before), 10);
      expect(model.curve.validation?.[model.rounds]).toBeCloseTo(logLoss(model, after), 10);
    }
  });

  test("validation rows decide when to stop and nothing else", () => {
    const data = treeData({ rowCount: 500, featureCount: 5, classCount: 2, seed: 4 });
    const model = trained(data, { rounds: 300, validationShare: 0.2, patienceRounds: 5 });
    const losses = Array.from(model.curve.validation ?? []);
    expect(model.rounds).toBe(losses.indexOf(Math.min(...losses)));
    expect(losses.length).toBe(model.rounds + 5 + 1);
    expect(model.ensemble.roots.length).toBe(model.rounds);
    const [before] = parted(data, 400);
    expect(trained(before, { rounds: model.rounds }).ensemble).toEqual(model.ensemble);
    expect(trained(before, { rounds: model.rounds }).importance).toEqual(model.importance);
  });

  test("noise stops at once: the model of no trees answers the share of each class", () => {
    const data = treeData({ rowCount: 400, featureCount: 3, classCount: 2, seed: 5 });
    const noise = { ...data, target: data.target.map((_, i) => ((i * 7919) % 13 < 6 ? 1 : 0)) };
    const model = trained(noise, { validationShare: 0.25, patienceRounds: 3, learningRate: 1 });
    expect(model.rounds).toBe(0);
    const share = noise.target.subarray(0, 300).reduce((sum, y) => sum + y, 0) / 300;
    expect(treeProbabilities(model, data.table)[1]).toBeCloseTo(share, 12);
    expect(model.importance).toEqual(new Float64Array(3));
  });

  test("pairs one after the other are divided in time when times are told", () => {
    const rowCount = 400;
    const data = treeData({ rowCount, featureCount: 4, classCount: 2, seed: 6 });
    // Two pairs, the second behind the first; of each the last quarter is for validation.
    const times = Float64Array.from({ length: rowCount }, (_, i) => i % 200);
    const early = Int32Array.from(data.target, (_, i) => i).filter((i) => i % 200 < 150);
    const kept = {
      ...data,
      table: tableRows(data.table, early),
      target: valuesAt(data.target, early),
    };
    const parameters = { ...SMALL, rounds: 5, validationShare: 0.25 };
    const model = gradientBoosting(data, parameters, { seed: 1, times });
    const expected = trained(kept, { rounds: model.rounds });
    expect(model.rounds).toBeGreaterThan(0);
    expect(model.ensemble).toEqual(expected.ensemble);
  });

  test("a row of weight 0 is as if it were not there; only ratios of weights count", () => {
    const data = treeData({ rowCount: 300, featureCount: 4, classCount: 2, seed: 7 });
    const [before] = parted(data, 200);
    const drawn = { rowShare: 0.5, validationShare: 0.1 };
    const weights = Float64Array.from({ length: 300 }, (_, i) => (i < 200 ? 0.25 : 0));
    expect(trained(weighted(data, weights), drawn)).toEqual(trained(before, drawn));
  });

  test("weights pull the scores to the rows that weigh more", () => {
    const data = treeData({ rowCount: 300, featureCount: 4, classCount: 2, seed: 8 });
    const ones = weighted(
      data,
      data.target.map((y) => (y === 1 ? 5 : 1)),
    );
    const meanOf = (values: Float64Array): number =>
      values.reduce((sum, v) => sum + v, 0) / values.length;
    const plain = meanOf(treeScores(trained(data), data.table));
    expect(meanOf(treeScores(trained(ones), data.table))).toBeGreaterThan(plain + 0.5);
  });

  test("Huber loss is hardly moved by a few wild targets, squared loss is", () => {
    const data = treeData({ rowCount: 600, featureCount: 3, classCount: 0, seed: 9 });
    const wild = { ...data, target: data.target.map((y, i) => (i % 40 === 0 ? 500 : y)) };
    const errorOf = (loss: "huber" | "squared"): number => {
      const scores = treeScores(trained(wild, { loss, huberQuantile: 0.8 }), data.table);
      return data.target.reduce((sum, y, i) => sum + Math.abs(y - (scores[i] ?? 0)), 0) / 600;
    };
    expect(errorOf("huber")).toBeLessThan(0.7);
    expect(errorOf("squared")).toBeGreaterThan(3);
  });

  test("limits on leaves, depth and rows are kept; l2 makes steps smaller", () => {
    const data = treeData({ rowCount: 400, featureCount: 4, classCount: 2, seed: 10 });
    const shallow = trained(data, { depthMax: 1 }).ensemble;
    expect(shallow.leafCover.length).toBe(2 * 20);
    const wide = trained(data, { leafRowsMin: 50 }).ensemble;
    expect(Math.min(...wide.leafCover)).toBeGreaterThanOrEqual(50);
    const largest = (l2: number): number => {
      const { leafValue } = trained(data, { rounds: 1, l2 }).ensemble;
      return Math.max(...leafValue.map(Math.abs));
    };
    expect(largest(100)).toBeLessThan(0.5 * largest(0));
  });

  test("a feature that is always missing or constant is not split", () => {
    const data = treeData({ rowCount: 200, featureCount: 2, classCount: 2, seed: 11 });
    const columns = [
      new Float64Array(200).fill(Number.NaN),
      new Float64Array(200).fill(7),
      ...data.table.columns,
    ];
    const table = { names: ["a", "b", "c", "d"], columns, rowCount: 200 };
    const model = trained({ ...data, table });
    expect(model.importance.subarray(0, 2)).toEqual(new Float64Array(2));
    expect(model.importance.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
    const onlyConstant = { ...table, names: ["a", "b"], columns: columns.slice(0, 2) };
    expect(trained({ ...data, table: onlyConstant }).ensemble.feature.length).toBe(0);
  });

  test("progress goes up to 1, and a throw cancels", () => {
    const data = treeData({ rowCount: 2000, featureCount: 8, classCount: 2, seed: 12 });
    const shares: number[] = [];
    const onProgress = (share: number): void => {
      shares.push(share);
    };
    gradientBoosting(data, { ...SMALL, leavesMax: 31, rounds: 60 }, { seed: 1, onProgress });
    expect(shares.length).toBeGreaterThan(3);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares[shares.length - 1]).toBe(1);
    const cancel = (): void => {
      throw new Error("cancelled");
    };
    expect(() => gradientBoosting(data, SMALL, { seed: 1, onProgress: cancel })).toThrow(
      "cancelled",
    );
  });

  test.each([
    { name: "no rounds", parameters: { rounds: 0 } },
    { name: "10⁶ rounds", parameters: { rounds: 1e6 } },
    { name: "one leaf", parameters: { leavesMax: 1 } },
    { name: "depth 0", parameters: { depthMax: 0 } },
    { name: "no rows in a leaf", parameters: { leafRowsMin: 0 } },
    { name: "256 bins", parameters: { binsMax: 256 } },
    { name: "learning rate 0", parameters: { learningRate: 0 } },
    { name: "learning rate NaN", parameters: { learningRate: Number.NaN } },
    { name: "negative penalty", parameters: { l2: -1 } },
    { name: "infinite penalty", parameters: { l2: Number.POSITIVE_INFINITY } },
    { name: "no rows drawn", parameters: { rowShare: 0 } },
    { name: "more columns than there are", parameters: { columnShare: 1.1 } },
    { name: "all rows for validation", parameters: { validationShare: 1 } },
    { name: "a negative gap", parameters: { validationGapRows: -1 } },
    { name: "no patience", parameters: { patienceRounds: 0 } },
    { name: "quantile 1", parameters: { huberQuantile: 1 } },
  ])("$name is refused", ({ parameters }) => {
    const data = treeData({ rowCount: 40, featureCount: 2, classCount: 2, seed: 1 });
    expect(() => trained(data, parameters)).toThrowError(
      expect.objectContaining({ code: "out-of-range" }),
    );
  });

  test("a seed that is none, times that are not finite, one class before validation are refused", () => {
    const data = treeData({ rowCount: 40, featureCount: 2, classCount: 2, seed: 1 });
    expect(() => trained(data, {}, -1)).toThrowError(
      expect.objectContaining({ code: "out-of-range" }),
    );
    const times = new Float64Array(40).fill(Number.NaN);
    expect(() => gradientBoosting(data, SMALL, { seed: 1, times })).toThrowError(
      expect.objectContaining({ code: "not-finite" }),
    );
    const late = { ...data, target: data.target.map((_, i) => (i < 30 ? 0 : 1)) };
    expect(() => trained(late, { validationShare: 0.5 })).toThrowError(
      expect.objectContaining({ code: "constant" }),
    );
    expect(() => trained(data, { validationShare: 0.5, validationGapRows: 20 })).toThrowError(
      expect.objectContaining({ code: "too-short" }),
    );
  });
});

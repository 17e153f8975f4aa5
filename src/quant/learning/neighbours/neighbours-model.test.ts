import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { goldenColumns } from "../../golden/golden-columns.test-support.ts";
import {
  expectGolden,
  expectWithin,
  goldenCases,
  goldenSeries,
  seededUniform,
} from "../../golden/load-golden.test-support.ts";
import { type FeatureTable, type TrainingData, tableRows } from "../training-data.ts";
import { nearestRows } from "./nearest-rows.ts";
import { type NeighboursSettings, trainNeighbours } from "./neighbours-model.ts";
import { neighboursPredictions, neighboursProbabilities } from "./neighbours-predictions.ts";

const OPTIONS = { seed: 1 } as const;
const FIVE: NeighboursSettings = { neighbours: 5, weighting: "uniform" };

function tableOf(columns: readonly Float64Array[]): FeatureTable {
  const names = columns.map((_, j) => `x${j}`);
  return { names, columns, rowCount: columns[0]?.length ?? 0 };
}

/** Features on a coarse grid, so that many distances are equal. */
function gridTable(rows: number, columns: number, seed: number): FeatureTable {
  const uniform = seededUniform(seed);
  const column = (): Float64Array =>
    Float64Array.from({ length: rows }, () => Math.floor(4 * uniform()));
  return tableOf(Array.from({ length: columns }, column));
}

describe("trainNeighbours", () => {
  test.each(goldenCases("classification", "knn5/"))("agrees with scikit-learn: $case", (golden) => {
    const columns = goldenColumns(String(golden.input["X"]));
    const target = goldenSeries(String(golden.input["y"]));
    const classCount = new Set(target).size;
    const data: TrainingData = {
      table: tableOf(columns.map((column) => column.slice(0, 300))),
      target: target.slice(0, 300),
      classCount,
      weights: null,
    };
    const queries = tableOf(columns.map((column) => column.slice(300, 400)));
    const model = trainNeighbours(data, FIVE, OPTIONS);
    const nearest = nearestRows(model, queries);
    const rows = golden.expected["neighbors_first10"] as readonly (readonly number[])[];
    expect(Array.from(nearest.rows.slice(0, 50))).toEqual(rows.flat());
    const distances = golden.expected["distances_first10"] as readonly (readonly number[])[];
    distances.flat().forEach((value, i) => {
      const own = Math.sqrt(Number(nearest.squaredDistances[i]));
      expectWithin(`distance ${i}`, own, value, golden.tolerance);
    });
    const probabilities = neighboursProbabilities(model, queries);
    const expected = golden.expected["proba_test"] as readonly (readonly number[])[];
    expected.flat().forEach((value, i) => {
      expectWithin(`probability ${i}`, Number(probabilities[i]), value, golden.tolerance);
    });
    const predicted = expected.map((_, i) => {
      const row = probabilities.slice(classCount * i, classCount * (i + 1));
      return row.indexOf(Math.max(...row));
    });
    expect(predicted).toEqual(golden.expected["pred_test"]);
    const right = predicted.filter((value, i) => value === target[300 + i]);
    expectGolden(golden, "test_accuracy", right.length / 100);
  });
});

describe("nearestRows", () => {
  test("are those of sorting all distances, the earlier row first among equals", () => {
    const shape = fc.record({
      seed: fc.integer({ min: 0, max: 1e6 }),
      rows: fc.integer({ min: 12, max: 1100 }),
      columns: fc.integer({ min: 1, max: 20 }),
      queries: fc.integer({ min: 1, max: 9 }),
      neighbours: fc.integer({ min: 1, max: 12 }),
    });
    fc.assert(
      fc.property(shape, ({ seed, rows, columns, queries, neighbours }) => {
        const table = gridTable(rows, columns, seed);
        const asked = gridTable(queries, columns, seed + 1);
        const data = { table, target: new Float64Array(rows), classCount: 0, weights: null };
        const model = trainNeighbours(data, { neighbours, weighting: "uniform" }, OPTIONS);
        const nearest = nearestRows(model, asked);
        for (let query = 0; query < queries; query++) {
          const all = Array.from({ length: rows }, (_, row) => ({
            row,
            distance: table.columns.reduce(
              (sum, column, j) =>
                sum + (Number(column[row]) - Number(asked.columns[j]?.[query])) ** 2,
              0,
            ),
          }));
          all.sort((a, b) => a.distance - b.distance || a.row - b.row);
          const own = nearest.rows.slice(query * neighbours, (query + 1) * neighbours);
          expect(Array.from(own)).toEqual(all.slice(0, neighbours).map(({ row }) => row));
        }
      }),
      { numRuns: 60 },
    );
  });

  test("of a row do not depend on who else asks", () => {
    const table = gridTable(700, 11, 5).columns.map((column, j) => column.map((x) => x / (j + 3)));
    const data = { table: tableOf(table), target: new Float64Array(700), classCount: 0 };
    const model = trainNeighbours({ ...data, weights: null }, FIVE, OPTIONS);
    const asked = gridTable(7, 11, 6);
    const together = nearestRows(model, asked);
    for (let i = 0; i < 7; i++) {
      const alone = nearestRows(model, tableRows(asked, Int32Array.of(i)));
      expect(alone.rows).toEqual(together.rows.slice(5 * i, 5 * i + 5));
      expect(alone.squaredDistances).toEqual(together.squaredDistances.slice(5 * i, 5 * i + 5));
    }
  });

  test("tell their progress, and can be stopped by it", () => {
    const table = gridTable(2000, 2, 7);
    const data = { table, target: new Float64Array(2000), classCount: 0, weights: null };
    const model = trainNeighbours(data, FIVE, OPTIONS);
    const shares: number[] = [];
    nearestRows(model, table, (share) => shares.push(share));
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
    const stop = (): void => {
      throw new Error("cancelled");
    };
    expect(() => nearestRows(model, table, stop)).toThrow("cancelled");
  });
});

describe("neighbours", () => {
  const line = tableOf([Float64Array.of(0, 1, 3, 7)]);
  const numbers: TrainingData = {
    table: line,
    target: Float64Array.of(10, 20, 30, 40),
    classCount: 0,
    weights: null,
  };
  const two = tableOf([Float64Array.of(2.5, 3)]);

  test("of numbers give their mean", () => {
    const model = trainNeighbours(numbers, { neighbours: 2, weighting: "uniform" }, OPTIONS);
    expect(Array.from(neighboursPredictions(model, two))).toEqual([25, 25]);
  });

  test("weighted by distance count less the farther they are, and an equal row alone", () => {
    const model = trainNeighbours(numbers, { neighbours: 2, weighting: "distance" }, OPTIONS);
    // Distances 0.5 and 1.5: three votes to one.
    const [between, equal] = neighboursPredictions(model, two);
    expect(between).toBeCloseTo((3 * 30 + 20) / 4, 12);
    expect(equal).toBe(30);
  });

  test("count the weights of their rows, and those without weight are not there", () => {
    const weights = Float64Array.of(1, 3, 0, 1);
    const model = trainNeighbours(
      { ...numbers, weights },
      { neighbours: 2, weighting: "uniform" },
      OPTIONS,
    );
    const asked = tableOf([Float64Array.of(2.5)]);
    expect(Array.from(neighboursPredictions(model, asked))).toEqual([(3 * 20 + 10) / 4]);
    expect(Array.from(model.places)).toEqual([0, 1, 3]);
  });

  test("of classes vote", () => {
    const data = { ...numbers, target: Float64Array.of(0, 2, 2, 1), classCount: 3 };
    const model = trainNeighbours(data, { neighbours: 4, weighting: "uniform" }, OPTIONS);
    const clone = structuredClone(model);
    expect(Array.from(neighboursProbabilities(clone, two).slice(0, 3))).toEqual([0.25, 0.25, 0.5]);
  });

  test("are refused what they are not asked for", () => {
    const ofNumbers = trainNeighbours(numbers, { neighbours: 1, weighting: "uniform" }, OPTIONS);
    const classes = { ...numbers, target: Float64Array.of(0, 1, 1, 0), classCount: 2 };
    const ofClasses = trainNeighbours(classes, { neighbours: 1, weighting: "uniform" }, OPTIONS);
    const refusal = expect.objectContaining({ code: "out-of-range" });
    expect(() => neighboursProbabilities(ofNumbers, two)).toThrow(refusal);
    expect(() => neighboursPredictions(ofClasses, two)).toThrow(refusal);
    expect(() => neighboursPredictions(ofNumbers, tableOf([Float64Array.of(1e200)]))).toThrow(
      refusal,
    );
    expect(() =>
      neighboursPredictions(ofNumbers, tableOf([two, two].flatMap((t) => t.columns))),
    ).toThrow(expect.objectContaining({ code: "length-mismatch" }));
  });

  test.each([
    { name: "no neighbour is asked", neighbours: 0, code: "out-of-range" },
    { name: "half a neighbour is asked", neighbours: 1.5, code: "out-of-range" },
    { name: "there are fewer rows", neighbours: 5, code: "too-short" },
  ])("are refused when $name", ({ neighbours, code }) => {
    expect(() => trainNeighbours(numbers, { neighbours, weighting: "uniform" }, OPTIONS)).toThrow(
      expect.objectContaining({ code }),
    );
  });
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { goldenColumns } from "../../golden/golden-columns.test-support.ts";
import {
  expectGolden,
  expectWithin,
  goldenCases,
  goldenSeries,
  randomWalk,
  seededUniform,
} from "../../golden/load-golden.test-support.ts";
import { ordinaryLeastSquares } from "../../regression/ordinary-least-squares.ts";
import { ridge } from "../../regression/ridge.ts";
import { type FeatureTable, type TrainingData, tableRows } from "../training-data.ts";
import { linearPredictions, trainLinear } from "./linear-model.ts";

const OPTIONS = { seed: 1 } as const;

function tableOf(columns: readonly Float64Array[]): FeatureTable {
  const names = columns.map((_, j) => `x${j}`);
  return { names, columns, rowCount: columns[0]?.length ?? 0 };
}

function dataOf(
  columns: readonly Float64Array[],
  target: Float64Array,
  weights: Float64Array | null = null,
): TrainingData {
  return { table: tableOf(columns), target, classCount: 0, weights };
}

function noise(n: number, seed: number): Float64Array {
  const uniform = seededUniform(seed);
  return Float64Array.from({ length: n }, () => uniform() - 0.5);
}

describe("trainLinear", () => {
  test.each(goldenCases("classification", "ridge/"))(
    "agrees with scikit-learn: $case",
    (golden) => {
      const columns = goldenColumns(String(golden.input["X"]));
      const target = goldenSeries(String(golden.input["y"]));
      const cut = (from: number, to: number) => columns.map((column) => column.slice(from, to));
      const data = dataOf(cut(0, 300), target.slice(0, 300));
      const model = trainLinear(data, { penalty: Number(golden.params?.["alpha"]) }, OPTIONS);
      const coefficients = golden.expected["coef"] as readonly number[];
      coefficients.forEach((value, j) => {
        expectWithin(`coefficient ${j}`, Number(model.coefficients[j]), value, golden.tolerance);
      });
      expectGolden(golden, "intercept", model.intercept);
      const predictions = linearPredictions(model, tableOf(cut(300, 400)));
      (golden.expected["pred_test_first5"] as readonly number[]).forEach((value, i) => {
        expectWithin(`prediction ${i}`, Number(predictions[i]), value, golden.tolerance);
      });
      const test = target.slice(300, 400);
      const squares = predictions.reduce((sum, p, i) => sum + (p - Number(test[i])) ** 2, 0);
      expectGolden(golden, "mse_test", squares / 100);
    },
  );

  test("agrees with the regressions of this library", () => {
    const columns = [randomWalk(700, 1), noise(700, 2), randomWalk(700, 3)];
    const target = noise(700, 4).map((value, i) => value + 3 * Number(columns[0]?.[i]) - 7);
    const plain = trainLinear(dataOf(columns, target), { penalty: 0 }, OPTIONS);
    const expected = ordinaryLeastSquares(target, columns).coefficients;
    [plain.intercept, ...plain.coefficients].forEach((value, j) => {
      expectWithin(`coefficient ${j}`, value, Number(expected[j]), { rtol: 1e-11, atol: 1e-12 });
    });
    const held = trainLinear(dataOf(columns, target), { penalty: 40 }, OPTIONS);
    const { coefficients, intercept } = ridge(target, columns, 40);
    [held.intercept, ...held.coefficients].forEach((value, j) => {
      const own = j === 0 ? intercept : Number(coefficients[j - 1]);
      expectWithin(`held coefficient ${j}`, value, own, { rtol: 1e-11, atol: 1e-12 });
    });
  });

  test("a weight of three is three rows, and one of zero none", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.constantFrom(0, 2), (seed, penalty) => {
        const columns = [noise(30, seed), noise(30, seed + 1)];
        const target = noise(30, seed + 2);
        const uniform = seededUniform(seed + 3);
        const weights = Float64Array.from(target, () => Math.floor(4 * uniform()));
        const rows = Array.from(weights).flatMap((weight, i) => Array<number>(weight).fill(i));
        fc.pre(new Set(rows).size > 5);
        const weighted = trainLinear(dataOf(columns, target, weights), { penalty }, OPTIONS);
        const repeated = trainLinear(
          dataOf(
            tableRows(tableOf(columns), Int32Array.from(rows)).columns,
            Float64Array.from(rows, (i) => Number(target[i])),
          ),
          { penalty },
          OPTIONS,
        );
        [weighted.intercept, ...weighted.coefficients].forEach((value, j) => {
          const other = j === 0 ? repeated.intercept : Number(repeated.coefficients[j - 1]);
          expectWithin(`coefficient ${j}`, value, other, { rtol: 1e-9, atol: 1e-11 });
        });
      }),
      { numRuns: 50 },
    );
  });

  test("features that nearly depend on each other keep the digits that they have", () => {
    const first = randomWalk(400, 5);
    const apart = noise(400, 6);
    const second = first.map((value, i) => value + 1e-6 * Number(apart[i]));
    const target = first.map((value, i) => value + Number(second[i]));
    const model = trainLinear(dataOf([first, second], target), { penalty: 0 }, OPTIONS);
    expect(model.coefficients[0]).toBeCloseTo(1, 5);
    expect(model.coefficients[1]).toBeCloseTo(1, 5);
    expect(model.varianceInflationMax).toBeGreaterThan(1e10);
  });

  test("features at right angles inflate nothing", () => {
    const first = Float64Array.of(1, 1, -1, -1);
    const second = Float64Array.of(1, -1, 1, -1);
    const target = Float64Array.of(4, 2, 3, 1);
    const model = trainLinear(dataOf([first, second], target), { penalty: 0 }, OPTIONS);
    expect(model.varianceInflationMax).toBeCloseTo(1, 12);
    expect(Array.from(model.coefficients)).toEqual([0.5, 1]);
    expect(model.intercept).toBe(2.5);
  });

  test("copies share their weight where there is a penalty, and what is constant has none", () => {
    const x = noise(60, 7);
    const target = x.map((value) => 2 * value);
    const columns = [x, x.map(() => 30_000.1), x];
    const { coefficients } = trainLinear(dataOf(columns, target), { penalty: 0.1 }, OPTIONS);
    expect(coefficients[0]).toBeCloseTo(Number(coefficients[2]), 10);
    expect(coefficients[1]).toBe(0);
  });

  test("is plain data, the same to the bit each time, and goes through a clone", () => {
    const columns = [noise(300, 8), noise(300, 9)];
    const data = dataOf(columns, randomWalk(300, 10));
    const model = trainLinear(data, { penalty: 1 }, OPTIONS);
    expect(trainLinear(data, { penalty: 1 }, OPTIONS)).toEqual(model);
    expect(linearPredictions(structuredClone(model), data.table)).toEqual(
      linearPredictions(model, data.table),
    );
  });

  test("tells its progress, and can be stopped by it", () => {
    const data = dataOf([noise(2000, 11)], noise(2000, 12));
    const shares: number[] = [];
    trainLinear(data, { penalty: 0 }, { seed: 1, onProgress: (share) => shares.push(share) });
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
    const stop = (): void => {
      throw new Error("cancelled");
    };
    expect(() => trainLinear(data, { penalty: 0 }, { seed: 1, onProgress: stop })).toThrow(
      "cancelled",
    );
  });

  const x = noise(20, 13);
  const y = noise(20, 14);
  test.each([
    {
      name: "a feature is a combination of others",
      data: dataOf([x, y, x.map((value, i) => value - 2 * Number(y[i]) + 5)], y),
      code: "collinear",
      message: "x2",
    },
    {
      name: "a feature is constant",
      data: dataOf([x, x.map(() => 0.1)], y),
      code: "constant",
      message: "x1",
    },
    {
      name: "there are as many coefficients as rows",
      data: dataOf(
        [x.slice(0, 3), y.slice(0, 3)],
        Float64Array.of(1, 2, 3),
        Float64Array.of(1, 1, 0),
      ),
      code: "too-short",
      message: "2 rows",
    },
    {
      name: "a value is missing",
      data: dataOf([x.map((value, i) => (i === 3 ? Number.NaN : value))], y),
      code: "not-finite",
      message: "x0",
    },
    {
      name: "the target is of classes",
      data: {
        ...dataOf(
          [x],
          x.map((_, i) => i % 2),
        ),
        classCount: 2,
      },
      code: "out-of-range",
      message: "classes",
    },
  ])("is refused when $name", ({ data, code, message }) => {
    const train = (): unknown => trainLinear(data, { penalty: 0 }, OPTIONS);
    expect(train).toThrow(expect.objectContaining({ code }));
    expect(train).toThrow(message);
  });

  test.each([-1, Number.NaN, Number.POSITIVE_INFINITY])("is refused a penalty of %s", (penalty) => {
    expect(() => trainLinear(dataOf([x], y), { penalty }, OPTIONS)).toThrow(
      expect.objectContaining({ code: "out-of-range" }),
    );
  });

  test("predicts no rows with other features", () => {
    const model = trainLinear(dataOf([x], y), { penalty: 0 }, OPTIONS);
    expect(() => linearPredictions(model, tableOf([x, y]))).toThrow(
      expect.objectContaining({ code: "length-mismatch" }),
    );
  });
});

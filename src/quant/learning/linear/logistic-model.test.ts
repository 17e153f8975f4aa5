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
import { createRandom } from "../../synthetic/random.ts";
import { type FeatureTable, type TrainingData, tableRows, valuesAt } from "../training-data.ts";
import { fillCurvature, logisticLikelihood, logisticLoss } from "./logistic-likelihood.ts";
import { logisticProbabilities, trainLogistic } from "./logistic-model.ts";
import { standardisedBlocks, standardisedPenalties } from "./standardised-blocks.ts";

const OPTIONS = { seed: 1 } as const;

function tableOf(columns: readonly Float64Array[]): FeatureTable {
  const names = columns.map((_, j) => `x${j}`);
  return { names, columns, rowCount: columns[0]?.length ?? 0 };
}

/** Classes that depend on the first features, with noise. */
function sample(n: number, classCount: number, seed: number): TrainingData {
  const { gaussian } = createRandom(seed);
  const columns = Array.from({ length: 3 }, () => Float64Array.from({ length: n }, gaussian));
  const target = Float64Array.from({ length: n }, (_, i) => {
    const level = Number(columns[0]?.[i]) - 0.5 * Number(columns[1]?.[i]) + gaussian();
    return Math.min(Math.max(Math.floor(level + classCount / 2), 0), classCount - 1);
  });
  return { table: tableOf(columns), target, classCount, weights: null };
}

function goldenSplit(input: Readonly<Record<string, string>>): {
  readonly train: TrainingData;
  readonly test: FeatureTable;
} {
  const columns = goldenColumns(String(input["X"]));
  const target = goldenSeries(String(input["y"]));
  return {
    train: {
      table: tableOf(columns.map((column) => column.slice(0, 300))),
      target: target.slice(0, 300),
      classCount: new Set(target).size,
      weights: null,
    },
    test: tableOf(columns.map((column) => column.slice(300, 400))),
  };
}

describe("trainLogistic", () => {
  test.each(goldenCases("classification", "logistic/binary/"))(
    "agrees with scikit-learn: $case",
    (golden) => {
      const { train, test } = goldenSplit(golden.input);
      const penalty = 1 / Number(golden.params?.["C"]);
      const model = trainLogistic(train, { penalty }, OPTIONS);
      const [plane] = model.planes;
      (golden.expected["coef"] as readonly number[]).forEach((value, j) => {
        const own = Number(plane?.coefficients[j]);
        expectWithin(`coefficient ${j}`, own, value, golden.tolerance);
      });
      expectGolden(golden, "intercept", Number(plane?.intercept));
      expectGolden(golden, "objective", model.loss / penalty);
      const probabilities = logisticProbabilities(model, test);
      (golden.expected["proba_test"] as readonly number[]).forEach((value, i) => {
        const own = Number(probabilities[2 * i + 1]);
        expectWithin(`probability ${i}`, own, value, golden.tolerance);
        expect(Number(probabilities[2 * i]) + own).toBeCloseTo(1, 15);
      });
      expect(model).toMatchObject({ hasConverged: true, isSeparated: false, classes: [0, 1] });
    },
  );

  test.each(goldenCases("classification", "logistic/multinomial/"))(
    "agrees with scikit-learn: $case",
    (golden) => {
      const { train, test } = goldenSplit(golden.input);
      const model = trainLogistic(train, { penalty: 1 }, OPTIONS);
      const coefficients = golden.expected["coef"] as readonly (readonly number[])[];
      const intercepts = golden.expected["intercept"] as readonly number[];
      model.planes.forEach((plane, k) => {
        coefficients[k]?.forEach((value, j) => {
          const own = Number(plane.coefficients[j]);
          expectWithin(`coefficient ${k}, ${j}`, own, value, golden.tolerance);
        });
        const intercept = Number(intercepts[k]);
        expectWithin(`intercept ${k}`, plane.intercept, intercept, golden.tolerance);
      });
      expectGolden(golden, "objective", model.loss);
      const probabilities = logisticProbabilities(model, test);
      const rows = golden.expected["proba_test_first10"] as readonly (readonly number[])[];
      rows.flat().forEach((value, i) => {
        expectWithin(`probability ${i}`, Number(probabilities[i]), value, golden.tolerance);
      });
      const predicted = Array.from({ length: 100 }, (_, i) => {
        const row = probabilities.slice(3 * i, 3 * i + 3);
        return row.indexOf(Math.max(...row));
      });
      expect(predicted).toEqual(golden.expected["pred_test"]);
    },
  );

  test.each([2, 3])("derivatives of %i classes are those of finite differences", (classCount) => {
    const { table, target } = sample(300, classCount, 3);
    const uniform = seededUniform(4);
    const blocks = standardisedBlocks(
      table,
      Float64Array.from(target, () => 2 * uniform()),
    );
    const labels = new Int32Array(blocks.weights.length);
    labels.set(target);
    const penalties = standardisedPenalties(blocks, 3);
    const likelihood = logisticLikelihood(blocks, labels, {
      classCount,
      penalties,
      onBlock: () => {},
    });
    const { planeCount, planeLength } = likelihood;
    const n = planeCount * planeLength;
    const point = Float64Array.from({ length: n }, () => uniform() - 0.5);
    const curvature = new Float64Array(n * n);
    logisticLoss(likelihood, point);
    fillCurvature(likelihood, curvature);
    const gradient = likelihood.gradient.slice();
    const common = planeCount === 1 ? 0 : blocks.weightTotal / planeCount ** 2;
    const step = 1e-5;
    for (let i = 0; i < n; i++) {
      const above = logisticLoss(
        likelihood,
        point.map((value, j) => (i === j ? value + step : value)),
      );
      const gradientAbove = likelihood.gradient.slice();
      const below = logisticLoss(
        likelihood,
        point.map((value, j) => (i === j ? value - step : value)),
      );
      expect((above - below) / (2 * step)).toBeCloseTo(Number(gradient[i]), 5);
      for (let j = 0; j < n; j++) {
        const slope =
          (Number(gradientAbove[j]) - Number(likelihood.gradient[j])) / (2 * step) +
          (i % planeLength === j % planeLength ? common : 0);
        expect(slope).toBeCloseTo(Number(curvature[i * n + j]), 5);
      }
    }
  });

  test("classes that a plane separates are said to be, and the penalty decides how far", () => {
    const x = Float64Array.from({ length: 40 }, (_, i) => i - 19.5);
    const data: TrainingData = {
      table: tableOf([x]),
      target: x.map((value) => (value > 0 ? 1 : 0)),
      classCount: 2,
      weights: null,
    };
    const models = [1, 1e-4, 1e-8, 1e-12].map((penalty) =>
      trainLogistic(data, { penalty }, OPTIONS),
    );
    expect(models.every(({ isSeparated }) => isSeparated)).toBe(true);
    expect(models.every(({ hasConverged }) => hasConverged)).toBe(true);
    const slopes = models.map(({ planes }) => Number(planes[0]?.coefficients[0]));
    expect(slopes).toEqual(slopes.toSorted((a, b) => a - b));
    expect(slopes.every(Number.isFinite)).toBe(true);
  });

  test("copies share their weight, and what is constant has none", () => {
    const { table, ...rest } = sample(200, 3, 5);
    const x = table.columns[0] ?? new Float64Array(0);
    const data = { ...rest, table: tableOf([x, x, x.map(() => 0.1)]) };
    const model = trainLogistic(data, { penalty: 1e-6 }, OPTIONS);
    expect(model.hasConverged).toBe(true);
    for (const { coefficients } of model.planes) {
      expect(coefficients[0]).toBeCloseTo(Number(coefficients[1]), 6);
      expect(coefficients[2]).toBe(0);
    }
  });

  test("a weight of three is three rows, and one of zero none", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.constantFrom(2, 3), (seed, classCount) => {
        const data = sample(40, classCount, seed);
        const uniform = seededUniform(seed);
        const weights = Float64Array.from(data.target, () => Math.floor(4 * uniform()));
        const rows = Int32Array.from(
          Array.from(weights).flatMap((weight, i) => Array<number>(weight).fill(i)),
        );
        const repeated = {
          ...data,
          table: tableRows(data.table, rows),
          target: valuesAt(data.target, rows),
        };
        fc.pre(new Set(repeated.target).size > 1);
        const a = trainLogistic({ ...data, weights }, { penalty: 0.5 }, OPTIONS);
        const b = trainLogistic(repeated, { penalty: 0.5 }, OPTIONS);
        expect(a.classes).toEqual(b.classes);
        const other = logisticProbabilities(b, data.table);
        logisticProbabilities(a, data.table).forEach((value, i) => {
          expect(value).toBeCloseTo(Number(other[i]), 7);
        });
      }),
      { numRuns: 40 },
    );
  });

  test("prices far from zero keep their digits", () => {
    const data = sample(500, 2, 6);
    const far = tableOf(data.table.columns.map((column) => column.map((x) => 30_000 + 5 * x)));
    const near = trainLogistic(data, { penalty: 1 }, OPTIONS);
    const model = trainLogistic({ ...data, table: far }, { penalty: 25 }, OPTIONS);
    expect(model.hasConverged).toBe(true);
    const [a, b] = [near.planes[0], model.planes[0]];
    a?.coefficients.forEach((value, j) => {
      // A feature five times as large has a fifth of the coefficient, and its square a twenty-fifth of the price.
      expect(5 * Number(b?.coefficients[j])).toBeCloseTo(value, 7);
    });
  });

  test("a class without rows is never predicted", () => {
    const data = sample(100, 2, 7);
    const target = data.target.map((value) => 2 * value);
    const model = trainLogistic({ ...data, target, classCount: 4 }, { penalty: 1 }, OPTIONS);
    expect(model.classes).toEqual([0, 2]);
    const probabilities = logisticProbabilities(model, data.table);
    const plain = logisticProbabilities(trainLogistic(data, { penalty: 1 }, OPTIONS), data.table);
    for (let i = 0; i < 100; i++) {
      expect(Array.from(probabilities.slice(4 * i, 4 * i + 4))).toEqual([
        plain[2 * i],
        0,
        plain[2 * i + 1],
        0,
      ]);
    }
  });

  test("is plain data, the same to the bit each time, and goes through a clone", () => {
    const data = sample(600, 3, 8);
    const model = trainLogistic(data, { penalty: 1 }, OPTIONS);
    expect(trainLogistic(data, { penalty: 1 }, OPTIONS)).toEqual(model);
    const whole = logisticProbabilities(structuredClone(model), data.table);
    const one = logisticProbabilities(model, tableRows(data.table, Int32Array.of(17)));
    expect(one).toEqual(whole.slice(51, 54));
  });

  test("tells its progress, and can be stopped by it", () => {
    const data = sample(1000, 2, 9);
    const shares: number[] = [];
    trainLogistic(data, { penalty: 1 }, { seed: 1, onProgress: (share) => shares.push(share) });
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
    const stop = (share: number): void => {
      if (share > 0.1) throw new Error("cancelled");
    };
    expect(() => trainLogistic(data, { penalty: 1 }, { seed: 1, onProgress: stop })).toThrow(
      "cancelled",
    );
  });

  const good = sample(30, 2, 10);
  test.each<{ name: string; data: TrainingData; penalty: number; code: string }>([
    { name: "the penalty is zero", data: good, penalty: 0, code: "out-of-range" },
    { name: "the penalty is not a number", data: good, penalty: Number.NaN, code: "out-of-range" },
    {
      name: "the target is a number",
      data: { ...good, classCount: 0 },
      penalty: 1,
      code: "out-of-range",
    },
    {
      name: "there is one class only",
      data: { ...good, target: good.target.map(() => 1) },
      penalty: 1,
      code: "constant",
    },
    {
      name: "one class has all the weight",
      data: { ...good, weights: good.target },
      penalty: 1,
      code: "constant",
    },
    {
      name: "a value is missing",
      data: { ...good, table: tableOf([good.target.map(() => Number.NaN)]) },
      penalty: 1,
      code: "not-finite",
    },
    {
      name: "a feature cannot be squared",
      data: { ...good, table: tableOf([good.target.map((value) => 1e200 * value)]) },
      penalty: 1,
      code: "out-of-range",
    },
  ])("is refused when $name", ({ data, penalty, code }) => {
    expect(() => trainLogistic(data, { penalty }, OPTIONS)).toThrow(
      expect.objectContaining({ code }),
    );
  });
});

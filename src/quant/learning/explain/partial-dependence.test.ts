import { expect, test } from "vitest";
import { createRandom } from "../../synthetic/random.ts";
import type { FeatureTable } from "../training-data.ts";
import { type DependenceInput, partialDependence } from "./partial-dependence.ts";
import type { RowPredictor } from "./row-predictor.ts";

const ROWS = 3_000;
const { gaussian } = createRandom(21);
const a = Float64Array.from({ length: ROWS }, gaussian);
const b = Float64Array.from({ length: ROWS }, (_, i) => (i % 4 === 0 ? Number.NaN : i % 3));
const table: FeatureTable = { names: ["a", "b"], columns: [a, b], rowCount: ROWS };
const places = Int32Array.from({ length: ROWS }, (_, i) => i);

/** a² + b, two values a row: the second one turned. */
const predict: RowPredictor = ({ columns }, rows) => {
  const answers = new Float64Array(2 * rows.length);
  rows.forEach((row, i) => {
    const value = columns[0]![row]! ** 2 + (columns[1]![row]! || 0);
    answers[2 * i] = value;
    answers[2 * i + 1] = -value;
  });
  return answers;
};

const input: DependenceInput = { predict, table, places, feature: 0, output: 0 };

test("is the function of the feature, and the mean of the rest", () => {
  const rest = b.reduce((sum, value) => sum + (value || 0), 0) / ROWS;
  const { name, grid, mean, rows } = partialDependence(input, { seed: 1, rowsMax: ROWS });
  expect(name).toBe("a");
  expect(rows).toBe(ROWS);
  expect(grid).toHaveLength(20);
  grid.forEach((value, g) => {
    expect(mean[g]).toBeCloseTo(value * value + rest, 10);
  });
  // The quantiles of 5 % and 95 %.
  expect(grid[0]).toBeCloseTo(-1.645, 1);
  expect(grid.at(-1)).toBeCloseTo(1.645, 1);
});

test("sets a feature of few values to all of them, and never to a missing one", () => {
  const { grid } = partialDependence({ ...input, feature: 1 }, { seed: 1 });
  expect([...grid]).toEqual([0, 1, 2]);
});

test("reads the output that is asked for", () => {
  const first = partialDependence(input, { seed: 1, gridPoints: 5 });
  const second = partialDependence({ ...input, output: 1 }, { seed: 1, gridPoints: 5 });
  expect([...second.mean]).toEqual([...first.mean].map((value) => -value));
});

test("follows single rows, whose mean over all rows is the dependence", () => {
  const some = places.subarray(0, 40);
  const { mean, curves } = partialDependence(
    { ...input, places: some },
    { seed: 2, gridPoints: 6, curvesMax: 200 },
  );
  expect(curves.map(({ place }) => place)).toEqual([...some]);
  mean.forEach((value, g) => {
    const average = curves.reduce((sum, { values }) => sum + values[g]!, 0) / curves.length;
    expect(value).toBeCloseTo(average, 12);
  });
});

test("averages over so many rows at most, the same for the same seed", () => {
  const options = { seed: 3, gridPoints: 4, rowsMax: 50, curvesMax: 10 };
  const once = partialDependence(input, options);
  expect(once.rows).toBe(50);
  expect(once.curves).toHaveLength(10);
  expect(partialDependence(input, options)).toEqual(once);
  expect(partialDependence(input, { ...options, seed: 4 }).mean).not.toEqual(once.mean);
});

test("leaves out rows that the model does not answer, and says where it answers none", () => {
  const shy: RowPredictor = ({ columns }, rows) =>
    Float64Array.from(rows, (row) =>
      row % 2 === 0 || columns[0]![row]! > 0 ? Number.NaN : columns[0]![row]!,
    );
  const { grid, mean } = partialDependence({ ...input, predict: shy }, { seed: 1, gridPoints: 4 });
  grid.forEach((value, g) => {
    if (value > 0) expect(mean[g]).toBeNaN();
    else expect(mean[g]).toBeCloseTo(value, 12);
  });
});

test("tells how far it is, up to the end", () => {
  const shares: number[] = [];
  partialDependence(input, { seed: 1, gridPoints: 3, onProgress: (share) => shares.push(share) });
  expect(shares).toEqual([...shares].sort((x, y) => x - y));
  expect(shares.at(-1)).toBe(1);
});

const missing = { names: ["a"], columns: [new Float64Array(3).fill(Number.NaN)], rowCount: 3 };

test.each([
  { name: "no rows", change: { places: new Int32Array(0) }, options: {}, code: "too-short" },
  { name: "a feature that is not", change: { feature: 2 }, options: {}, code: "out-of-range" },
  { name: "an output that is not", change: { output: 2 }, options: {}, code: "out-of-range" },
  { name: "one value", change: {}, options: { gridPoints: 1 }, code: "out-of-range" },
  {
    name: "a feature without a value",
    change: { table: missing, places: Int32Array.of(0, 1, 2) },
    options: {},
    code: "too-short",
  },
])("refuses $name", ({ change, options, code }) => {
  expect(() => partialDependence({ ...input, ...change }, { seed: 1, ...options })).toThrow(
    expect.objectContaining({ code }),
  );
});

import { expect, test } from "vitest";
import { createRandom } from "../../synthetic/random.ts";
import type { FeatureTable } from "../training-data.ts";
import { type ImportanceInput, permutationImportance } from "./permutation-importance.ts";
import type { RowPredictor } from "./row-predictor.ts";

const ROWS = 2_500;

/** y = 2 a + b; c is noise, d is a copy of a. */
function planted(): { readonly table: FeatureTable; readonly actual: Float64Array } {
  const { gaussian } = createRandom(11);
  const column = () => Float64Array.from({ length: ROWS }, gaussian);
  const [a, b, c] = [column(), column(), column()];
  const table = { names: ["a", "b", "c", "d"], columns: [a, b, c, a.slice()], rowCount: ROWS };
  return { table, actual: a.map((value, i) => 2 * value + b[i]!) };
}

const { table, actual } = planted();
const places = Int32Array.from({ length: ROWS }, (_, i) => i);

/** Leans on a and on its copy d alike. */
const predict: RowPredictor = ({ columns }, rows) =>
  Float64Array.from(rows, (row) => columns[0]![row]! + columns[1]![row]! + columns[3]![row]!);

const scoreOf = (predictions: Float64Array): number =>
  -predictions.reduce((sum, value, i) => sum + (value - actual[i]!) ** 2, 0) / ROWS;

const input: ImportanceInput = { predict, table, places, scoreOf };

test("the drop is that of the law: twice the variance of what the feature adds", () => {
  const { score, importances } = permutationImportance(input, { seed: 1 });
  expect(score).toBeCloseTo(0, 12);
  const [a, b, c, d] = importances;
  // E (x − x′)² = 2 of a standard normal and an independent copy.
  for (const one of [a, b, d]) expect(one!.mean).toBeCloseTo(2, 0);
  expect(c!.mean).toBe(0);
  expect(c!.deviation).toBe(0);
  expect(importances.map(({ name }) => name)).toEqual(["a", "b", "c", "d"]);
});

test("a group is shuffled in one order, so that copies move together", () => {
  const groups = [
    { name: "a and its copy", features: [0, 3] },
    { name: "b", features: [1] },
  ];
  const { importances } = permutationImportance(input, { seed: 1, groups });
  // 2 a moves as one: E (2 x − 2 x′)² = 8, where two orders would give 4.
  expect(importances[0]!.mean).toBeGreaterThan(7);
  expect(importances[1]!.mean).toBeLessThan(2.5);
});

test("only the given rows are shuffled, among each other", () => {
  const some = Int32Array.of(5, 9, 700);
  const seen: FeatureTable[] = [];
  permutationImportance(
    {
      predict: (shuffled, rows) => {
        seen.push(shuffled);
        return new Float64Array(rows.length);
      },
      table,
      places: some,
      scoreOf: () => 0,
    },
    { seed: 3, repeats: 4 },
  );
  const taken = (one: FeatureTable) => [...some].map((row) => one.columns[0]![row]!).sort();
  for (const one of seen) {
    expect(taken(one)).toEqual(taken(table));
    expect(one.columns[0]![6]).toBe(table.columns[0]![6]);
  }
  expect(seen.some((one) => one.columns[0]![5] !== table.columns[0]![5])).toBe(true);
});

test("is the same for the same seed, whatever comes after, and another for another", () => {
  const drops = (seed: number, features: readonly number[]) =>
    permutationImportance(input, {
      seed,
      repeats: 2,
      groups: features.map((j) => ({ name: table.names[j]!, features: [j] })),
    }).importances[0]!.drops;
  expect(drops(4, [0])).toEqual(drops(4, [0, 1, 2]));
  expect(drops(4, [0])).not.toEqual(drops(5, [0]));
});

test("tells how far it is, up to the end, and can be cancelled", () => {
  const shares: number[] = [];
  permutationImportance(input, { seed: 1, repeats: 1, onProgress: (share) => shares.push(share) });
  expect(shares).toEqual([...shares].sort((x, y) => x - y));
  expect(shares.at(-1)).toBeCloseTo(1, 12);
  const cancel = () => {
    throw new Error("cancelled");
  };
  expect(() => permutationImportance(input, { seed: 1, onProgress: cancel })).toThrow("cancelled");
});

test.each([
  { name: "no rows", change: { places: new Int32Array(0) }, options: {}, code: "too-short" },
  {
    name: "a row that is not",
    change: { places: Int32Array.of(ROWS) },
    options: {},
    code: "out-of-range",
  },
  { name: "no repeat", change: {}, options: { repeats: 0 }, code: "out-of-range" },
  {
    name: "a feature that is not",
    change: {},
    options: { groups: [{ name: "e", features: [4] }] },
    code: "out-of-range",
  },
  { name: "no score", change: { scoreOf: () => Number.NaN }, options: {}, code: "not-finite" },
  {
    name: "a model that leaves rows out",
    change: { predict: () => new Float64Array(7) },
    options: {},
    code: "length-mismatch",
  },
])("refuses $name", ({ change, options, code }) => {
  expect(() => permutationImportance({ ...input, ...change }, { seed: 1, ...options })).toThrow(
    expect.objectContaining({ code }),
  );
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { goldenColumns } from "../../golden/golden-columns.test-support.ts";
import { expectWithin, goldenCases, seededUniform } from "../../golden/load-golden.test-support.ts";
import { type FeatureTable, tableRows } from "../training-data.ts";
import { fitPreparation, prepared } from "./fitted-preparation.ts";
import type { PreparationStep } from "./preparation-step.ts";

function tableOf(columns: Readonly<Record<string, ArrayLike<number>>>): FeatureTable {
  const values = Object.values(columns).map((column) => Float64Array.from(column));
  return { names: Object.keys(columns), columns: values, rowCount: values[0]?.length ?? 0 };
}

function goldenTable(name: string): FeatureTable {
  return tableOf(Object.fromEntries(goldenColumns(name).map((column, j) => [`x${j}`, column])));
}

/** Columns of the result by name, as plain arrays. */
function result(
  steps: readonly PreparationStep[],
  table: FeatureTable,
): Readonly<Record<string, readonly number[]>> {
  const { names, columns } = prepared(fitPreparation(steps, table), table);
  return Object.fromEntries(names.map((name, j) => [name, Array.from(columns[j] ?? [])]));
}

const { NaN: missing } = Number;

describe("a step", () => {
  test.each<{
    name: string;
    steps: PreparationStep[];
    values: number[];
    expected: Record<string, number[]>;
  }>([
    {
      name: "imputes the median",
      steps: [{ kind: "impute", value: "median", hasIndicator: false }],
      values: [1, missing, 2, 9],
      expected: { x: [1, 2, 2, 9] },
    },
    {
      name: "imputes the mean and says where",
      steps: [{ kind: "impute", value: "mean", hasIndicator: true }],
      values: [1, missing, 2, 9],
      expected: { x: [1, 4, 2, 9], "x missing": [0, 1, 0, 0] },
    },
    {
      name: "winsorises at quantiles",
      steps: [{ kind: "winsorise", lower: 0.25, upper: 0.75 }],
      values: [0, 10, 20, 30, 100],
      expected: { x: [10, 10, 20, 30, 30] },
    },
    {
      name: "standardises with the divisor n, whatever is missing",
      steps: [{ kind: "standardise" }],
      values: [1, 5, missing, 1, 5],
      expected: { x: [-1, 1, missing, -1, 1] },
    },
    {
      name: "scales by quartiles",
      steps: [{ kind: "robust-scale" }],
      values: [0, 10, 20, 30, 100],
      expected: { x: [-1, -0.5, 0, 0.5, 4] },
    },
    {
      name: "leaves a feature in its unit whose quartiles are equal",
      steps: [{ kind: "robust-scale" }],
      values: [3, 3, 3, 3, 7],
      expected: { x: [0, 0, 0, 0, 4] },
    },
    {
      name: "scales to the range",
      steps: [{ kind: "min-max" }],
      values: [2, 4, 6],
      expected: { x: [0, 0.5, 1] },
    },
    {
      name: "after another takes its numbers from what that left",
      steps: [
        { kind: "impute", value: "median", hasIndicator: false },
        { kind: "winsorise", lower: 0, upper: 0.75 },
        { kind: "min-max" },
      ],
      values: [0, 10, missing, 20, 1000],
      expected: { x: [0, 0.5, 0.75, 1, 1] },
    },
    { name: "need not be", steps: [], values: [1, missing, 3], expected: { x: [1, missing, 3] } },
  ])("$name", ({ steps, values, expected }) => {
    expect(result(steps, tableOf({ x: values }))).toEqual(expected);
  });

  test("standardises as scikit-learn does", () => {
    const [golden] = goldenCases("clustering", "scaler/cls_X");
    if (golden === undefined) throw new Error("no case");
    const table = goldenTable(String(golden.input["X"]));
    const { columns } = prepared(fitPreparation([{ kind: "standardise" }], table), table);
    (golden.expected["first_row"] as readonly number[]).forEach((value, j) => {
      expectWithin(`feature ${j}`, Number(columns[j]?.[0]), value, golden.tolerance);
    });
  });

  test.each(goldenCases("clustering", "pca/"))(
    "finds components as scikit-learn: $case",
    (golden) => {
      const table = goldenTable(String(golden.input["X"]));
      const variances = golden.expected["explained_variance"] as readonly number[];
      const ratios = golden.expected["explained_variance_ratio"] as readonly number[];
      const keep = { kind: "count", count: variances.length } as const;
      const fitted = fitPreparation([{ kind: "principal-components", keep }], table);
      const step = fitted.steps.at(-1);
      if (step?.kind !== "rotate") throw new Error("not rotated");
      const { columns } = prepared(fitted, table);
      variances.forEach((variance, k) => {
        const own = columns[k] ?? new Float64Array(0);
        const squares = own.reduce((sum, value) => sum + value * value, 0);
        const sampled = squares / (table.rowCount - 1);
        expectWithin(`variance ${k}`, sampled, variance, golden.tolerance);
        const share = Number(step.explainedShares[k]);
        expectWithin(`share ${k}`, share, Number(ratios[k]), golden.tolerance);
        const largest = step.components[k]?.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a));
        expect(largest).toBeGreaterThan(0);
      });
      expect(fitted.outputNames).toEqual(variances.map((_, k) => `component ${k + 1}`));
      const loadings = golden.expected["abs_components"] as
        | readonly (readonly number[])[]
        | undefined;
      loadings?.forEach((row, k) => {
        row.forEach((value, j) => {
          const own = Math.abs(Number(step.components[k]?.[j]));
          expectWithin(`loading ${k}, ${j}`, own, value, { rtol: 1e-7, atol: 1e-9 });
        });
      });
    },
  );

  test("keeps as many components as explain a share, and no more than vary", () => {
    const x = [3, -1, 4, -1, -5];
    const y = [2, -7, 1, 8, -4];
    const table = tableOf({ x, y, copy: x });
    const kept = (keep: { kind: "share"; share: number } | { kind: "count"; count: number }) => {
      const fitted = fitPreparation([{ kind: "principal-components", keep }], table);
      return fitted.outputNames.length;
    };
    expect(kept({ kind: "share", share: 0.1 })).toBe(1);
    expect(kept({ kind: "share", share: 1 })).toBe(2);
    expect(kept({ kind: "count", count: 3 })).toBe(2);
    expect(kept({ kind: "count", count: 1 })).toBe(1);
  });
});

describe("a feature that says nothing", () => {
  test("is dropped and named, with the step that made it so", () => {
    const table = tableOf({
      level: [1, 2, 3, 4, 5, 6, 7, 8],
      still: [0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1],
      empty: [missing, missing, missing, missing, missing, missing, missing, missing],
      gaps: [5, missing, 5, 5, 5, missing, 5, 5],
      rare: [0, 0, 0, 0, 0, 0, 0, 1],
    });
    const fitted = fitPreparation(
      [
        { kind: "impute", value: "median", hasIndicator: true },
        { kind: "winsorise", lower: 0, upper: 0.8 },
      ],
      table,
    );
    expect(fitted.dropped).toEqual([
      { name: "still", reason: "constant", after: null },
      { name: "empty", reason: "missing", after: null },
      { name: "gaps", reason: "constant", after: "impute" },
      { name: "rare", reason: "constant", after: "winsorise" },
    ]);
    expect(fitted.inputNames).toEqual(table.names);
    expect(fitted.outputNames).toEqual(["level", "gaps missing"]);
    expect(prepared(fitted, table).names).toEqual(fitted.outputNames);
  });

  test("may come as it likes in rows that are prepared", () => {
    const train = tableOf({ a: [1, 2, 3], still: [7, 7, 7] });
    const fitted = fitPreparation([{ kind: "min-max" }], train);
    const later = prepared(fitted, tableOf({ a: [5, missing], still: [missing, 9] }));
    expect(later).toEqual({ names: ["a"], columns: [Float64Array.of(2, missing)], rowCount: 2 });
  });
});

const anyStep = fc.oneof(
  fc.constant<PreparationStep>({ kind: "standardise" }),
  fc.constant<PreparationStep>({ kind: "robust-scale" }),
  fc.constant<PreparationStep>({ kind: "min-max" }),
  fc.constant<PreparationStep>({ kind: "winsorise", lower: 0.1, upper: 0.95 }),
  fc.constant<PreparationStep>({
    kind: "principal-components",
    keep: { kind: "share", share: 0.9 },
  }),
);

const anyPreparation = fc.record({
  seed: fc.integer({ min: 0, max: 1e6 }),
  steps: fc
    .array(anyStep, { maxLength: 4 })
    .map((steps): PreparationStep[] => [
      { kind: "impute", value: "median", hasIndicator: true },
      ...steps,
    ]),
});

function withGaps(rows: number, seed: number): FeatureTable {
  const uniform = seededUniform(seed);
  const column = (): number[] =>
    Array.from({ length: rows }, () => (uniform() < 0.1 ? missing : uniform() ** 3));
  return tableOf({ a: column(), b: column(), c: column() });
}

describe("a fitted preparation", () => {
  test("looks at the training rows only, and prepares each row from itself", () => {
    fc.assert(
      fc.property(anyPreparation, ({ seed, steps }) => {
        const table = withGaps(60, seed);
        const training = Int32Array.from({ length: 40 }, (_, i) => i);
        const fitted = fitPreparation(steps, tableRows(table, training));
        const before = prepared(fitted, table);
        const changed: FeatureTable = {
          ...table,
          columns: table.columns.map((column) =>
            column.map((value, i) => (i < 40 ? value : 1e6 * i)),
          ),
        };
        const again = fitPreparation(steps, tableRows(changed, training));
        expect(again).toEqual(fitted);
        const after = prepared(again, changed);
        expect(tableRows(after, training)).toEqual(tableRows(before, training));
        const some = Int32Array.of(51, 3, 17);
        expect(prepared(fitted, tableRows(table, some))).toEqual(tableRows(before, some));
      }),
      { numRuns: 60 },
    );
  });

  test("is plain data, and leaves its inputs as they are", () => {
    const table = withGaps(50, 9);
    const copy = structuredClone(table);
    const steps: PreparationStep[] = [
      { kind: "impute", value: "mean", hasIndicator: true },
      { kind: "standardise" },
      { kind: "principal-components", keep: { kind: "count", count: 2 } },
    ];
    const fitted = fitPreparation(steps, table);
    expect(prepared(structuredClone(fitted), table)).toEqual(prepared(fitted, table));
    expect(fitPreparation(steps, table)).toEqual(fitted);
    expect(table).toEqual(copy);
  });

  test("tells its progress, and can be stopped by it", () => {
    const steps: PreparationStep[] = [
      { kind: "impute", value: "mean", hasIndicator: false },
      { kind: "robust-scale" },
    ];
    const shares: number[] = [];
    fitPreparation(steps, withGaps(20, 1), (share) => shares.push(share));
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
    const stop = (): void => {
      throw new Error("cancelled");
    };
    expect(() => fitPreparation(steps, withGaps(20, 1), stop)).toThrow("cancelled");
  });

  test.each([
    { name: "other features", table: tableOf({ a: [1], c: [2] }), code: "length-mismatch" },
    { name: "another order", table: tableOf({ b: [1], a: [2] }), code: "length-mismatch" },
    { name: "fewer features", table: tableOf({ a: [1] }), code: "length-mismatch" },
    {
      name: "an infinite value",
      table: tableOf({ a: [1], b: [Number.POSITIVE_INFINITY] }),
      code: "not-finite",
    },
  ])("refuses rows with $name", ({ table, code }) => {
    const fitted = fitPreparation([], tableOf({ a: [1, 2], b: [3, 5] }));
    expect(() => prepared(fitted, table)).toThrow(expect.objectContaining({ code }));
  });

  const pair = tableOf({ a: [1, 2], b: [3, 5] });
  const components = (
    keep: { kind: "share"; share: number } | { kind: "count"; count: number },
  ) => [{ kind: "principal-components" as const, keep }];
  test.each<{ name: string; steps: PreparationStep[]; table: FeatureTable; code: string }>([
    { name: "there are no rows", steps: [], table: tableOf({ a: [] }), code: "too-short" },
    { name: "nothing varies", steps: [], table: tableOf({ a: [1, 1] }), code: "constant" },
    {
      name: "quantiles are crossed",
      steps: [{ kind: "winsorise", lower: 0.6, upper: 0.4 }],
      table: pair,
      code: "out-of-range",
    },
    {
      name: "no component is kept",
      steps: components({ kind: "count", count: 0 }),
      table: pair,
      code: "out-of-range",
    },
    {
      name: "more than all is to be explained",
      steps: components({ kind: "share", share: 1.1 }),
      table: pair,
      code: "out-of-range",
    },
    {
      name: "components are asked of gaps",
      steps: components({ kind: "count", count: 1 }),
      table: tableOf({ a: [1, 2, 3], b: [3, missing, 4] }),
      code: "not-finite",
    },
  ])("is refused when $name", ({ steps, table, code }) => {
    expect(() => fitPreparation(steps, table)).toThrow(expect.objectContaining({ code }));
  });
});

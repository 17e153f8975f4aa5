import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { FeatureTable } from "../training-data.ts";
import {
  BINS_MAX,
  type BinnedTable,
  binnedTable,
  cutThreshold,
  MISSING_CODE,
} from "./binned-table.ts";
import { cutBetween } from "./cut-between.ts";
import { FEATURE_STRIDE, fillHistogram, takeOff } from "./gradient-histogram.ts";
import { partitionRows } from "./partition-rows.ts";
import { treeData } from "./tree-data.test-support.ts";

function tableOf(...columns: readonly Float64Array[]): FeatureTable {
  return { names: columns.map((_, j) => `f${j}`), columns, rowCount: columns[0]?.length ?? 0 };
}

function binsOf(table: FeatureTable, rows: Int32Array, binsMax: number): BinnedTable {
  return binnedTable(table, rows, { binsMax, onWork: () => {} });
}

function allRows(n: number): Int32Array {
  return Int32Array.from({ length: n }, (_, i) => i);
}

const values = fc.array(
  fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.integer({ min: -3, max: 3 }),
    fc.constant(Number.NaN),
  ),
  { minLength: 1, maxLength: 60 },
);

describe("binnedTable", () => {
  test("codes say on which side of every threshold a value is", () => {
    fc.assert(
      fc.property(values, fc.integer({ min: 2, max: 20 }), (list, binsMax) => {
        const column = Float64Array.from(list);
        const binned = binsOf(tableOf(column), allRows(list.length), binsMax);
        const edges = binned.edges[0] ?? new Float64Array(0);
        expect(edges.length).toBeLessThan(binsMax);
        column.forEach((value, i) => {
          const code = binned.codes[0]?.[i] ?? -1;
          if (Number.isNaN(value)) expect(code).toBe(MISSING_CODE);
          else
            expect(Array.from(edges, (_, c) => code <= c)).toEqual(
              Array.from(edges, (e) => value <= e),
            );
        });
      }),
      { seed: 1 },
    );
  });

  test("a bin for each value while there are no more values than bins", () => {
    const column = Float64Array.of(5, 1, 3, 1, Number.NaN);
    const binned = binsOf(tableOf(column), allRows(5), 255);
    expect(binned.edges[0]).toEqual(Float64Array.of(2, 4));
    expect(binned.codes[0]).toEqual(Uint8Array.of(2, 0, 1, 0, MISSING_CODE));
  });

  test("bins hold about as many rows each when there are more values", () => {
    const { table } = treeData({ rowCount: 5000, featureCount: 1, classCount: 0, seed: 1 });
    const binned = binsOf(table, allRows(5000), BINS_MAX);
    expect(binned.edges[0]?.length).toBe(254);
    const counts = new Int32Array(255);
    for (const code of binned.codes[0] ?? []) counts[code] = (counts[code] ?? 0) + 1;
    expect(Math.min(...counts)).toBeGreaterThanOrEqual(19);
    expect(Math.max(...counts)).toBeLessThanOrEqual(21);
  });

  test("rows that do not decide have no part in the thresholds", () => {
    const column = Float64Array.of(1, 2, 3, 1000, -1000);
    const binned = binsOf(tableOf(column), Int32Array.of(0, 1, 2), 255);
    expect(binned.edges[0]).toEqual(Float64Array.of(1.5, 2.5));
    expect(binned.codes[0]).toEqual(Uint8Array.of(0, 1, 2, 2, 0));
  });
});

test("cutBetween lies at or above the lower value and below the upper", () => {
  const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
  fc.assert(
    fc.property(finite, finite, (a, b) => {
      if (a === b) return;
      const cut = cutBetween(Math.min(a, b), Math.max(a, b));
      expect(cut >= Math.min(a, b) && cut < Math.max(a, b)).toBe(true);
    }),
    { seed: 1 },
  );
});

test("partitionRows keeps the order of both parts, and goes by value", () => {
  fc.assert(
    fc.property(values, fc.boolean(), fc.nat(), (list, missingLeft, place) => {
      const column = Float64Array.from(list);
      const n = list.length;
      const binned = binsOf(tableOf(column), allRows(n), BINS_MAX);
      const edges = binned.edges[0] ?? new Float64Array(0);
      const codes = binned.codes[0] ?? new Uint8Array(0);
      const cut = place % (edges.length + 1);
      const threshold = cutThreshold(edges, cut);
      const rows = allRows(n);
      const spare = new Int32Array(n);
      const middle = partitionRows({ rows, spare }, 0, n, { codes, cut, missingLeft });
      const isLeft = (i: number): boolean => {
        const value = column[i] ?? 0;
        return Number.isNaN(value) ? missingLeft : value <= threshold;
      };
      expect(rows.slice(0, middle)).toEqual(allRows(n).filter(isLeft));
      expect(rows.slice(middle)).toEqual(allRows(n).filter((i) => !isLeft(i)));
    }),
    { seed: 1 },
  );
});

test("a parent's histogram less one child's is the other's, to the bit", () => {
  const { table } = treeData({ rowCount: 400, featureCount: 6, classCount: 0, seed: 3 });
  const binned = binsOf(table, allRows(400), BINS_MAX);
  const pairs = Float64Array.from({ length: 800 }, (_, i) => ((i * 7919) % 1_000_003) * 2 ** 20);
  const histogramOf = (start: number, end: number): Float64Array => {
    const histogram = new Float64Array(6 * FEATURE_STRIDE);
    const ordered = pairs.slice(2 * start, 2 * end);
    fillHistogram(histogram, binned.codes, { rows: allRows(400), start, end, pairs: ordered });
    return histogram;
  };
  const parent = histogramOf(0, 400);
  takeOff(parent, histogramOf(0, 150));
  expect(parent).toEqual(histogramOf(150, 400));
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { ascendingRows, FAULTS_KEPT_MAX } from "./ascending-rows.ts";

const rowsOf = (...times: number[]) => ascendingRows(Float64Array.from(times));

test("rows in order are all kept", () => {
  expect(rowsOf(1, 2, 5)).toEqual({
    kept: Uint32Array.of(0, 1, 2),
    faults: [],
    duplicateCount: 0,
    outOfOrderCount: 0,
    isReversed: false,
  });
});

test("a file that is newest first is turned round", () => {
  expect(rowsOf(5, 2, 1)).toMatchObject({
    kept: Uint32Array.of(2, 1, 0),
    faults: [],
    isReversed: true,
  });
});

test("of two rows with one time the first of the file stands, in either direction", () => {
  expect(rowsOf(1, 2, 2, 3)).toMatchObject({
    kept: Uint32Array.of(0, 1, 3),
    faults: [{ kind: "duplicate", row: 2, firstRow: 1 }],
  });
  expect(rowsOf(3, 2, 2, 1)).toMatchObject({
    kept: Uint32Array.of(3, 1, 0),
    faults: [{ kind: "duplicate", row: 2, firstRow: 1 }],
  });
});

test("a row with a time far ahead costs itself and not those that follow", () => {
  expect(rowsOf(1, 99, 2, 3, 4)).toMatchObject({
    kept: Uint32Array.of(0, 2, 3, 4),
    faults: [{ kind: "out-of-order", row: 1, previousRow: 0 }],
  });
});

test("what is kept ascends, and every row is either kept or at fault", () => {
  const anyTimes = fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 40 });
  fc.assert(
    fc.property(anyTimes, (times) => {
      const { kept, faults, ...counts } = ascendingRows(Float64Array.from(times));
      const keptTimes = Array.from(kept, (row) => times[row] ?? Number.NaN);
      expect(keptTimes).toEqual([...new Set(keptTimes)].sort((a, b) => a - b));
      const all = [...kept, ...faults.map((fault) => fault.row)].sort((a, b) => a - b);
      expect(all).toEqual(times.map((_, row) => row));
      expect(counts.duplicateCount).toBe(times.length - new Set(times).size);
      expect(counts.duplicateCount + counts.outOfOrderCount).toBe(faults.length);
    }),
  );
});

test("regression: every duplicate of a file was kept as an object of its own", () => {
  const times = Float64Array.from({ length: 9_000 }, (_, i) => Math.floor(i / 3));
  const { kept, faults, duplicateCount } = ascendingRows(times);
  expect(kept).toHaveLength(3_000);
  expect(duplicateCount).toBe(6_000);
  expect(faults).toHaveLength(FAULTS_KEPT_MAX);
  expect(faults.slice(0, 3)).toEqual([
    { kind: "duplicate", row: 1, firstRow: 0 },
    { kind: "duplicate", row: 2, firstRow: 0 },
    { kind: "duplicate", row: 4, firstRow: 3 },
  ]);
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Fold } from "./fold.ts";
import { foldsOf } from "./folds-of.ts";
import { anyTimes, regular, touches } from "./row-times.test-support.ts";
import { type RowTimes, readingRowsBack } from "./row-times.ts";
import type { SplitSpec } from "./split-spec.ts";

const STRICT = { purge: "features-and-labels", embargoBars: 0 } as const;
const SPLITS: readonly SplitSpec[] = [
  { kind: "chronological", trainingShare: 0.7, ...STRICT },
  { kind: "walk-forward", foldCount: 3, trainingShare: 0.4, window: "expanding", ...STRICT },
  { kind: "walk-forward", foldCount: 4, trainingShare: 0.5, window: "rolling", ...STRICT },
  { kind: "purged-k-fold", foldCount: 5, ...STRICT },
  { kind: "purged-k-fold", foldCount: 4, ...STRICT, embargoBars: 3 },
];
const split = fc.constantFrom(...SPLITS);

/** Folds of rows that may be too few to be divided; those are refused, and nothing else goes wrong. */
function foldsIfAny(times: RowTimes, spec: SplitSpec): readonly Fold[] {
  try {
    return foldsOf(times, spec);
  } catch (error) {
    expect(error).toMatchObject({ code: "too-short" });
    return [];
  }
}

test("no label of a training row touches what features of a test row read, nor the other way round", () => {
  let folds = 0;
  fc.assert(
    fc.property(anyTimes, split, (times, spec) => {
      for (const { training, test: tested } of foldsIfAny(times, spec)) {
        folds++;
        const touching = training.findIndex((row) =>
          tested.some((other) => touches(times, row, other) || touches(times, other, row)),
        );
        expect(touching).toBe(-1);
        // Neither do two labels read the same bar.
        const overlapping = training.some((row) =>
          tested.some(
            (other) =>
              Math.max(times.timeMs[row]!, times.timeMs[other]!) <
              Math.min(times.labelEndMs[row]!, times.labelEndMs[other]!),
          ),
        );
        expect(overlapping).toBe(false);
      }
    }),
    { numRuns: 60 },
  );
  expect(folds).toBeGreaterThan(60);
});

test("folds are disjoint, in order, and every row is accounted for and tested at most once", () => {
  fc.assert(
    fc.property(anyTimes, split, (times, spec) => {
      const rows = times.timeMs.length;
      const tested = new Uint8Array(rows);
      const folds = foldsIfAny(times, spec);
      for (const fold of folds) {
        for (const row of fold.test) tested[row]! += 1;
        const isAscending = (places: Int32Array): boolean =>
          places.every((row, i) => i === 0 || row > places[i - 1]!);
        expect(isAscending(fold.training) && isAscending(fold.test)).toBe(true);
        expect(fold.training.some((row) => fold.test.includes(row))).toBe(false);
        // Rows of one time are never parted.
        const times_ = new Set(Array.from(fold.test, (row) => times.timeMs[row]!));
        expect(fold.training.some((row) => times_.has(times.timeMs[row]!))).toBe(false);
        const left = fold.training.length + fold.test.length + fold.purged + fold.embargoed;
        if (spec.kind === "purged-k-fold") expect(left).toBe(rows);
        else expect(fold.training.at(-1)).toBeLessThan(fold.test[0]!);
      }
      expect(Math.max(...tested)).toBeLessThanOrEqual(1);
      if (spec.kind === "purged-k-fold" && folds.length > 0) expect(Math.min(...tested)).toBe(1);
    }),
    { numRuns: 60 },
  );
});

describe("what is left out", () => {
  const counts = (times: RowTimes, spec: SplitSpec): number[][] =>
    foldsOf(times, spec).map(({ training, test: tested, purged, embargoed }) => [
      training.length,
      tested.length,
      purged,
      embargoed,
    ]);

  test("before the test rows as many as features and label are long together", () => {
    expect(counts(regular(100, 4, 3), SPLITS[0]!)).toEqual([[70 - 7, 30, 7, 0]]);
  });

  test("after them as many, and the embargo besides", () => {
    const spec: SplitSpec = { kind: "purged-k-fold", foldCount: 5, ...STRICT, embargoBars: 5 };
    expect(counts(regular(100, 4, 3), spec)[1]).toEqual([20 - 7 + 60 - 7 - 5, 20, 7 + 7, 5]);
  });

  test("by labels only, as many as the label is long", () => {
    const spec: SplitSpec = {
      kind: "purged-k-fold",
      foldCount: 5,
      purge: "labels",
      embargoBars: 0,
    };
    expect(counts(regular(100, 4, 3), spec)[1]).toEqual([80 - 3 - 3, 20, 6, 0]);
  });

  test("nothing where labels read nothing ahead", () => {
    expect(counts(regular(100, 4, 0), SPLITS[3]!)[2]).toEqual([80, 20, 0, 0]);
  });

  test("a rolling window is as long as the first, an expanding one begins with the first row", () => {
    const rows = regular(100, 0, 0);
    const rolling = foldsOf(rows, SPLITS[2]!);
    expect(rolling.map(({ training }) => training.length)).toEqual([50, 50, 50, 50]);
    expect(rolling.map(({ training }) => training[0])).toEqual([0, 13, 25, 38]);
    const expanding = foldsOf(rows, SPLITS[1]!);
    expect(expanding.map(({ training }) => training.length)).toEqual([40, 60, 80]);
  });
});

test("rows that a model looks back on count as read", () => {
  const times = regular(6, 2, 1);
  const groups = Int32Array.of(0, 1, 0, 1, 0, 1);
  const { featureStartMs } = readingRowsBack(times, groups, 1);
  expect([...featureStartMs]).toEqual([-2, -1, -2, -1, 0, 1]);
  expect(readingRowsBack(times, groups, 0)).toBe(times);
});

describe("bad input", () => {
  const whole = { ...regular(50, 0, 1), featureStartMs: new Float64Array(50).fill(-Infinity) };

  test.each<{ name: string; times: RowTimes; spec: SplitSpec; code: string }>([
    { name: "one row", times: regular(1, 0, 0), spec: SPLITS[0]!, code: "too-short" },
    {
      name: "rows of one time",
      times: {
        ...regular(50, 0, 0),
        timeMs: new Float64Array(50),
        featureStartMs: new Float64Array(50),
      },
      spec: SPLITS[3]!,
      code: "too-short",
    },
    {
      name: "labels as long as the data",
      times: regular(50, 0, 60),
      spec: SPLITS[3]!,
      code: "too-short",
    },
    {
      name: "rows out of order",
      times: { ...regular(50, 0, 0), timeMs: regular(50, 0, 0).timeMs.toReversed() },
      spec: SPLITS[0]!,
      code: "out-of-range",
    },
    {
      name: "a row without its times",
      times: { ...regular(50, 0, 0), labelEndMs: new Float64Array(49) },
      spec: SPLITS[0]!,
      code: "length-mismatch",
    },
    {
      name: "one fold",
      times: regular(50, 0, 0),
      spec: { kind: "purged-k-fold", foldCount: 1, ...STRICT },
      code: "out-of-range",
    },
    { name: "features of the whole past", times: whole, spec: SPLITS[0]!, code: "out-of-range" },
  ])("is refused: $name", ({ times, spec, code }) => {
    expect(() => foldsOf(times, spec)).toThrow(expect.objectContaining({ code }));
  });

  test("features of the whole past are divided by their labels", () => {
    const [fold] = foldsOf(whole, { ...SPLITS[0]!, purge: "labels" });
    expect(fold?.purged).toBe(1);
  });
});

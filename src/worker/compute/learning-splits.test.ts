import fc from "fast-check";
import { expect, test } from "vitest";
import type { Split } from "#contracts/learning-run.ts";
import type { Fold } from "#quant/learning/splits/fold.ts";
import { foldsOf, nestedFolds } from "#quant/learning/splits/folds-of.ts";
import { anyTimes, regular, touches } from "#quant/learning/splits/row-times.test-support.ts";
import type { RowTimes } from "#quant/learning/splits/row-times.ts";
import { innerSplit, outerSplit } from "./learning-splits.ts";

const SPLITS: readonly Split[] = [
  { kind: "chronological", testShare: 0.3 },
  { kind: "walk-forward", window: "expanding", trainingShare: 0.6, folds: 3 },
  { kind: "walk-forward", window: "rolling", trainingShare: 0.6, folds: 3 },
  { kind: "purged-k-fold", folds: 4, embargoBars: 0 },
  { kind: "purged-k-fold", folds: 4, embargoBars: 3 },
];

/** Rows may be too few to be divided. */
function ifAny(divide: () => readonly Fold[]): readonly Fold[] {
  try {
    return divide();
  } catch (error) {
    expect(error).toMatchObject({ code: "too-short" });
    return [];
  }
}

function touching(times: RowTimes, { training, test: tested }: Fold): number {
  return training.filter((row) =>
    tested.some((other) => touches(times, row, other) || touches(times, other, row)),
  ).length;
}

test("as a run divides its rows, no training row touches a test row, in its folds and in those of its search", () => {
  let folds = 0;
  let inner = 0;
  fc.assert(
    fc.property(anyTimes, fc.constantFrom(...SPLITS), (times, split) => {
      const spec = outerSplit(split, 6);
      for (const outer of ifAny(() => foldsOf(times, spec))) {
        folds++;
        expect(touching(times, outer)).toBe(0);
        const within = innerSplit(spec, { innerFolds: 3 });
        for (const fold of ifAny(() => nestedFolds(times, outer, within))) {
          inner++;
          expect(touching(times, fold)).toBe(0);
          const all = [...fold.training, ...fold.test];
          expect(all.every((row) => outer.training.includes(row))).toBe(true);
          expect(all.some((row) => outer.test.includes(row))).toBe(false);
        }
      }
    }),
    { numRuns: 60 },
  );
  expect(folds).toBeGreaterThan(60);
  expect(inner).toBeGreaterThan(60);
});

test.each(SPLITS)("regression: folds of a search were kept apart by labels only: %j", (split) => {
  const times = regular(1_000, 60, 5);
  const spec = outerSplit(split, 60);
  const [outer] = foldsOf(times, spec);
  if (outer === undefined) throw new Error("no fold");
  const folds = nestedFolds(times, outer, innerSplit(spec, { innerFolds: 3 }));
  expect(folds.map((fold) => touching(times, fold))).toEqual(folds.map(() => 0));
});

test("features that read the whole past are kept apart by their labels", () => {
  const spec = outerSplit({ kind: "chronological", testShare: 0.3 }, Number.POSITIVE_INFINITY);
  expect(spec.purge).toBe("labels");
  expect(innerSplit(spec, { innerFolds: 3 }).purge).toBe("labels");
});

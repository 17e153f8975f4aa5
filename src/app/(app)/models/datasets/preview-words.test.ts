import { expect, test } from "vitest";
import { ABSENCE_REASONS } from "#quant/learning/labels/absence.ts";
import { classShare, missingWords, reachWords, rowsWords } from "./preview-words.ts";

test.each(ABSENCE_REASONS)("the reason %s has words of its own", (reason) => {
  expect(missingWords(reason)).toMatch(/ /);
});

test.each([
  { groups: 1, all: 1, isPairs: true, says: "1,150 rows of 1,200 bars" },
  { groups: 3, all: 3, isPairs: true, says: "1,150 rows of 1,200 bars, 3 pairs" },
  {
    ...{ groups: 3, all: 40, isPairs: false },
    says: "1,150 rows of 1,200 bars, of the first 3 of 40 instruments",
  },
])("$groups groups of $all: $says", ({ groups, all, isPairs, says }) => {
  const seen = { rows: 1_150, bars: 1_200, groups };
  expect(rowsWords(seen, { groups: all, isPairs })).toBe(says);
});

test.each([
  {
    lookBackBars: 59,
    horizonBars: 1,
    says: "A row reads 59 bars before, its label 1 bar after it",
  },
  {
    lookBackBars: null,
    horizonBars: 5,
    says: "A row reads the whole past, its label 5 bars after it",
  },
  { lookBackBars: 0, horizonBars: 0, says: "A row reads its own bar, its label nothing after it" },
])("$says", ({ says, ...reach }) => {
  expect(reachWords(reach)).toBe(says);
});

test("a class without rows has no share, also when none has any", () => {
  expect(classShare(1, [{ rows: 1 }, { rows: 3 }])).toBe(0.25);
  expect(classShare(0, [{ rows: 0 }, { rows: 0 }])).toBe(0);
});

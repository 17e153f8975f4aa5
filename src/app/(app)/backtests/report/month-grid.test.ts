import { expect, test } from "vitest";
import { heatOf, monthGrid } from "./month-grid.ts";

const MONTHS = [
  { year: 2023, month: 12, return: 0.1, partial: true },
  { year: 2024, month: 1, return: -0.2, partial: false },
  { year: 2024, month: 3, return: 0.5, partial: true },
];

test("every year has twelve places and the months that lie in it", () => {
  const [first, second] = monthGrid(MONTHS);
  expect(first?.months).toHaveLength(12);
  expect(first?.months[11]?.return).toBe(0.1);
  expect(second?.months.map((month) => month?.return ?? null).slice(0, 4)).toEqual([
    -0.2,
    null,
    0.5,
    null,
  ]);
});

test("a year compounds its months", () => {
  expect(monthGrid(MONTHS)[1]?.total).toBeCloseTo(0.8 * 1.5 - 1, 12);
});

test("heat is measured against the largest month, and there is none where nothing moved", () => {
  expect(heatOf(-0.25, MONTHS)).toBe(0.5);
  expect(heatOf(0, [])).toBe(0);
});

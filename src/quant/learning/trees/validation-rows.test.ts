import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createRandom } from "../../synthetic/random.ts";
import { drawAscending } from "./draw-ascending.ts";
import { validationRows } from "./validation-rows.ts";

const ROWS = Int32Array.of(0, 1, 2, 3, 5, 6, 8, 9);

describe("validationRows", () => {
  test("takes the last rows, and leaves out a gap before them", () => {
    const parts = validationRows(ROWS, { share: 0.25, gapRows: 2, times: null });
    expect(parts.training).toEqual(Int32Array.of(0, 1, 2, 3));
    expect(parts.validation).toEqual(Int32Array.of(8, 9));
  });

  test("takes none for a share of 0", () => {
    const parts = validationRows(ROWS, { share: 0, gapRows: 2, times: null });
    expect(parts.training).toEqual(ROWS);
    expect(parts.validation.length).toBe(0);
  });

  test("no training row is later than a validation row, and rows of one time stay together", () => {
    const times = fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 4, maxLength: 40 });
    fc.assert(
      fc.property(times, (list) => {
        if (new Set(list).size < 3) return;
        const rows = Int32Array.from(list, (_, i) => i);
        const atOf = (row: number): number => list[row] ?? Number.NaN;
        // A share so small that the first time can never be in it.
        const earliest = list.filter((time) => time === Math.min(...list)).length;
        const share = Math.min(0.3, (list.length - earliest) / list.length / 2);
        if (Math.round(share * list.length) === 0) return;
        const split = { share, gapRows: 0, times: Float64Array.from(list) };
        const { training, validation } = validationRows(rows, split);
        expect(Math.max(...Array.from(training, atOf))).toBeLessThan(
          Math.min(...Array.from(validation, atOf)),
        );
        expect(training.length + validation.length).toBe(list.length);
      }),
      { seed: 1 },
    );
  });
});

test("drawAscending draws that many, in order, each as often as the others", () => {
  const random = createRandom(1);
  const list = Int32Array.of(3, 5, 7, 11, 13);
  const counts = new Map<number, number>();
  for (let i = 0; i < 2000; i++) {
    const drawn = drawAscending(list, 2, random);
    expect(drawn.length).toBe(2);
    expect(drawn[0]).toBeLessThan(drawn[1] ?? 0);
    for (const value of drawn) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  for (const value of list) expect(Math.abs((counts.get(value) ?? 0) - 800)).toBeLessThan(110);
  expect(drawAscending(list, 5, random)).toEqual(list);
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { randomWalk } from "../golden/load-golden.test-support.ts";
import { dotProduct } from "../linalg/dot-product.ts";
import { differences } from "../stats/differences.ts";
import { mean } from "../stats/mean.ts";
import { type LevelSystem, systemMoments } from "./system-moments.ts";

/** The same by definition: every variable as a column, every product summed; and their raw lengths. */
function productsOfColumns(system: LevelSystem): { matrix: Float64Array; lengths: number[] } {
  const { lagsDiff, terms } = system;
  const levels = system.levels.map((values, j) =>
    values.map((value) => value - Number(system.centres[j])),
  );
  const changes = levels.map(differences);
  const n = Number(levels[0]?.length);
  const rows = n - 1 - lagsDiff;
  const columns: Float64Array[] = [];
  for (let lag = 1; lag <= lagsDiff; lag++) {
    for (const change of changes) columns.push(change.slice(lagsDiff - lag, n - 1 - lag));
  }
  for (const level of levels) columns.push(level.slice(lagsDiff, n - 1));
  if (terms === "restricted-constant") columns.push(new Float64Array(rows).fill(1));
  if (terms === "restricted-trend") columns.push(Float64Array.from({ length: rows }, (_, i) => i));
  for (const change of changes) columns.push(change.slice(lagsDiff));
  const isCentred = terms === "constant" || terms === "restricted-trend";
  const variables = columns.map((column) => {
    const centre = isCentred ? mean(column) : 0;
    return column.map((value) => value - centre);
  });
  const p = variables.length;
  const matrix = new Float64Array(p * p);
  variables.forEach((a, i) => {
    variables.slice(0, i + 1).forEach((b, j) => {
      matrix[i * p + j] = dotProduct(a, b);
    });
  });
  return { matrix, lengths: columns.map((column) => Math.sqrt(dotProduct(column, column))) };
}

/** Every product within a share of what the lengths of its two variables allow, centred or not. */
function expectSameMoments(system: LevelSystem, share: number): void {
  const actual = systemMoments(system);
  const { matrix, lengths } = productsOfColumns(system);
  const p = lengths.length;
  expect(actual).toHaveLength(p * p);
  const length = (i: number): number => Math.sqrt(Number(matrix[i * p + i]));
  for (let i = 0; i < p; i++) {
    for (let j = 0; j <= i; j++) {
      const distance = Math.abs(Number(actual[i * p + j]) - Number(matrix[i * p + j]));
      const rounding = 1e-15 * Number(lengths[i]) * Number(lengths[j]);
      const tolerance = share * length(i) * length(j) + rounding;
      expect(distance, `${i}, ${j} of ${p}`).toBeLessThanOrEqual(tolerance);
    }
  }
}

const anyTerms = fc.constantFrom<LevelSystem["terms"]>(
  "none",
  "constant",
  "restricted-constant",
  "restricted-trend",
);

describe("systemMoments", () => {
  test("are the products of columns, for walks of any number, lags and terms", () => {
    fc.assert(
      fc.property(
        fc.record({
          seed: fc.integer({ min: 1, max: 1e6 }),
          series: fc.integer({ min: 1, max: 5 }),
          lagsDiff: fc.integer({ min: 0, max: 6 }),
          bars: fc.integer({ min: 16, max: 120 }),
          offset: fc.constantFrom(0, 4, -1e4),
          terms: anyTerms,
        }),
        ({ seed, series, lagsDiff, bars, offset, terms }) => {
          const levels = Array.from({ length: series }, (_, j) =>
            randomWalk(bars, seed + j).map((value) => offset + 0.01 * value),
          );
          const centres = Float64Array.from(levels, mean);
          expectSameMoments({ levels, centres, lagsDiff, terms }, 1e-11);
        },
      ),
    );
  });

  test("so they are where levels stand still, jump, follow each other or lie far from zero", () => {
    const step = fc.oneof(
      { weight: 4, arbitrary: fc.constant(0) },
      { weight: 4, arbitrary: fc.integer({ min: -1000, max: 1000 }).map((value) => value / 1000) },
      { weight: 1, arbitrary: fc.constantFrom(-1e5, 1e5) },
    );
    const bars = fc.array(fc.tuple(step, step), { minLength: 9, maxLength: 60 });
    fc.assert(
      fc.property(bars, fc.integer({ min: 0, max: 3 }), anyTerms, (list, lagsDiff, terms) => {
        const y = Float64Array.from(list, ([a]) => 1e3 + a);
        const levels = [y, y.map((value, i) => 2 * value + Number(list[i]?.[1]))];
        const origin = new Float64Array(2);
        expectSameMoments({ levels, centres: origin, lagsDiff, terms }, 1e-11);
        const centres = Float64Array.from(levels, mean);
        expectSameMoments({ levels, centres, lagsDiff, terms }, 1e-11);
      }),
    );
  });

  test("keep their digits over a long history", () => {
    const levels = [randomWalk(20_000, 7), randomWalk(20_000, 8)];
    const centres = Float64Array.from(levels, mean);
    expectSameMoments({ levels, centres, lagsDiff: 12, terms: "restricted-constant" }, 1e-12);
  });
});

import { expect, test } from "vitest";
import { PAIR_REFUSALS, pairResultsBytes, pairResultsIn } from "#quant/kernels/pair-results.ts";
import { correctedPValues } from "./correct-p-values.ts";

/** Results of pairs with these p-values, Y on X and X on Y; null for a pair that was refused. */
function resultsOf(pairs: readonly (readonly [number, number] | null)[]) {
  const results = pairResultsIn(new ArrayBuffer(pairResultsBytes(pairs.length)), pairs.length);
  for (const [i, pair] of pairs.entries()) {
    results.refusal[i] = PAIR_REFUSALS.indexOf(pair === null ? "constant" : null);
    results.pValueYx[i] = pair?.[0] ?? 0;
    results.pValueXy[i] = pair?.[1] ?? 0;
  }
  return results;
}

test.each([
  { direction: "y-on-x", pValues: [0.2, 0.01], pValue: 0.2 },
  { direction: "smaller-of-both-doubled", pValues: [0.2, 0.01], pValue: 0.02 },
  { direction: "smaller-of-both-doubled", pValues: [0.9, 0.8], pValue: 1 },
] as const)("of p-values $pValues, $direction: $pValue goes into the correction", (row) => {
  const [yOnX, xOnY] = row.pValues;
  const results = resultsOf([[yOnX, xOnY]]);
  const { pValues, qValues } = correctedPValues({ results, direction: row.direction });
  expect([...pValues]).toEqual([row.pValue]);
  expect([...qValues]).toEqual([row.pValue]);
});

test("a refused pair is not counted by the correction", () => {
  const results = resultsOf([[0.01, 1], null, [0.5, 1]]);
  const { pValues, qValues } = correctedPValues({ results, direction: "y-on-x" });
  expect([...pValues]).toEqual([0.01, Number.NaN, 0.5]);
  expect([...qValues]).toEqual([0.02, Number.NaN, 0.5]);
});

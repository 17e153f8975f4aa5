import type { TestedDirection } from "#contracts/scan.ts";
import type { PairResults } from "#quant/kernels/pair-results.ts";
import { benjaminiHochberg } from "#quant/stats/benjamini-hochberg.ts";

export type CorrectionInput = {
  readonly results: PairResults;
  readonly direction: TestedDirection;
};

/** The p-values that went into the correction and what came out, by pair; NaN where none was tested. */
export type CorrectedPValues = {
  readonly pValues: Float64Array;
  readonly qValues: Float64Array;
};

/** Corrects the p-values of a scan for how many tests were made. */
export function correctedPValues({ results, direction }: CorrectionInput): CorrectedPValues {
  const count = results.refusal.length;
  const pValues = new Float64Array(count).fill(Number.NaN);
  const qValues = new Float64Array(count).fill(Number.NaN);
  const tested: number[] = [];
  for (let index = 0; index < count; index++) {
    if (results.refusal[index] !== 0) continue;
    tested.push(index);
    pValues[index] = testedPValue(results, index, direction);
  }
  const corrected = benjaminiHochberg(Float64Array.from(tested, (index) => pValues[index] ?? 1));
  for (const [i, index] of tested.entries()) qValues[index] = corrected[i] ?? 1;
  return { pValues, qValues };
}

/** Of Y on X, or twice the smaller of both directions (Bonferroni for two tests), at most 1. */
function testedPValue(results: PairResults, index: number, direction: TestedDirection): number {
  const yOnX = results.pValueYx[index] ?? 1;
  if (direction === "y-on-x") return yOnX;
  return Math.min(1, 2 * Math.min(yOnX, results.pValueXy[index] ?? 1));
}

import { normalQuantile } from "../../stats/normal-distribution.ts";

/** How rows fall into bins. */
export type BinnedRows = {
  /** Rows of each bin. */
  readonly counts: readonly number[];
  /** Rows of all bins, ≥ 1. */
  readonly rows: number;
};

/**
 * Population stability index: how far the values of now are from those of then.
 *
 * Σ (aᵢ − eᵢ) ln(aᵢ / eᵢ) over bins, with e the shares of then and a those of now: the divergence of
 * Kullback and Leibler both ways. A share is at least half a row of its sample, since an empty bin would make
 * the index infinite; bins that are empty in both count nothing.
 *
 * @param expected rows of then
 * @param actual rows of now, in the same bins
 * @returns the index, ≥ 0; 0 of equal shares
 *
 * Cost: O(bins). Source: Lewis (1994), An Introduction to Credit Scoring; Jeffreys (1946).
 */
export function stabilityIndex(expected: BinnedRows, actual: BinnedRows): number {
  let index = 0;
  for (let bin = 0; bin < expected.counts.length; bin++) {
    const [then, now] = [expected.counts[bin]!, actual.counts[bin]!];
    if (then === 0 && now === 0) continue;
    const e = Math.max(then, 0.5) / expected.rows;
    const a = Math.max(now, 0.5) / actual.rows;
    index += (a - e) * Math.log(a / e);
  }
  return index;
}

/**
 * Stability index by luck: what it exceeds in a given share of cases although nothing has changed.
 *
 * (1/n + 1/m) times the quantile of χ² with bins − 1 degrees of freedom (by the cube root of Wilson and
 * Hilferty), of independent rows. Rows that depend on each other are fewer than they look: the index of a slow
 * feature over a short time exceeds this by far.
 *
 * @param bins that hold rows, ≥ 1
 * @param rows of then and of now, each ≥ 1
 * @param share in (0, 1), of the cases that exceed it
 * @returns the index, ≥ 0; 0 of one bin
 *
 * Cost: O(1). Source: Yurdakul and Naranjo (2020), Journal of Risk Model Validation 14; Wilson and
 * Hilferty (1931).
 */
export function stabilityIndexByLuck(
  bins: number,
  rows: { readonly expected: number; readonly actual: number },
  share: number,
): number {
  const freedom = bins - 1;
  if (freedom < 1) return 0;
  const step = 2 / (9 * freedom);
  const root = Math.max(0, 1 - step + normalQuantile(1 - share) * Math.sqrt(step));
  return (1 / rows.expected + 1 / rows.actual) * freedom * root ** 3;
}

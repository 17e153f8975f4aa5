/** What a live pair remembers of each bar. */
const NAMES = [
  "openTimeMs",
  "y",
  "x",
  "volumeY",
  "volumeX",
  "correlation",
  "beta",
  "hedgeRatio",
  "intercept",
  "lineAgeBars",
  "spread",
  "zScore",
] as const;

/**
 * Columns of a live pair, one value a bar, oldest first; NaN: none. y and x are what is regressed (log
 * prices or prices); hedgeRatio, intercept and spread are filled by rolling regressions only, each bar
 * with the line that it had, and lineAgeBars says for how many bars that line was held because x stood
 * still; zScore is filled for the newest bars.
 */
export type LiveColumns = { readonly [Name in (typeof NAMES)[number]]: Float64Array };

/**
 * Room for so many bars.
 *
 * @param capacity number of bars
 * @returns columns of NaN
 */
export function createLiveColumns(capacity: number): LiveColumns {
  const column = (): Float64Array => new Float64Array(capacity).fill(Number.NaN);
  return {
    openTimeMs: column(),
    y: column(),
    x: column(),
    volumeY: column(),
    volumeX: column(),
    correlation: column(),
    beta: column(),
    hedgeRatio: column(),
    intercept: column(),
    lineAgeBars: column(),
    spread: column(),
    zScore: column(),
  };
}

/**
 * Moves the newest bars to the front, and forgets the others.
 *
 * @param columns full columns
 * @param kept how many bars are kept
 *
 * Cost: O(kept), once in capacity − kept bars.
 */
export function keepNewest(columns: LiveColumns, kept: number): void {
  for (const name of NAMES) {
    const column = columns[name];
    column.copyWithin(0, column.length - kept);
    column.fill(Number.NaN, kept);
  }
}

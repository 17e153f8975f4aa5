/** A stretch of a series without gaps. */
export type FiniteRun = {
  /** First bar. */
  readonly start: number;
  /** Bar after the last. */
  readonly end: number;
};

/**
 * Stretches of a series between its gaps.
 *
 * @param series oldest first, NaN at gaps
 * @returns the stretches in order, none of them empty
 *
 * Cost: O(n).
 */
export function finiteRuns(series: Float64Array): readonly FiniteRun[] {
  const runs: FiniteRun[] = [];
  let start = 0;
  for (let t = 0; t <= series.length; t++) {
    if (t < series.length && !Number.isNaN(series[t])) continue;
    if (t > start) runs.push({ start, end: t });
    start = t + 1;
  }
  return runs;
}

/**
 * Longest stretch of a series without gaps, the last among equals.
 *
 * @param series oldest first, NaN at gaps
 * @returns a view of it; empty when there is none
 *
 * Cost: O(n).
 */
export function longestFiniteRun(series: Float64Array): Float64Array {
  let longest: FiniteRun = { start: 0, end: 0 };
  for (const run of finiteRuns(series)) {
    if (run.end - run.start >= longest.end - longest.start) longest = run;
  }
  return series.subarray(longest.start, longest.end);
}

import { type FigureInterval, knownInterval } from "../../performance/performance-intervals.ts";
import { normalQuantile } from "../../stats/normal-distribution.ts";
import type { RowRedraw } from "./redrawn-rows.ts";

/** Fewer independent blocks than this are not told apart. */
const BLOCKS_MIN = 4;

/** Between what values a score can lie. */
export type ScoreRange = { readonly least: number; readonly most: number };

/**
 * Redraw interval: percentiles of redrawn scores, as far apart as so few blocks make it honest.
 *
 * The percentiles are moved away from the median by t/z · √(n / (n − 2 b)), b the mean block. Blocks that are
 * drawn about their own mean vary too little by the root; and b rows know as much of the variance as one
 * that is independent, so that n / b degrees of freedom ask for Student's t instead of the normal law. Of
 * independent rows both factors are 1 but for 1/n.
 *
 * @param drawn one score a replication; NaN is one without
 * @param redraw how they were drawn
 * @param range what the score cannot leave
 * @returns the interval; null when fewer than half of the drawn have a value
 *
 * Cost: O(replications · log replications). Source: Politis and Romano (1994), whose bootstrap weighs
 * autocovariances by about exp(−k / b); Sun (2014) for degrees of freedom by weights.
 */
export function redrawInterval(
  drawn: Float64Array,
  redraw: RowRedraw,
  { least, most }: ScoreRange,
): FigureInterval | null {
  const interval = knownInterval(drawn, redraw.confidence);
  if (interval === null) return null;
  const { rows, meanBlockRows, confidence } = redraw;
  const blocks = Math.max(BLOCKS_MIN, rows / meanBlockRows);
  const normal = normalQuantile((1 + confidence) / 2);
  const room = Math.max(rows - 2 * meanBlockRows, rows / 4);
  const stretch = (studentQuantile(normal, blocks) / normal) * Math.sqrt(rows / room);
  const { lower, median, upper } = interval;
  return {
    lower: Math.max(least, median - stretch * (median - lower)),
    median,
    upper: Math.min(most, median + stretch * (upper - median)),
  };
}

/** Student's quantile from the normal one of the same probability. Source: Abramowitz, Stegun 26.7.5. */
function studentQuantile(z: number, degreesOfFreedom: number): number {
  const square = z * z;
  const first = (z * (square + 1)) / 4;
  const second = (z * ((5 * square + 16) * square + 3)) / 96;
  const third = (z * (((3 * square + 19) * square + 17) * square - 15)) / 384;
  const inverse = 1 / degreesOfFreedom;
  return z + inverse * (first + inverse * (second + inverse * third));
}

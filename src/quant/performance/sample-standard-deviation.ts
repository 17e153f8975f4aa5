import { mean } from "../stats/mean.ts";

/**
 * Sample standard deviation, divisor n − 1.
 *
 * @param values finite values, any order
 * @returns unit of the values; null when n < 2
 *
 * Cost: O(n), two passes. Convention: matches numpy.std(ddof=1).
 */
export function sampleStandardDeviation(values: Float64Array): number | null {
  if (values.length < 2) return null;
  const centre = mean(values);
  let squares = 0;
  for (const value of values) squares += (value - centre) ** 2;
  return Math.sqrt(squares / (values.length - 1));
}

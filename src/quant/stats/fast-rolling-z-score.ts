import { InvalidInputError } from "../invalid-input-error.ts";
import { isRoundingNoise } from "./is-rounding-noise.ts";
import { requireSeries } from "./require-series.ts";

/**
 * Fast rolling z-score: rollingZScore at a cost that does not grow with the window, for pictures.
 *
 * The series is cut into blocks of windowBars. A window is then the end of one block and the beginning
 * of the next: count, mean and sum of squares of both are known from one pass each, and are joined.
 * Nothing is ever subtracted from a running sum, so no rounding piles up; the last digits differ from
 * those of rollingZScore, which signals and results use.
 *
 * @param values finite values, oldest first
 * @param windowBars length of the window, a whole number ≥ 2
 * @returns one value a bar; NaN before the first full window and where the window is flat
 * @throws {InvalidInputError} a value is not finite, or windowBars is not a whole number ≥ 2
 *
 * Cost: O(n). Convention: matches rollingZScore to about 1e-9.
 * Source: Chan, Golub, LeVeque (1979), pairwise update of mean and sum of squares, equation 1.5.
 */
export function fastRollingZScore(values: Float64Array, windowBars: number): Float64Array {
  if (!Number.isInteger(windowBars) || windowBars < 2) {
    throw new InvalidInputError("out-of-range", "windowBars must be a whole number of at least 2");
  }
  requireSeries(values, { name: "values", lengthMin: 0 });
  const result = new Float64Array(values.length).fill(Number.NaN);
  const tailMeans = new Float64Array(windowBars);
  const tailSquares = new Float64Array(windowBars);
  for (let start = 0; start + windowBars <= values.length; start += windowBars) {
    sumTails(values, start, tailMeans, tailSquares);
    result[start + windowBars - 1] = zScore(
      values[start + windowBars - 1]!,
      tailMeans[0]!,
      tailSquares[0]!,
      windowBars,
    );
    let mean = 0;
    let squares = 0;
    const headMax = Math.min(windowBars - 1, values.length - start - windowBars);
    for (let head = 1; head <= headMax; head++) {
      const value = values[start + windowBars + head - 1]!;
      const deviation = value - mean;
      mean += deviation / head;
      squares += deviation * (value - mean);
      const tail = windowBars - head;
      const between = mean - tailMeans[head]!;
      const joinedMean = tailMeans[head]! + (between * head) / windowBars;
      const joinedSquares =
        tailSquares[head]! + squares + (between * between * head * tail) / windowBars;
      result[start + windowBars + head - 1] = zScore(value, joinedMean, joinedSquares, windowBars);
    }
  }
  return result;
}

/** Mean and sum of squares of values[start + i … end of the block], for every i. */
function sumTails(
  values: Float64Array,
  start: number,
  means: Float64Array,
  sumsOfSquares: Float64Array,
): void {
  const n = means.length;
  let mean = 0;
  let squares = 0;
  for (let i = n - 1; i >= 0; i--) {
    const value = values[start + i]!;
    const deviation = value - mean;
    mean += deviation / (n - i);
    squares += deviation * (value - mean);
    means[i] = mean;
    sumsOfSquares[i] = squares;
  }
}

function zScore(last: number, mean: number, squares: number, n: number): number {
  if (isRoundingNoise(squares, n, last)) return Number.NaN;
  return (last - mean) / Math.sqrt(squares / (n - 1));
}

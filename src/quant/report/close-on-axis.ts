import { InvalidInputError } from "../invalid-input-error.ts";

/** Closes of an instrument on bars of their own, open times strictly ascending; NaN is a gap. */
export type CloseSeries = {
  readonly openTimeMs: Float64Array;
  readonly close: Float64Array;
  readonly intervalMs: number;
};

/**
 * Closes on another axis: what was known of an instrument when each bar of a run closed.
 *
 * The last close of the source whose bar had ended by then, so that daily closes can stand beside hourly
 * bars without being known before their day is over. A source that has ended keeps its last close.
 *
 * @param axis open times of the run's bars, ascending, UTC milliseconds
 * @param axisIntervalMs length of those bars
 * @param source closes with their times
 * @returns one close a bar of the axis; NaN before the first
 * @throws {InvalidInputError} "length-mismatch" of times and closes; "out-of-range" for an interval that
 *   is not positive
 *
 * Cost: O(axis + source).
 */
export function closeOnAxis(
  axis: Float64Array,
  axisIntervalMs: number,
  source: CloseSeries,
): Float64Array {
  const { openTimeMs, close, intervalMs } = source;
  if (openTimeMs.length !== close.length) {
    throw new InvalidInputError("length-mismatch", "times and closes differ in number");
  }
  if (!(intervalMs > 0 && axisIntervalMs > 0)) {
    throw new InvalidInputError("out-of-range", "the interval of bars must be positive");
  }
  let next = 0;
  let known = Number.NaN;
  return axis.map((timeMs) => {
    const nowMs = timeMs + axisIntervalMs;
    while (next < close.length && openTimeMs[next]! + intervalMs <= nowMs) {
      if (!Number.isNaN(close[next]!)) known = close[next]!;
      next += 1;
    }
    return known;
  });
}

import { InvalidInputError } from "../../invalid-input-error.ts";
import { lowerBound } from "../../series/lower-bound.ts";
import type { Fold, RowRange, Separation } from "./fold.ts";
import type { RowTimes } from "./row-times.ts";

/**
 * A fold of which no training row knows anything of the test rows, nor they of it.
 *
 * A row before the test rows goes when its label reaches what the features of any test row read; a row
 * after them goes when its features reach what the label of any test row reads, and, by the embargo, also
 * when they reach a little further. Labels that overlap are kept apart by this as well: the earlier one then
 * reads the own bar of the later row, and so do the features of that row.
 *
 * @param times of the rows, checked by the caller
 * @param candidates rows that would be learned from; none of the time of a test row
 * @param test rows that are predicted, not empty
 * @param separation see Separation
 * @returns the fold; its training rows may be none
 * @throws {InvalidInputError} "out-of-range": features read the whole past, and are to be kept apart
 *
 * Cost: O(rows of both). Source: López de Prado (2018), Advances in Financial Machine Learning, ch. 7;
 * what features read is added to what labels read.
 */
export function purgedFold(
  times: RowTimes,
  candidates: readonly RowRange[],
  test: RowRange,
  separation: Separation,
): Fold {
  const starts = separation.purge === "labels" ? times.timeMs : times.featureStartMs;
  const seen = testReach(times, starts, test);
  if (seen.startMs === -Infinity) {
    throw new InvalidInputError(
      "out-of-range",
      "features read the whole past: rows can be kept apart by their labels only",
    );
  }
  const lastMs = Math.max(seen.labelEndMs, times.timeMs[test.to - 1]!);
  const { embargoBars } = separation;
  const embargoEndMs = embargoBars === 0 ? -Infinity : laterTime(times.timeMs, lastMs, embargoBars);
  const { timeMs, labelEndMs } = times;
  const kept: number[] = [];
  let purged = 0;
  let embargoed = 0;
  for (const { from, to } of candidates) {
    for (let row = from; row < to; row++) {
      const isPurged =
        row < test.from
          ? labelEndMs[row]! > timeMs[row]! && labelEndMs[row]! >= seen.startMs
          : starts[row]! <= seen.labelEndMs;
      if (isPurged) purged++;
      else if (row >= test.to && starts[row]! <= embargoEndMs) embargoed++;
      else kept.push(row);
    }
  }
  const rows = Int32Array.from({ length: test.to - test.from }, (_, i) => test.from + i);
  return { training: Int32Array.from(kept), test: rows, purged, embargoed };
}

type Reach = { readonly startMs: number; readonly labelEndMs: number };

/** Earliest time that a feature of the test rows reads, and the latest that a label of theirs does. */
function testReach(
  { timeMs, labelEndMs: ends }: RowTimes,
  starts: Float64Array,
  { from, to }: RowRange,
): Reach {
  let startMs = Infinity;
  let labelEndMs = -Infinity;
  for (let row = from; row < to; row++) {
    startMs = Math.min(startMs, starts[row]!);
    // A label that reads nothing ahead touches nobody.
    if (ends[row]! > timeMs[row]!) labelEndMs = Math.max(labelEndMs, ends[row]!);
  }
  return { startMs, labelEndMs };
}

/** The time that lies so many distinct times of rows after another; Infinity past the last. */
function laterTime(timeMs: Float64Array, afterMs: number, distinct: number): number {
  let time = afterMs;
  let left = distinct;
  for (let row = lowerBound(timeMs, afterMs); row < timeMs.length && left > 0; row++) {
    if (timeMs[row]! <= time) continue;
    time = timeMs[row]!;
    left--;
  }
  return left > 0 ? Infinity : time;
}

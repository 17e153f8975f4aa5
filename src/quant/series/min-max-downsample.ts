import { InvalidInputError } from "../invalid-input-error.ts";

/**
 * Min–max downsample: which points of a long series a chart must draw to look like the whole.
 *
 * The interior is cut into equal buckets; of each the minimum and the maximum are kept, and of each
 * that holds gaps (NaN) the first NaN of its longest gap, so that the line breaks where data is
 * missing. The first and the last point are always kept.
 *
 * @param values series, oldest first; NaN is a gap
 * @param pointsMax most points to return, an integer ≥ 5
 * @returns ascending distinct indexes, at most pointsMax; every index when the series is short
 *   enough
 * @throws {InvalidInputError} pointsMax is not an integer ≥ 5
 *
 * Cost: O(n).
 */
export function minMaxDownsample(values: Float64Array, pointsMax: number): Uint32Array {
  if (!Number.isInteger(pointsMax) || pointsMax < 5) {
    throw new InvalidInputError("out-of-range", "pointsMax must be an integer of at least 5");
  }
  const n = values.length;
  if (n <= pointsMax) return Uint32Array.from({ length: n }, (_, i) => i);
  const pointsPerBucket = values.some(Number.isNaN) ? 3 : 2;
  const buckets = Math.floor((pointsMax - 2) / pointsPerBucket);
  const kept: number[] = [0];
  for (let b = 0; b < buckets; b++) {
    const from = 1 + Math.floor((b * (n - 2)) / buckets);
    const to = 1 + Math.floor(((b + 1) * (n - 2)) / buckets);
    kept.push(...bucketIndexes(values, from, to));
  }
  kept.push(n - 1);
  return Uint32Array.from(kept);
}

function bucketIndexes(values: Float64Array, from: number, to: number): readonly number[] {
  let low = -1;
  let high = -1;
  let gap = -1;
  let gapBars = 0;
  let run = 0;
  for (let i = from; i < to; i++) {
    const value = values[i]!;
    if (Number.isNaN(value)) {
      run += 1;
      if (run > gapBars) {
        gapBars = run;
        gap = i - run + 1;
      }
      continue;
    }
    run = 0;
    if (low < 0 || value < values[low]!) low = i;
    if (high < 0 || value > values[high]!) high = i;
  }
  const found = new Set([low, high, gap]);
  found.delete(-1);
  return [...found].sort((a, b) => a - b);
}

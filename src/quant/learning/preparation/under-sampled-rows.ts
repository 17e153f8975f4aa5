import { createRandom } from "../../synthetic/random.ts";
import { classCounts } from "./class-weights.ts";

/**
 * Under-sampling: rows drawn so that no class has more of them than the smallest.
 *
 * Without replacement, each class by a stream of its own: what is drawn of one does not depend on the
 * others, but for how many. For training rows only: the classes of a test are what they are.
 *
 * @param target n ≥ 1 classes, whole numbers in [0, classCount)
 * @param classCount ≥ 1; classes without rows have no say
 * @param seed whole number in [0, 2³²)
 * @returns indices of the rows kept, ascending, so that they stay in the order of time
 * @throws {InvalidInputError} "too-short"; "out-of-range": a class
 *
 * Cost: O(classes · n + kept · log kept).
 */
export function underSampledRows(
  target: Float64Array,
  classCount: number,
  seed: number,
): Int32Array {
  const counts = classCounts(target, classCount);
  const kept = counts.reduce((least, n) => (n > 0 ? Math.min(least, n) : least), target.length);
  const drawn = Array.from(counts, (count, value) => {
    const rows = new Int32Array(count);
    let place = 0;
    for (let i = 0; i < target.length; i++) {
      if (target[i] === value) rows[place++] = i;
    }
    return count > kept ? sampled(rows, kept, createRandom(seed, value).uniform) : rows;
  });
  const rows = new Int32Array(drawn.reduce((sum, { length }) => sum + length, 0));
  let place = 0;
  for (const own of drawn) {
    rows.set(own, place);
    place += own.length;
  }
  return rows.sort();
}

/** The first steps of a Fisher–Yates shuffle; overwrites the rows. */
function sampled(rows: Int32Array, count: number, uniform: () => number): Int32Array {
  for (let i = 0; i < count; i++) {
    const other = i + Math.floor(uniform() * (rows.length - i));
    const row = rows[other]!;
    rows[other] = rows[i]!;
    rows[i] = row;
  }
  return rows.subarray(0, count);
}

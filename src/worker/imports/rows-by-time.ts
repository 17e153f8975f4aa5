/** Sorts eleven bits of the times a pass: the counters of a pass then fit the first cache of a processor. */
const BITS = 11;
const BUCKETS = 1 << BITS;

/**
 * Row numbers in order of time; rows with one time in the order of the file.
 *
 * A radix sort, because the sort of the platform with a comparison costs 16 bytes and some twenty calls a
 * row: seconds and a quarter of a gigabyte for a large file. This takes 8 bytes a row.
 *
 * @param times whole milliseconds since 1970, not negative
 *
 * Cost: O(n) passes over the bits in which the times differ, six at most.
 */
export function rowsByTime(times: Float64Array): Uint32Array {
  let from = new Uint32Array(times.length);
  for (let row = 0; row < from.length; row++) from[row] = row;
  let to = new Uint32Array(times.length);
  const { first, last } = rangeOf(times);
  for (let unit = 1; unit <= last - first; unit *= BUCKETS) {
    const digitOf = (row: number) => Math.floor(((times[row] ?? 0) - first) / unit) % BUCKETS;
    const starts = new Uint32Array(BUCKETS + 1);
    for (const row of from) {
      const digit = digitOf(row);
      starts[digit + 1] = (starts[digit + 1] ?? 0) + 1;
    }
    for (let digit = 0; digit < BUCKETS; digit++) {
      starts[digit + 1] = (starts[digit + 1] ?? 0) + (starts[digit] ?? 0);
    }
    for (const row of from) {
      const digit = digitOf(row);
      const place = starts[digit] ?? 0;
      to[place] = row;
      starts[digit] = place + 1;
    }
    [from, to] = [to, from];
  }
  return from;
}

function rangeOf(times: Float64Array): { readonly first: number; readonly last: number } {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const time of times) {
    if (time < first) first = time;
    if (time > last) last = time;
  }
  return { first, last };
}

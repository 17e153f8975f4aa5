/**
 * Order of time of rows that are each in order within their group.
 *
 * @param times ascending times of each group
 * @returns places in the groups written one after the other; of equal times the earlier group first
 *
 * Cost: O(rows · log groups), by merging neighbours.
 */
export function timeOrder(times: readonly Float64Array[]): Int32Array {
  const rows = times.reduce((sum, { length }) => sum + length, 0);
  const all = new Float64Array(rows);
  const starts = [0];
  for (const part of times) {
    all.set(part, starts.at(-1)!);
    starts.push(starts.at(-1)! + part.length);
  }
  let order = Int32Array.from({ length: rows }, (_, i) => i);
  let merged = new Int32Array(rows);
  let runs = starts;
  while (runs.length > 2) {
    const joined = [0];
    for (let i = 0; i + 1 < runs.length; i += 2) {
      const end = runs[Math.min(i + 2, runs.length - 1)]!;
      merge(all, order, merged, { from: runs[i]!, middle: runs[i + 1]!, end });
      joined.push(end);
    }
    [order, merged, runs] = [merged, order, joined];
  }
  return order;
}

/** Merges two neighbouring runs of an order into another array; the left one first where times are equal. */
function merge(
  times: Float64Array,
  order: Int32Array,
  merged: Int32Array,
  { from, middle, end }: { readonly from: number; readonly middle: number; readonly end: number },
): void {
  let left = from;
  let right = middle;
  for (let at = from; at < end; at++) {
    const isLeft = right >= end || (left < middle && times[order[left]!]! <= times[order[right]!]!);
    merged[at] = isLeft ? order[left++]! : order[right++]!;
  }
}

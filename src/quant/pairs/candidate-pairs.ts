/**
 * Candidate pairs: all pairs of series that share a cluster.
 *
 * @param labels by series: cluster 0, 1, …, or −1 for none, which makes no pairs
 * @returns first and second of each pair in turn, first < second, in the order of the series
 *
 * Cost: O(n²).
 */
export function candidatePairs(labels: Int32Array): Uint32Array {
  const sizes = new Map<number, number>();
  for (const label of labels) if (label >= 0) sizes.set(label, (sizes.get(label) ?? 0) + 1);
  let numbers = 0;
  for (const size of sizes.values()) numbers += size * (size - 1);
  const pairs = new Uint32Array(numbers);
  let place = 0;
  for (let i = 0; i < labels.length; i++) {
    if (labels[i]! < 0) continue;
    for (let j = i + 1; j < labels.length; j++) {
      if (labels[i] !== labels[j]) continue;
      pairs[place++] = i;
      pairs[place++] = j;
    }
  }
  return pairs;
}

/**
 * Candidate pairs: all pairs of series that share a cluster.
 *
 * @param labels by series: cluster 0, 1, …, or −1 for none, which makes no pairs
 * @returns first and second of each pair in turn, first < second, in the order of the series
 *
 * Cost: O(n²).
 */
export function candidatePairs(labels: Int32Array): Uint32Array {
  const pairs: number[] = [];
  for (let i = 0; i < labels.length; i++) {
    if (labels[i]! < 0) continue;
    for (let j = i + 1; j < labels.length; j++) if (labels[i] === labels[j]) pairs.push(i, j);
  }
  return Uint32Array.from(pairs);
}

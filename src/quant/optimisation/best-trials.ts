/**
 * The best trials, best first.
 *
 * @param objective one value a trial, larger is better, −∞ where undefined
 * @param count how many at most
 * @returns rows; equal objectives in the order in which they were tried, trials without a figure last
 *
 * Cost: O(n log n).
 */
export function bestTrials(objective: Float64Array, count: number): Int32Array {
  const rows = Int32Array.from(objective, (_, row) => row);
  rows.sort((a, b) => {
    const [first, second] = [objective[a]!, objective[b]!];
    // −∞ − −∞ is no order.
    return first === second ? a - b : second - first;
  });
  return rows.slice(0, count);
}

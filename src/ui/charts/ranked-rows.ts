/**
 * Trials in the order of their objective, the best last; those without one are left out.
 *
 * Cost: O(trials · log trials).
 */
export function rankedRows(objective: readonly (number | null)[]): Int32Array {
  const values = new Float64Array(objective.length).map((_, row) => objective[row] ?? Number.NaN);
  const rows = new Int32Array(objective.length).map((_, row) => row);
  const judged = rows.filter((row) => !Number.isNaN(values[row]));
  return judged.sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0) || a - b);
}

/** Rows with their classes and weights, of which `rows` count. */
export type WeightedClasses = {
  readonly target: Float64Array;
  readonly classCount: number;
  readonly weights: Float64Array;
  readonly training: Int32Array;
};

/** A class that is in none of the rows is taken for this rare, so that its logarithm is finite. */
const SHARE_MIN = 1e-9;

/**
 * Share of each class among the training rows, by weight.
 *
 * @param rows classes and weights
 * @returns one share a class, ≥ 1e-9
 */
export function classShares(rows: WeightedClasses): Float64Array {
  const shares = new Float64Array(rows.classCount);
  let total = 0;
  for (const row of rows.training) {
    const weight = rows.weights[row]!;
    shares[rows.target[row]!]! += weight;
    total += weight;
  }
  return shares.map((sum) => Math.max(sum / total, SHARE_MIN));
}

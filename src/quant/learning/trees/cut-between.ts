/**
 * A threshold between two values of a feature: the lower is ≤ it, the upper is not.
 *
 * @param lower finite
 * @param upper finite, above lower
 * @returns their middle, or lower where no number lies between them
 *
 * Cost: O(1). Convention: matches scikit-learn's trees.
 */
export function cutBetween(lower: number, upper: number): number {
  // Halved first: their sum may be infinite.
  const middle = lower / 2 + upper / 2;
  return middle >= lower && middle < upper ? middle : lower;
}
